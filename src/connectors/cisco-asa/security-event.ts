import { TICKS_PER_SECOND } from '../../util/ticks.js';
import { simpleAction } from '../cef/derive.js';
import type { EventRow } from '../event-row.js';
import type { ReadTime } from '../log-time.js';
import { KEYS } from './security-keys.js';

/** Events of Secure Firewall Threat Defense by message id, and the field that is their DeviceAction. */
const EVENTS: ReadonlyMap<string, { readonly activity: string; readonly action: string }> = new Map([
  ['430001', { activity: 'Intrusion event', action: 'InlineResult' }],
  ['430002', { activity: 'Connection event (begin)', action: 'AccessControlRuleAction' }],
  ['430003', { activity: 'Connection event (end)', action: 'AccessControlRuleAction' }],
  ['430004', { activity: 'File event', action: 'FileAction' }],
  ['430005', { activity: 'File malware event', action: 'FileAction' }],
  ['430006', { activity: 'Malware event', action: 'FileAction' }],
  ['430007', { activity: 'Elephant flow event', action: 'AccessControlRuleAction' }],
]);

/** Whether a message is made of `Key: value, Key: value`. */
export const isSecurityEvent = (id: string, text: string): boolean =>
  EVENTS.has(id) && /^\s*[A-Za-z][\w ]*: ?/.test(text);

const NEXT = /,\s*([A-Z][A-Za-z0-9_]*(?: [A-Z][A-Za-z0-9_]*){0,3}):(?: |(?=,)|$)/g;
const FIRST = /^\s*([A-Za-z][\w ]*?):(?: |(?=,)|$)/;

/**
 * The pairs of a text. Values may hold `, ` (user agents, URLs, rule names): a pair begins there only where a known key stands, or
 * an unknown one of a single word in camel case.
 */
export function readPairs(text: string): [string, string][] {
  const first = FIRST.exec(text);
  if (!first) return [];
  const pairs: [string, string][] = [];
  let key = first[1]!;
  let start = first[0].length;
  NEXT.lastIndex = start > 0 ? start - 1 : 0;
  for (let match = NEXT.exec(text); match !== null; match = NEXT.exec(text)) {
    const next = match[1]!;
    if (!KEYS.has(next) && !/^[A-Z]+[a-z0-9]+[A-Z_]\w*$/.test(next)) {
      NEXT.lastIndex = match.index + 1;
      continue;
    }
    pairs.push([key, text.slice(start, match.index).trim()]);
    key = next;
    start = match.index + match[0].length;
    NEXT.lastIndex = Math.max(start - 1, match.index + 1);
  }
  pairs.push([key, text.slice(start).trim()]);
  return pairs;
}

/** Writes a security event. Its time is the syslog header's; when there is none, that of its first packet and its duration. */
export function writeSecurityEvent(
  row: EventRow,
  id: string,
  text: string,
  time: bigint | null,
  readTime: ReadTime,
): void {
  const event = EVENTS.get(id)!;
  const values = new Map<string, string>();
  for (const [key, value] of readPairs(text)) if (!values.has(key)) values.set(key, value);
  const action = values.get(event.action);
  row.text('Activity', event.activity);
  row.text('DeviceAction', action);
  row.text('SimplifiedDeviceAction', action === undefined ? undefined : simpleAction(action));
  const begun = readTime(values.get('FirstPacketSecond') ?? '');
  const seconds = values.get('ConnectionDuration');
  const length = seconds !== undefined && /^\d{1,9}$/.test(seconds) ? BigInt(seconds) * TICKS_PER_SECOND : null;
  const ended = begun !== null && length !== null ? begun + length : null;
  row.time('TimeGenerated', time ?? ended ?? begun);
  row.time('StartTime', begun ?? (time !== null && length !== null && id === '430003' ? time - length : null));
  row.time('EndTime', ended ?? (id === '430003' ? time : null));
  for (const [key, value] of values) {
    if (value === '') continue;
    const write = key === event.action ? undefined : KEYS.get(key);
    if (write) write(row, value, key);
    else if (key !== event.action) row.extra(key, value);
  }
}
