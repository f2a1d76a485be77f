import { type LocalTime, readLocalTime } from './date.js';
import { readCountedName } from './name.js';

/** A dated line of the debug log. */
export interface LogLine {
  readonly time: LocalTime;
  /** `PACKET`, `EVENT`, `DSPOLL`, … */
  readonly context: string;
  /** What follows the context. */
  readonly text: string;
}

/** A packet of the debug log. */
export interface Packet {
  readonly protocol: 'UDP' | 'TCP';
  readonly sent: boolean;
  readonly remote: string;
  readonly response: boolean;
  /** Q, N, U or ?. */
  readonly opcode: string;
  readonly result: string;
  /** '' where the packet has no question. */
  readonly type: string;
  readonly name: string;
}

const CONTEXT = /^\s+[0-9A-Fa-f]{2,8}\s+(\S+)(?:\s+(.*))?$/;

/** Takes a dated line apart; null for lines that don't begin with a date, a thread and a context. */
export function readLogLine(line: string): LogLine | null {
  const time = readLocalTime(line);
  const match = time && CONTEXT.exec(line.slice(time.end));
  return match ? { time, context: match[1]!, text: (match[2] ?? '').trimEnd() } : null;
}

const PACKET =
  /^(?:.{0,60}\s)?(UDP|TCP)\s+(Snd|Rcv)\s+(\S+)\s+[0-9A-Fa-f]{4}\s+(R\s+)?([QNU?])\s+\[([0-9A-Fa-f]{4}) [ATDR ]{0,12}?([A-Z]{4,}|\S{1,20}) {0,12}\]\s*(.*)$/;

/** Reads a PACKET line's text; null when it is no such text. */
export function readPacket(text: string): Packet | null {
  const match = PACKET.exec(text);
  if (!match) return null;
  const [, protocol, direction, remote, response, opcode, , result, question = ''] = match;
  // Servers before 2008 write no type.
  const [, type = '', name = ''] = /^([^\s(]\S*)?\s*(.*)$/.exec(question) ?? [];
  return {
    protocol: protocol as 'UDP' | 'TCP',
    sent: direction === 'Snd',
    remote: remote!,
    response: response !== undefined,
    opcode: opcode!,
    result: result!,
    type,
    name: name === '' ? '' : readCountedName(name.trim()),
  };
}

const HEADER =
  /^(?:DNS Server log|Log file|Message logging key|(?:UDP|TCP) (?:question|response|query|packet) info at|\s|$)/i;

/** True for lines that belong to the log's header or to the dump of a packet: those are indented, or begin in a known way. */
export const isFurniture = (line: string): boolean => HEADER.test(line);
