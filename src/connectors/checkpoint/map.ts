import type { ParseContext } from '../../ingest/connector.js';
import { farEnd, simpleAction } from '../cef/derive.js';
import { type EventRow, eventRow, isAddress } from '../event-row.js';
import { timeReader } from '../log-time.js';
import { hostReader, readSyslogTime } from '../syslog-prefix.js';
import { zoneOfSetting } from '../zone.js';
import { COLUMNS } from './columns.js';
import type { Log } from './fields.js';
import { logTime } from './time.js';

/** LEA's names of fields that the Log Exporter names otherwise. */
const ALIASES: Readonly<Record<string, string>> = {
  orig: 'origin',
  'i/f_dir': 'ifdir',
  'i/f_name': 'ifname',
  origin_sic_name: 'originsicname',
  ProductName: 'product',
  productname: 'product',
};

/** The header of the Log Exporter's CEF: the first of these fields that is there, else `Log`. */
const CLASS_ID = [
  'attack',
  'protection_type',
  'verdict',
  'matched_category',
  'dlp_data_type_name',
  'app_category',
  'app_properties',
];
const NAME = [
  'protection_name',
  'appi_name',
  'app_name',
  'message_info',
  'service_id',
  'verdict',
  'dlp_rule_name',
  'operation',
];
const SEVERITY = ['app_risk', 'risk', 'severity'];
/** CEF's words for Check Point's severities. */
const SEVERITIES: Readonly<Record<string, string>> = {
  0: 'Low',
  1: 'Low',
  2: 'Medium',
  3: 'High',
  4: 'Very-High',
  5: 'Very-High',
  informational: 'Low',
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  critical: 'Very-High',
};

/** Fields that are written by other means than `COLUMNS`. */
const HEADER = new Set(['time', 'origin', 'product', 'ifdir', 'ifname']);

/** @returns the writer of a log's row of CommonSecurityLog */
export function logWriter(context: Pick<ParseContext, 'settings' | 'modified' | 'rows'>): (log: Log) => void {
  const row = eventRow(context.rows('CommonSecurityLog'));
  const readTime = logTime(timeReader(zoneOfSetting(context.settings['time-zone']), context.modified));
  const readHost = hostReader();
  return ({ prefix, fields, product }) => {
    const values = new Map<string, string[]>();
    for (const [written, value] of fields) {
      const key = ALIASES[written] ?? written;
      const known = values.get(key);
      if (known === undefined) values.set(key, [value]);
      else if (!known.includes(value)) known.push(value);
    }
    const first = (key: string): string => values.get(key)?.find((value) => value !== '') ?? '';
    const firstOf = (keys: readonly string[]): string => first(keys.find((key) => first(key) !== '') ?? '');
    // some relays leave a stray character before the header
    const header = prefix.replace(/^[^\w<]+/, '');
    const bytes = Buffer.from(header);
    const sender = header === '' ? '' : readHost(bytes, 0, bytes.length);
    row.text('DeviceVendor', 'Check Point');
    row.text('DeviceProduct', first('product') || product || 'Check Point');
    row.text('DeviceVersion', 'Check Point');
    row.text('DeviceEventClassID', firstOf(CLASS_ID) || 'Log');
    row.text('Activity', firstOf(NAME) || 'Log');
    row.text('LogSeverity', SEVERITIES[firstOf(SEVERITY).toLowerCase()] ?? 'Unknown');
    const origin = first('origin').split('|', 1)[0]!;
    row.text('Computer', origin || sender || first('hostname'));
    row.text('DeviceAddress', isAddress(origin) ? origin : '');
    if (origin !== first('origin')) row.extra('origin', first('origin'));
    row.text('DeviceName', sender || first('hostname'));
    row.text('SimplifiedDeviceAction', simpleAction(first('action')));
    row.time('TimeGenerated', readTime(first('time')) ?? (header === '' ? null : readSyslogTime(header, readTime)));
    row.time('StartTime', readTime(first('start_time')));
    row.time('EndTime', first('start_time') === '' ? null : readTime(first('lastupdatetime')));
    writeDirection(row, first);
    writeColumns(row, values);
    row.end();
  };
}

function writeDirection(row: EventRow, first: (key: string) => string): void {
  const inbound = /^in/i.test(first('ifdir'));
  const outbound = /^out/i.test(first('ifdir'));
  if (inbound || outbound) {
    const direction = inbound ? '0' : '1';
    row.text('CommunicationDirection', direction);
    const [address, port] = farEnd(direction) === 'source' ? ['src', 's_port'] : ['dst', 'service'];
    if (isAddress(first(address!))) row.text('RemoteIP', first(address!));
    if (/^\d+$/.test(first(port!))) row.text('RemotePort', first(port!));
  }
  row.text(outbound ? 'DeviceOutboundInterface' : 'DeviceInboundInterface', first('ifname'));
}

/** Fills the columns in the order of their table, so that the better of two fields for a column has it; keeps what is left. */
function writeColumns(row: EventRow, values: ReadonlyMap<string, readonly string[]>): void {
  const placed = new Map<string, string>();
  for (const [key, write] of COLUMNS) {
    const value = values.get(key)?.find((one) => one !== '');
    if (value !== undefined && write(row, value) !== false) placed.set(key, value);
  }
  for (const [key, all] of values) {
    if (HEADER.has(key) && all.length === 1) continue;
    for (const value of all) if (value !== placed.get(key)) row.extra(key, value);
  }
}
