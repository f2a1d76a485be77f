import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import {
  BLOCK_BYTES,
  BLOCK_MESSAGES,
  type Block,
  type FromSocket,
  GAP,
  type SocketOptions,
  type ToSocket,
} from './udp-block.js';

/*
 * The thread of a UDP socket: it does nothing but empty the kernel's buffer into blocks, since what the kernel has no room
 * for is lost. The process's main thread may be busy meanwhile.
 */

/** A block that isn't full goes on its way after this time. */
const MILLISECONDS_A_BLOCK = 20;
/** Senders numbered; later ones share the last number. */
const SENDERS = 10_000;

const { host, port, receiveBuffer, messageLimit, blocks } = workerData as SocketOptions;
const free: Block[] = [];
let made = 0;
let current: { block: Block; bytes: Buffer; index: Int32Array } | undefined;
let used = 0;
let count = 0;
const numbers = new Map<string, number>();
let names: string[] = [];
const dropped = new Map<number, number>();
let timer: NodeJS.Timeout | undefined;

const tell = (message: FromSocket, transfer: ArrayBuffer[] = []): void => parentPort!.postMessage(message, transfer);

function numberOf(address: string): number {
  const found = numbers.get(address);
  if (found !== undefined) return found;
  const last = numbers.size >= SENDERS;
  const name = last ? 'others' : address;
  const number = numbers.get(name) ?? numbers.size;
  if (number === numbers.size) {
    numbers.set(name, number);
    names.push(name);
  }
  return number;
}

function nextBlock(): typeof current {
  let block = free.pop();
  if (block === undefined && made < blocks) {
    made++;
    block = { bytes: new ArrayBuffer(BLOCK_BYTES), index: new ArrayBuffer(BLOCK_MESSAGES * 8) };
  }
  return block && { block, bytes: Buffer.from(block.bytes), index: new Int32Array(block.index) };
}

function send(): void {
  if (timer) clearTimeout(timer);
  timer = undefined;
  if (!current || (count === 0 && dropped.size === 0)) return;
  const { block } = current;
  tell({ kind: 'block', block, messages: count, names, dropped: [...dropped] }, [block.bytes, block.index]);
  current = undefined;
  names = [];
  dropped.clear();
  used = 0;
  count = 0;
}

const socket = createSocket({ type: isIPv6(host) ? 'udp6' : 'udp4', recvBufferSize: receiveBuffer });
socket.on('message', (message, { address }) => {
  const sender = numberOf(address);
  const length = Math.min(message.length, messageLimit, BLOCK_BYTES - 1);
  if (current && (used + length + 1 > BLOCK_BYTES || count === BLOCK_MESSAGES)) send();
  current ??= nextBlock();
  if (!current) {
    dropped.set(sender, (dropped.get(sender) ?? 0) + 1);
    return;
  }
  current.bytes.set(length === message.length ? message : message.subarray(0, length), used);
  used += length;
  current.bytes[used++] = GAP;
  current.index[count * 2] = used - 1;
  current.index[count * 2 + 1] = sender;
  count++;
  timer ??= setTimeout(send, MILLISECONDS_A_BLOCK);
});
socket.on('error', (error: NodeJS.ErrnoException) => {
  tell({ kind: 'failed', code: error.code, message: error.message });
});
socket.bind(port, host, () => {
  const bound = socket.address();
  const name = isIPv6(bound.address) ? `[${bound.address}]` : bound.address;
  tell({ kind: 'listening', url: `udp://${name}:${bound.port}`, receiveBuffer: socket.getRecvBufferSize() });
});

parentPort!.on('message', (message: ToSocket) => {
  if (message.kind === 'free') {
    free.push(message.block);
    return;
  }
  socket.close(() => {
    send();
    tell({ kind: 'closed' });
    parentPort!.close();
  });
});
