import { windowsTime } from '../clock.js';
import type { DnsPacket } from '../flow.js';

/** The block that Windows writes when it begins a debug log. */
export function windowsDnsHeader(created: number): string {
  return [
    `DNS Server log file creation at ${windowsTime(created)}`,
    `Log file wrap at ${windowsTime(created)}`,
    '',
    'Message logging key (for packets - other items use a subset of these fields):',
    '\tField #  Information         Values',
    '\t-------  -----------         ------',
    '\t   1     Date',
    '\t   2     Time',
    '\t   3     Thread ID',
    '\t   4     Context',
    '\t   5     Internal packet identifier',
    '\t   6     UDP/TCP indicator',
    '\t   7     Send/Receive indicator',
    '\t   8     Remote IP',
    '\t   9     Xid (hex)',
    '\t  10     Query/Response      R = Response',
    '\t                             blank = Query',
    '\t  11     Opcode              Q = Standard Query',
    '\t                             N = Notify',
    '\t                             U = Update',
    '\t                             ? = Unknown',
    '\t  12     [ Flags (hex)',
    '\t  13     Flags (char codes)  A = Authoritative Answer',
    '\t                             T = Truncated Response',
    '\t                             D = Recursion Desired',
    '\t                             R = Recursion Available',
    '\t  14     ResponseCode ]',
    '\t  15     Question Type',
    '\t  16     Question Name',
    '',
    '',
  ].join('\r\n');
}

const STATUS = { NOERROR: 0, SERVFAIL: 2, NXDOMAIN: 3 } as const;
const hex = (value: number, width: number): string => value.toString(16).padStart(width, '0');

const encoded = new Map<string, string>();

/** `www.a.example` as `(3)www(1)a(7)example(0)`. Names come again and again, so the texts are kept, up to a bound. */
export function encodeName(name: string): string {
  let text = encoded.get(name);
  if (text === undefined) {
    text = `${name
      .split('.')
      .map((label) => `(${label.length})${label}`)
      .join('')}(0)`;
    if (encoded.size > 20_000) encoded.clear();
    encoded.set(name, text);
  }
  return text;
}

/** A packet of the debug log: one line and the blank line after it. */
export function windowsDnsPacket(packet: DnsPacket): string {
  const flags = packet.response ? 0x8180 | (packet.authoritative ? 0x0400 : 0) | STATUS[packet.status] : 0x0100;
  // The log prints the flags with their bytes swapped, as they lie in memory.
  const swapped = ((flags & 0xff) << 8) | (flags >> 8);
  const letters = `${packet.response && packet.authoritative ? 'A' : ' '} D${packet.response ? 'R' : ' '}`;
  return `${windowsTime(packet.time)} ${hex(0x0b00 + ((packet.context * 4) % 0x500), 4).toUpperCase()} PACKET  ${hex(0x1c4 * 0x100000000 + ((packet.context * 0x1d30) % 0xffffffff), 16).toUpperCase()} UDP ${packet.direction} ${packet.remote.padEnd(15)} ${hex(packet.xid, 4)} ${packet.response ? 'R' : ' '} Q [${hex(swapped, 4)} ${letters} ${packet.status.padStart(8)}] ${packet.type.padEnd(6)} ${encodeName(packet.name)}\r\n\r\n`;
}
