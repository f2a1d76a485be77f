import type { ParseContext } from '../../ingest/connector.js';
import type { ByteText } from '../../util/byte-text.js';
import { TICKS_PER_SECOND } from '../../util/ticks.js';
import { simpleAction } from '../cef/derive.js';
import { rememberingLast } from '../cef/memo.js';
import { type EventRow, eventRow } from '../event-row.js';
import { timeReader } from '../log-time.js';
import { zoneOfSetting } from '../zone.js';
import { writeFields } from './columns.js';
import { readDuration } from './duration.js';
import type { Head } from './header.js';
import { type Initiators, initiators, likelyInitiator, type Side } from './initiator.js';
import { type Form, formOf, readFields } from './messages/index.js';
import { portOf } from './ports.js';
import { readPrefixTime, senderReader } from './prefix.js';
import { isSecurityEvent, writeSecurityEvent } from './security-event.js';

/** Writes the row of a line whose head was found. */
export type WriteMessage = (source: ByteText, start: number, head: Head, end: number) => void;

/** @returns the writer of CommonSecurityLog rows for one source; it remembers the connections that are open there */
export function messageWriter(context: Pick<ParseContext, 'settings' | 'modified' | 'rows'>): WriteMessage {
  const row = eventRow(context.rows('CommonSecurityLog'));
  const readTime = timeReader(zoneOfSetting(context.settings['time-zone']), context.modified);
  const timeOf = rememberingLast((prefix) => readPrefixTime(prefix, readTime));
  const senderOf = senderReader();
  const opened = initiators();
  const totalIsSent = context.settings['teardown-bytes'] === 'sent';
  return (source, start, head, end) => {
    const { bytes } = source;
    const sender = senderOf(bytes, start, head.at);
    const time = timeOf(source, start, head.at);
    const text = bytes.toString('utf8', head.text, end).trimEnd();
    row.text('Computer', sender);
    row.text('DeviceVendor', 'Cisco');
    row.text('DeviceProduct', head.product);
    row.text('DeviceEventClassID', head.id);
    row.text('LogSeverity', head.severity);
    row.text('Message', bytes.toString('utf8', head.at, end).trimEnd());
    if (isSecurityEvent(head.id, text)) writeSecurityEvent(row, head.id, text, time, readTime);
    else {
      row.time('TimeGenerated', time);
      const form = formOf(head.id);
      const values =
        form === undefined ? null : readFields(form, text.length > LONGEST ? text.slice(0, LONGEST) : text);
      if (form === undefined || values === null) row.text('Activity', firstWords(text));
      else writeForm(row, form, values, { time, connections: opened, sender, totalIsSent });
    }
    row.end();
  };
}

/** Characters of a text that are looked at: no message of the tables is as long, and patterns take their time on hostile ones. */
const LONGEST = 2048;

interface Surroundings {
  readonly time: bigint | null;
  readonly connections: Initiators;
  readonly sender: string;
  readonly totalIsSent: boolean;
}

function writeForm(row: EventRow, form: Form, values: Map<string, string>, around: Surroundings): void {
  const action = form.action ?? values.get('action');
  row.text('DeviceAction', action);
  row.text('SimplifiedDeviceAction', action === undefined ? undefined : simplified(action));
  row.text('Activity', fill(form.activity, values));
  splitEnding(values);
  if (around.totalIsSent) row.long('SentBytes', values.get('bytes'));
  writeFields(row, values, openedBySecond(values, form.action, around));
  row.text('Protocol', form.protocol);
  writeTimes(row, values.get('duration'), around.time);
}

/** Words of these messages for traffic that was not let through. */
const DENIALS = new Set(['Dropped', 'dropped', 'Dropping', 'discarded', 'prevented', 'Shunned']);

const simplified = (action: string): string => (DENIALS.has(action) ? 'Deny' : simpleAction(action));

function fill(activity: string, values: ReadonlyMap<string, string>): string {
  if (!activity.includes('{')) return activity;
  const filled = activity.replace(/\{(\w+)\}/g, (_, field: string) => {
    const value = values.get(field) ?? '';
    return field === 'text' ? firstWords(value) : value;
  });
  return filled.replace(/ {2,}/g, ' ').trim();
}

/**
 * Whether a connection was opened by its second end. `Built` says it: `outbound` is from the second, the one on the more
 * trusted interface. A `Teardown` goes by its `Built`, else by the ports.
 */
function openedBySecond(
  values: ReadonlyMap<string, string>,
  action: string | undefined,
  around: Surroundings,
): boolean {
  const key = connectionKey(values, around.sender);
  const direction = values.get('direction');
  if (action === 'Built' && direction !== undefined) {
    const side: Side = direction === 'outbound' ? 'second' : 'first';
    if (key !== undefined) around.connections.remember(key, side);
    return side === 'second';
  }
  if (action !== 'Teardown' || key === undefined) return false;
  const side = around.connections.take(key) ?? guess(values);
  return side === 'second';
}

/** What a connection is known by at its sender: its number; ICMP's have none. Undefined for what is no connection. */
function connectionKey(values: ReadonlyMap<string, string>, sender: string): string | undefined {
  const connection = values.get('connection');
  if (connection !== undefined) return `${sender} ${connection}`;
  const id = values.get('src.icmpId');
  if (id === undefined) return undefined;
  return `${sender} ${values.get('src.addr')}/${id} ${values.get('dst.addr')}/${values.get('dst.icmpId')}`;
}

function guess(values: ReadonlyMap<string, string>): Side {
  const [first, second] = [values.get('src.icmpId'), values.get('dst.icmpId')];
  // an ICMP identifier stands on the side that chose it
  if (first !== undefined) return first === '0' && second !== '0' ? 'second' : 'first';
  return likelyInitiator(numberOf(values.get('src.port')), numberOf(values.get('dst.port')));
}

const numberOf = (port: string | undefined): number => (port === undefined ? Number.NaN : Number(portOf(port) ?? port));

/** `TCP FINs from outside (user)` behind a Teardown's bytes: why, and whose connection it was. */
function splitEnding(values: Map<string, string>): void {
  const ended = values.get('ended');
  if (ended === undefined) return;
  const match = /^(.*?) ?\(([^()]*)\)$/.exec(ended);
  const reason = match ? match[1]! : ended;
  if (match) values.set('user', match[2]!);
  if (reason !== '') values.set('reason', reason);
}

function writeTimes(row: EventRow, duration: string | undefined, time: bigint | null): void {
  if (duration === undefined || time === null) return;
  const seconds = readDuration(duration);
  if (seconds === null) return;
  row.time('StartTime', time - BigInt(seconds) * TICKS_PER_SECOND);
  row.time('EndTime', time);
}

/** What a message that isn't in the tables is about: its first words, up to the first value. */
function firstWords(text: string): string {
  const words = text.split(/ +/, 12);
  const end = words.findIndex((word) => /[\d/=<>"'()[\]{}:;,.]/.test(word) && !/^\d{1,2}$/.test(word));
  return (end === -1 ? words : words.slice(0, Math.max(end, 1))).join(' ').replace(/[:;,.]$/, '');
}
