import { type ReadTime, secondsAt } from './log-time.js';

const BSD_TIME =
  /^(?:[A-Z][a-z]{2},? )?[A-Za-z]{3} +\d{1,2},? (?:\d{4} )?\d{1,2}:\d\d:\d\d(?:[.,]\d+)?(?: \d{4})?(?: (?:UTC|GMT|Z|[BCEIJM]S[TK]|[EP]DT|[CM]DT|PST|CET|CEST|EET|EEST|[+-]\d\d:?\d\d)(?= ))?:?(?= |$)/;
const ISO_TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?: ?(?:Z|[+-]\d\d:?\d\d))?(?= |$)/i;
const EPOCH_TIME = /^\d{10}(?:\.\d+)?(?= |$)/;
const ZERO = 48;
const YEAR = /\d{4}/;

/*
 * The text before a message whose own beginning is known (`CEF:`, `%ASA-`, `date=`): syslog headers of RFC 3164
 * and RFC 5424 in all their dialects, an RFC 6587 octet count, several stacked by relays, or none.
 */
const headersOf = (prefix: string): { host: string; time: string }[] =>
  prefix
    .replace(/\uFEFF/g, '')
    .split(/<\d{1,3}>/)
    .map((part) => readOne(part.trim()));

/** Finds the host of the outermost syslog header that names one ('' when none does): what Sentinel shows as Computer. */
export function hostReader(): (bytes: Buffer, start: number, end: number) => string {
  let last = Buffer.alloc(0);
  let lastSeconds = -1;
  let host = '';
  /** Whether the prefix is the last one but for its seconds: prefixes differ mostly there, and the host doesn't depend on it. */
  const isLast = (bytes: Buffer, start: number, end: number): boolean => {
    const { length } = last;
    if (end - start !== length || length === 0) return false;
    for (let i = 0; i < length; i++) {
      if (bytes[start + i] === last[i]) continue;
      if (i !== lastSeconds && i !== lastSeconds + 1) return false;
      const digit = bytes[start + i]!;
      if (digit < ZERO || digit > ZERO + 9) return false;
    }
    return true;
  };
  return (bytes, start, end) => {
    if (isLast(bytes, start, end)) return host;
    last = Buffer.from(bytes.subarray(start, end));
    const prefix = last.toString('utf8');
    lastSeconds = last.length === prefix.length ? secondsAt(prefix) : -1;
    host = headersOf(prefix).find((header) => header.host !== '')?.host ?? '';
    return host;
  };
}

/** Reads the time in a prefix, in ticks: the innermost that says its year, else the innermost; null when there is none. */
export function readSyslogTime(prefix: string, readTime: ReadTime): bigint | null {
  let time: bigint | null = null;
  let dated = false;
  for (const header of headersOf(prefix)) {
    const ticks = header.time === '' ? null : readTime(header.time);
    if (ticks === null || (dated && !YEAR.test(header.time))) continue;
    time = ticks;
    dated = YEAR.test(header.time);
  }
  return time;
}

function readOne(header: string): { host: string; time: string } {
  // RFC 5424's version, or the octet count of RFC 6587 when there is no priority.
  const text = header.replace(/^\d{1,2} (?=\d{4}-|- )/, '');
  const time =
    (BSD_TIME.exec(text) ?? ISO_TIME.exec(text) ?? EPOCH_TIME.exec(text))?.[0] ?? (text.startsWith('- ') ? '-' : '');
  const [first = ''] = text.slice(time.length).trimStart().split(' ', 1);
  // `named[123]:` is the tag of a header that has no host, a lone number an octet count.
  const isHost = first !== '-' && !/[:\]]$/.test(first) && !/^\d*$/.test(first);
  return { host: isHost || isIpv6(first) ? first : '', time: time === '-' ? '' : time.replace(/:$/, '') };
}

const isIpv6 = (text: string): boolean => /^[0-9a-f]*:[0-9a-f:.]*:[0-9a-f:.]*$/i.test(text) && text.length > 2;
