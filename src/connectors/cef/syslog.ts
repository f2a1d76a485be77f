import type { ReadTime } from './time.js';

/** What the text before a CEF header says. */
export interface SyslogHeader {
  /** The host of the outermost syslog header that names one ('' when none does): what Sentinel shows as Computer. */
  readonly host: string;
  /** Ticks: the innermost time that says its year, else the innermost; null when there is none. */
  readonly time: bigint | null;
}

const BSD_TIME =
  /^(?:[A-Z][a-z]{2},? )?[A-Za-z]{3} +\d{1,2},? (?:\d{4} )?\d{1,2}:\d\d:\d\d(?:[.,]\d+)?(?: \d{4})?(?: (?:UTC|GMT|Z|[BCEIJM]S[TK]|[EP]DT|[CM]DT|PST|CET|CEST|EET|EEST|[+-]\d\d:?\d\d)(?= ))?:?(?= |$)/;
const ISO_TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?: ?(?:Z|[+-]\d\d:?\d\d))?(?= |$)/i;
const EPOCH_TIME = /^\d{10}(?:\.\d+)?(?= |$)/;
const YEAR = /\d{4}/;

/**
 * Reads the syslog headers before a CEF header: RFC 3164 and RFC 5424 in all their dialects, an RFC 6587 octet count,
 * several stacked by relays, or none.
 */
export function readSyslogHeader(prefix: string, readTime: ReadTime): SyslogHeader {
  let host = '';
  let time: bigint | null = null;
  let dated = false;
  for (const part of prefix.replace(/\uFEFF/g, '').split(/<\d{1,3}>/)) {
    const header = readOne(part.trim());
    if (host === '') host = header.host;
    const ticks = header.time === '' ? null : readTime(header.time);
    if (ticks === null || (dated && !YEAR.test(header.time))) continue;
    time = ticks;
    dated = YEAR.test(header.time);
  }
  return { host, time };
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
