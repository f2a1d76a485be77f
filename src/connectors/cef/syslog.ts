import { detach } from './detach.js';
import { type ReadTime, secondsAt } from './time.js';

const BSD_TIME =
  /^(?:[A-Z][a-z]{2},? )?[A-Za-z]{3} +\d{1,2},? (?:\d{4} )?\d{1,2}:\d\d:\d\d(?:[.,]\d+)?(?: \d{4})?(?: (?:UTC|GMT|Z|[BCEIJM]S[TK]|[EP]DT|[CM]DT|PST|CET|CEST|EET|EEST|[+-]\d\d:?\d\d)(?= ))?:?(?= |$)/;
const ISO_TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?: ?(?:Z|[+-]\d\d:?\d\d))?(?= |$)/i;
const EPOCH_TIME = /^\d{10}(?:\.\d+)?(?= |$)/;
const YEAR = /\d{4}/;

/*
 * The text before a CEF header: syslog headers of RFC 3164 and RFC 5424 in all their dialects, an RFC 6587 octet count,
 * several stacked by relays, or none.
 */
const headersOf = (prefix: string): { host: string; time: string }[] =>
  prefix
    .replace(/\uFEFF/g, '')
    .split(/<\d{1,3}>/)
    .map((part) => readOne(part.trim()));

/** Finds the host of the outermost syslog header that names one ('' when none does): what Sentinel shows as Computer. */
export function hostReader(): (prefix: string) => string {
  const met = new Map<string, { readonly rest: string; readonly host: string }>();
  let last = '';
  let lastHost = '';
  return (prefix) => {
    if (prefix === last) return lastHost;
    last = prefix;
    // prefixes differ mostly in the second, and the host doesn't depend on it
    const seconds = secondsAt(prefix);
    const start = prefix.slice(0, seconds === -1 ? prefix.length : seconds);
    const rest = seconds === -1 ? '' : prefix.slice(seconds + 2);
    const known = met.get(start);
    if (known !== undefined && known.rest === rest) lastHost = known.host;
    else {
      lastHost = headersOf(prefix).find(({ host }) => host !== '')?.host ?? '';
      if (met.size >= 1000) met.clear();
      met.set(detach(start), { rest: detach(rest), host: lastHost });
    }
    return lastHost;
  };
}

/** Reads the time in a prefix, in ticks: the innermost that says its year, else the innermost; null when there is none. */
export function syslogTimeReader(readTime: ReadTime): (prefix: string) => bigint | null {
  let last = '';
  let time: bigint | null = null;
  return (prefix) => {
    if (prefix === last) return time;
    last = prefix;
    time = null;
    let dated = false;
    for (const header of headersOf(prefix)) {
      const ticks = header.time === '' ? null : readTime(header.time);
      if (ticks === null || (dated && !YEAR.test(header.time))) continue;
      time = ticks;
      dated = YEAR.test(header.time);
    }
    return time;
  };
}

function readOne(header: string): { host: string; time: string } {
  // RFC 5424's version, or the octet count of RFC 6587 when there is no priority.
  const text = header.replace(/^\d{1,2} (?=\d{4}-|- )/, '');
  const time =
    (BSD_TIME.exec(text) ?? ISO_TIME.exec(text) ?? EPOCH_TIME.exec(text))?.[0] ?? (text.startsWith('- ') ? '-' : '');
  const [first = ''] = text.slice(time.length).trimStart().split(' ', 1);
  // `named[123]:` is the tag of a header that has no host, a lone number an octet count.
  const isHost = first !== '-' && !/[:\]]$/.test(first) && !/^\d*$/.test(first);
  return { host: isHost || isIpv6(first) ? detach(first) : '', time: time === '-' ? '' : time.replace(/:$/, '') };
}

const isIpv6 = (text: string): boolean => /^[0-9a-f]*:[0-9a-f:.]*:[0-9a-f:.]*$/i.test(text) && text.length > 2;
