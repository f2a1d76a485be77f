import { type CiscoPrefix, readCisco } from './cisco.js';
import { exec, type Header, readHeader } from './header.js';
import type { StructuredData } from './structured-data.js';
import type { TimeText } from './time-text.js';

/** A syslog message taken apart. Texts that are not there are ''. */
export interface SyslogMessage {
  readonly priority: number | null;
  /** A severity that the message's own text says (Cisco). */
  readonly severity: number | null;
  /** Times from the outermost header to the innermost. */
  readonly times: readonly TimeText[];
  /** Hosts in that order. */
  readonly hosts: readonly string[];
  readonly process: string;
  readonly pid: string;
  readonly messageId: string;
  readonly data: StructuredData | null;
  readonly extra: Readonly<Record<string, string>>;
  readonly text: string;
  /** How it was recognised: by a priority, by a time with a host and a tag, by a time alone, or not at all. */
  readonly form: 'priority' | 'tagged' | 'timed' | 'text';
}

const MOST_HEADERS = 8;
/** A header within the text: by its priority, or a second `time host tag:`. */
const NESTED = / *(?:\d{1,8} ){0,3}(?=<\d{1,3}>(?:\d{1,2} |[A-Z][a-z]{2} |\d{4}-))/y;
const NESTED_PLAIN =
  / *(?=(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[\d.]*(?:Z|[+-]\d\d:?\d\d)) [^\s:]+ [^\s:[\]]+(?:\[\d+\])?: )/y;
const TAG = / *([^\s:[\]<>"'{}=,;]{1,128})(?:\[([^\s\]]{0,64})\])?(:?)(?= |$)/y;

/** Takes a line apart. Any text is taken; `form` says how much of it is syslog. */
export function readSyslog(line: string): SyslogMessage {
  const headers: Header[] = [];
  let at = 0;
  for (let more = true; more && headers.length < MOST_HEADERS; ) {
    const header = readHeader(line, at);
    headers.push(header);
    at = header.end;
    const nested = exec(NESTED, line, at) ?? exec(NESTED_PLAIN, line, at);
    more = nested !== null && header.end > 0;
    if (nested !== null && more) at += nested[0].length;
  }
  const last = headers[headers.length - 1]!;
  const cisco = last.protocol === undefined ? readCisco(line, at) : null;
  const tag = last.protocol === undefined && cisco === null ? readTag(line, at, last) : null;
  const priority = headers.findLast((header) => header.priority !== null)?.priority ?? null;
  const form = formOf(priority, last, tag, cisco);
  // the words behind an ISO time are an application's own log line, unless they have a tag
  const isOwn = form === 'timed' && last.time?.isIso === true && headers.length === 1;
  const start = isOwn ? last.time!.end : (cisco?.start ?? tag?.end ?? at);
  const times = timesOf(headers, cisco);
  return {
    priority,
    severity: cisco?.severity ?? null,
    times,
    hosts: isOwn ? [] : [...headers.map(({ host }) => host), cisco?.host ?? ''].filter((host) => host !== ''),
    process: isOwn ? '' : (cisco?.mnemonic ?? tag?.process ?? last.protocol?.app ?? ''),
    pid: isOwn ? '' : (cisco?.pid ?? tag?.pid ?? last.protocol?.process ?? ''),
    messageId: last.protocol?.messageId ?? '',
    data: mergeData(headers),
    extra: extraOf(cisco, headers),
    text: line.slice(start).replace(/^ *\uFEFF?/, ''),
    form,
  };
}

/** A clock that is not set, as Cisco says of it, is only believed when there is no other. */
function timesOf(headers: readonly Header[], cisco: CiscoPrefix | null): TimeText[] {
  const times = headers.map(({ time }) => time).filter((time) => time !== null);
  const own = cisco?.time;
  if (own == null) return times;
  return cisco?.extra.clock === undefined ? [...times, own] : [{ ...own, hasYear: false }, ...times];
}

function formOf(
  priority: number | null,
  last: Header,
  tag: { pid: string; isCertain: boolean } | null,
  cisco: CiscoPrefix | null,
): SyslogMessage['form'] {
  if (priority !== null) return 'priority';
  if (cisco !== null || last.protocol !== undefined) return 'tagged';
  if (last.time === null) return 'text';
  if (!last.time.isIso) return tag?.isCertain ? 'tagged' : 'timed';
  return tag?.isCertain && last.host !== '' ? 'tagged' : 'timed';
}

/** `name[pid]:`, `name:` or `name[pid]` at an offset. */
function readTag(
  line: string,
  at: number,
  header: Header,
): { process: string; pid: string; isCertain: boolean; end: number } | null {
  // a line without any header has no tag: `note: something`
  if (header.priority === null && header.time === null) return null;
  const found = exec(TAG, line, at);
  if (found === null || (found[2] === undefined && found[3] === '')) return null;
  return { process: found[1]!, pid: found[2] ?? '', isCertain: true, end: at + found[0].length };
}

function mergeData(headers: readonly Header[]): StructuredData | null {
  const all = headers.map(({ protocol }) => protocol?.data ?? null).filter((data) => data !== null);
  return all.length === 0 ? null : Object.fromEntries(all.flatMap((data) => Object.entries(data)));
}

function extraOf(cisco: CiscoPrefix | null, headers: readonly Header[]): Record<string, string> {
  const extra: Record<string, string> = { ...cisco?.extra };
  if (cisco && cisco.sequence !== '') extra.sequence = cisco.sequence;
  const relays = headers.slice(0, -1).filter(({ protocol }) => protocol !== undefined && protocol.app !== '');
  if (relays.length > 0) extra.relayProcess = relays.map(({ protocol }) => protocol!.app).join(',');
  return extra;
}
