import { isIP } from 'node:net';
import { readStructuredData, type StructuredData } from './structured-data.js';
import { type TimeText, timeAt } from './time-text.js';

/** One syslog header; a line has several when relays put theirs before it. */
export interface Header {
  readonly priority: number | null;
  readonly time: TimeText | null;
  readonly host: string;
  /** RFC 5424's fields, '' for none: undefined in other headers. */
  readonly protocol?: {
    readonly version: number;
    readonly app: string;
    readonly process: string;
    readonly messageId: string;
    readonly data: StructuredData | null;
  };
  /** Where the header ends in the line. */
  readonly end: number;
}

const START = /\uFEFF?(?:\d{1,8} (?=<|\d{1,2} (?:\d{4}-|- )))?(?:<(\d{1,3})> *)?/y;
const VERSION = /(\d{1,2}) (?=\d{4}-\d\d-\d\dT|- )/y;
const FIELD = / (\S+)/y;
/** What stands where a host would: a tag, or the words of a daemon that counts repetitions. */
const NO_HOST = /^(?:[^\s[\]]*:|[^\s[\]]*\[[^\s\]]*\]:?)$/;
const REPEATED = / (?:last )?message repeated \d/y;
const CISCO_HOST = / ([^\s:]+|[\da-fA-F:.]+) ?: (?=%[A-Z])/y;

/** The header at an offset. All of its parts may be missing: `end` is then the offset. */
export function readHeader(line: string, at: number): Header {
  const start = exec(START, line, at)!;
  const priority = start[1] === undefined || Number(start[1]) > 191 ? null : Number(start[1]);
  const from = start[1] !== undefined && priority === null ? at : at + start[0].length;
  const version = exec(VERSION, line, from);
  const afterVersion = version === null ? from : from + version[0].length;
  const isNil = version !== null && line[afterVersion] === '-';
  const time = isNil ? null : timeAt(line, afterVersion);
  const timeEnd = isNil ? afterVersion + 1 : (time?.end ?? from);
  if (version !== null) {
    const header = readProtocol(line, timeEnd, Number(version[1]));
    if (header !== null) return { priority, time, ...header };
  }
  if (time === null && !isNil) return { priority, time, host: '', end: from };
  return { priority, time, ...readHost(line, timeEnd) };
}

/** The rest of an RFC 5424 header behind its time; null when fields are missing. */
function readProtocol(line: string, at: number, version: number): Pick<Header, 'host' | 'protocol' | 'end'> | null {
  const fields: string[] = [];
  let end = at;
  while (fields.length < 4) {
    const field = exec(FIELD, line, end);
    if (field === null) return null;
    fields.push(field[1] === '-' ? '' : field[1]!);
    end += field[0].length;
  }
  if (line[end] !== ' ') return null;
  const structured = readStructuredData(line, end + 1);
  if (structured === null) return null;
  const [host, app, process, messageId] = fields as [string, string, string, string];
  return { host, protocol: { version, app, process, messageId, data: structured.data }, end: structured.end };
}

/** The host behind the time of other headers; '' when a tag stands there. */
function readHost(line: string, at: number): Pick<Header, 'host' | 'end'> {
  const cisco = exec(CISCO_HOST, line, at);
  if (cisco !== null) return { host: cisco[1]!, end: at + cisco[0].length };
  const field = exec(FIELD, line, at);
  if (field === null || exec(REPEATED, line, at) !== null) return { host: '', end: at };
  const [whole, token] = field as unknown as [string, string];
  if (NO_HOST.test(token) && isIP(token) === 0) return { host: '', end: at };
  return { host: token === '-' ? '' : token, end: at + whole.length };
}

/** A sticky expression's match at an offset. */
export function exec(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
