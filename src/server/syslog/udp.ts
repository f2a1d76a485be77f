import { isUtf8 } from 'node:buffer';
import { Worker } from 'node:worker_threads';
import type { Endpoint } from '../../config/serve.js';
import type { Sender } from '../../ingest/live/sender.js';
import { cannotListen } from '../listening.js';
import { type Listener, noCounts } from './counters.js';
import { droppedByKernel } from './kernel-drops.js';
import type { Intake } from './tcp.js';
import { BLOCK_BYTES, type FromSocket, type SocketOptions, type ToSocket } from './udp-block.js';

/** Blocks between the socket's thread and this one: 64 MiB of datagrams. */
const BLOCKS = 256;
const [NEWLINE, RETURN, NUL] = [10, 13, 0];

export interface UdpOptions {
  readonly endpoint: Endpoint;
  readonly receiveBuffer: number;
  readonly messageLimit: number;
}

/** A UDP listener: what got lost is counted. */
export interface UdpListener extends Listener {
  /** Bytes that the kernel really keeps; it grants less than was asked for when its limit is lower. */
  readonly receiveBuffer: number;
  /** Datagrams that the kernel had no room for, whoever sent them; undefined where the system doesn't tell. */
  kernelDrops(): number | undefined;
}

/** Listens for syslog over UDP. A thread of its own empties the socket; datagrams wait in its blocks while there is no room. */
export async function listenUdp({ reception, writer, senders }: Intake, options: UdpOptions): Promise<UdpListener> {
  const { endpoint, receiveBuffer, messageLimit } = options;
  const worker = new Worker(new URL('./udp-socket.js', import.meta.url), {
    workerData: { ...endpoint, receiveBuffer, messageLimit, blocks: BLOCKS } satisfies SocketOptions,
  });
  const names: string[] = [];
  const waiting: (FromSocket & { kind: 'block' })[] = [];
  let emptying: Promise<void> | undefined;

  const senderOf = (number: number): Sender => senders.get(names[number] ?? 'udp://others');
  const take = ({ block, messages, dropped }: FromSocket & { kind: 'block' }): void => {
    const bytes = Buffer.from(block.bytes, 0, BLOCK_BYTES);
    const index = new Int32Array(block.index);
    const used = messages === 0 ? 0 : index[messages * 2 - 2]!;
    const valid = isUtf8(bytes.subarray(0, used));
    for (let at = 0, start = 0; at < messages; at++) {
      const stop = index[at * 2]!;
      const sender = senderOf(index[at * 2 + 1]!);
      const end = trimmed(bytes, start, stop);
      if (end > start) {
        if (valid || isUtf8(bytes.subarray(start, end))) reception.take(sender, bytes, start, end);
        else {
          const repaired = Buffer.from(bytes.toString('utf8', start, end));
          reception.take(sender, repaired, 0, repaired.length);
        }
      }
      start = stop + 1;
    }
    for (const [sender, count] of dropped) senderOf(sender).dropped += count;
    worker.postMessage({ kind: 'free', block } satisfies ToSocket, [block.bytes, block.index]);
  };
  const empty = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      take(next);
      await writer.room();
    }
    emptying = undefined;
  };

  let closed = (): void => {};
  const bound = await new Promise<{ url: string; receiveBuffer: number }>((resolve, reject) => {
    worker.on('message', (message: FromSocket) => {
      if (message.kind === 'listening') resolve(message);
      else if (message.kind === 'failed')
        reject(cannotListen(endpoint, Object.assign(new Error(message.message), { code: message.code })));
      else if (message.kind === 'closed') closed();
      else {
        names.push(...message.names.map((name) => `udp://${name}`));
        waiting.push(message);
        emptying ??= empty();
      }
    });
    worker.on('error', reject);
  }).catch(async (error: unknown) => {
    await worker.terminate();
    throw error;
  });

  return {
    url: bound.url,
    counters: noCounts(),
    open: 0,
    receiveBuffer: bound.receiveBuffer,
    kernelDrops: () => droppedByKernel(Number(new URL(bound.url).port)),
    async close() {
      await new Promise<void>((resolve) => {
        closed = resolve;
        worker.postMessage({ kind: 'close' } satisfies ToSocket);
      });
      await emptying;
      await worker.terminate();
    },
  };
}

/** Where a datagram ends without the line break that many senders write. */
function trimmed(bytes: Buffer, start: number, end: number): number {
  let last = end;
  while (last > start && (bytes[last - 1] === NEWLINE || bytes[last - 1] === RETURN || bytes[last - 1] === NUL)) last--;
  return last;
}
