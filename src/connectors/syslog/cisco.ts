import { exec } from './header.js';
import { type TimeText, timeAt } from './time-text.js';

/** What Cisco's network systems write before `%FACILITY-SEVERITY-MNEMONIC:`. */
export interface CiscoPrefix {
  readonly host: string;
  /** The device's time; null when only the time since its start is said. */
  readonly time: TimeText | null;
  /** Its own count of messages, and the one of its sending: `12,000345`. */
  readonly sequence: string;
  /** The rest: time since start, a node of IOS-XR, a clock that is not set. */
  readonly extra: Readonly<Record<string, string>>;
  readonly severity: number;
  /** `%SYS-5-CONFIG_I`. */
  readonly mnemonic: string;
  readonly pid: string;
  /** Where the `%` stands. */
  readonly start: number;
}

const MNEMONIC = /%[A-Z][A-Z0-9_]*(?:-[A-Z0-9_]+)*?-([0-7])-[A-Z0-9_]+(?= ?:)/g;
const SEQUENCE = /(\d+): */y;
const UPTIME = /(\d+:\d\d:\d\d(?:\.\d+)?|(?:\d+[ywdhm]){1,4}): */y;
const NODE = /([A-Z]{1,4}\/\w+(?:\/\w+)*): */iy;
const WORD = /([\w.-]+|[\da-fA-F:]+:[\da-fA-F:.]*)(?:\[(\d+)\])? ?:(?: +|$)/y;
const UNSET_CLOCK = /[*.]/y;
const LONGEST = 200;

/** The prefix that begins at an offset; null when the text there is not Cisco's. */
export function readCisco(line: string, at: number): CiscoPrefix | null {
  if (!line.includes('%', at)) return null;
  MNEMONIC.lastIndex = at;
  const found = MNEMONIC.exec(line);
  if (found === null || found.index - at > LONGEST) return null;
  const prefix = line.slice(0, found.index).trimEnd();
  const extra: Record<string, string> = {};
  let [host, sequence, pid] = ['', '', ''];
  let time: TimeText | null = null;
  let from = at;
  while (from < prefix.length) {
    if (prefix[from] === ' ' || prefix[from] === ':') {
      from++;
      continue;
    }
    const unset = exec(UNSET_CLOCK, prefix, from);
    const clock = timeAt(prefix, from + (unset === null ? 0 : 1));
    if (clock !== null) {
      time = clock;
      if (unset !== null) extra.clock = 'not set';
      from = clock.end;
      continue;
    }
    const [piece, end] = pieceAt(prefix, from);
    if (piece === null) return null;
    if (piece.sequence !== undefined) sequence += (sequence === '' ? '' : ',') + piece.sequence;
    else if (piece.word === undefined) Object.assign(extra, piece);
    else if (host === '' && time === null && extra.node === undefined) host = piece.word;
    else {
      extra.process = piece.word;
      pid = piece.pid ?? '';
    }
    from = end;
  }
  return { host, time, sequence, extra, severity: Number(found[1]), mnemonic: found[0], pid, start: found.index };
}

type Piece = { readonly [part: string]: string };

function pieceAt(prefix: string, at: number): [Piece | null, number] {
  const sequence = exec(SEQUENCE, prefix, at);
  const uptime = exec(UPTIME, prefix, at);
  const node = exec(NODE, prefix, at);
  const word = exec(WORD, prefix, at);
  if (uptime) return [{ uptime: uptime[1]! }, at + uptime[0].length];
  if (sequence) return [{ sequence: sequence[1]! }, at + sequence[0].length];
  if (node) return [{ node: node[1]! }, at + node[0].length];
  if (word) return [{ word: word[1]!, ...(word[2] === undefined ? {} : { pid: word[2] }) }, at + word[0].length];
  return [null, at];
}
