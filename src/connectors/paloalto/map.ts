import { type ParseContext, Reject } from '../../ingest/connector.js';
import { standsAt } from '../cef/bytes.js';
import { simpleAction } from '../cef/derive.js';
import { rememberingLast } from '../cef/memo.js';
import { timeReader } from '../log-time.js';
import { isAddress, SecurityLog } from '../security-log.js';
import { hostReader, readSyslogTime } from '../syslog-prefix.js';
import { type Zone, zoneOfSetting } from '../zone.js';
import { CONFIG_WITH_DETAILS, EARLY_GLOBALPROTECT, EARLY_TYPE, FIELDS, TYPE } from './fields.js';
import { readHeader } from './labels.js';
import { findMessage, typeAt } from './message.js';
import { kindOf, makePlan, type Plan } from './plan.js';
import { type Fields, fieldText, makeFields, splitFields } from './split.js';
import { offsetBeside, readWall, sameMoment, ticksText, type Wall } from './wall.js';

const VENDOR = Buffer.from('Palo Alto Networks');
const PRODUCT = Buffer.from('PAN-OS');
const SEVERITIES: Readonly<Record<string, string>> = {
  informational: '1',
  low: '2',
  medium: '3',
  high: '4',
  critical: '5',
};
const FILE_SUBTYPES = /^(?:file|virus|ml-virus|wildfire|wildfire-virus|data|dlp)$/;
/** Addresses that stand for none. */
const NOBODY = /^(?:0\.0\.0\.0|::|0:0:0:0:0:0:0:0)$/;
const HEX = Buffer.from('0x');
const BOM = Buffer.from('\uFEFF');
/** What the first line of an export begins with. */
const HEADERS = ['Domain,', '"Domain",', 'Receive Time,', '"Receive Time",'].map((text) => Buffer.from(text));

type Read<T> = (bytes: Buffer, from: number, to: number) => T;

/** Writes the rows of CommonSecurityLog that PAN-OS's messages give. Remembers the header of an export. */
export class PanOsMapper {
  private readonly log: SecurityLog;
  private readonly fields: Fields = makeFields();
  private readonly plans = new Map<readonly string[], Map<string, Plan>>();
  private readonly zone: Zone;
  private readonly hostOf = hostReader();
  private readonly headerTime: Read<Wall | undefined> = rememberingLast(readHeaderTime);
  private readonly generated: Read<Wall | undefined> = rememberingLast(readWall);
  private readonly precise: Read<Wall | undefined> = rememberingLast(readWall);
  private readonly started: Read<Wall | undefined> = rememberingLast(readWall);
  private readonly version: Read<string> = rememberingLast(readVersion);
  private readonly simple: Read<string> = rememberingLast(simpleAction);
  private readonly severity: Read<string> = rememberingLast((word) => SEVERITIES[word.toLowerCase()] ?? word);
  private readonly syslogTicks: Read<string>;
  private readonly columns: Readonly<Record<ColumnName, number>>;
  private exported: readonly string[] | undefined;

  constructor(context: Pick<ParseContext, 'settings' | 'modified' | 'rows'>) {
    this.log = new SecurityLog(context.rows('CommonSecurityLog'));
    this.zone = zoneOfSetting(context.settings['time-zone']);
    const readTime = timeReader(this.zone, context.modified);
    this.syslogTicks = rememberingLast((prefix) => readSyslogTime(prefix, readTime)?.toString() ?? '');
    this.columns = Object.fromEntries(COLUMN_NAMES.map((name) => [name, this.log.column(name)])) as Record<
      ColumnName,
      number
    >;
  }

  /** Writes a line's row. Throws `Reject` when the line is none of PAN-OS's. */
  map(bytes: Buffer, start: number, end: number): 'event' | 'skip' {
    if (this.isHeader(bytes, start, end)) return 'skip';
    const { fields } = this;
    let order = this.exported;
    let at = order === undefined ? -1 : start;
    if (order === undefined || !this.isExported(order, bytes, start, end)) {
      // a stream may hold an export's lines and syslog's
      order = undefined;
      at = findMessage(bytes, start, end);
      if (at === -1) throw new Reject('no PAN-OS message (1,date,serial,TYPE,…) in the line');
      splitFields(bytes, at, end, fields);
    }
    const type = typeAt(bytes, fields, order?.indexOf('type') ?? TYPE) ?? typeAt(bytes, fields, EARLY_TYPE);
    if (type === undefined) throw new Reject(`${fieldText(bytes, fields, TYPE) || 'nothing'} is no log type of PAN-OS`);
    order ??= this.orderOf(type, bytes);
    if (fields.count < 7) throw new Reject(`the ${type} message has ${fields.count} fields`);
    this.write(this.planOf(type, order, bytes), bytes, start, at);
    return 'event';
  }

  /** Whether a line is the header of an export, which then says the order of fields. */
  private isHeader(bytes: Buffer, start: number, end: number): boolean {
    const from = bytes[start] === BOM[0] && standsAt(bytes, start, end, BOM) ? start + BOM.length : start;
    if (!HEADERS.some((word) => standsAt(bytes, from, end, word))) return false;
    const { fields } = this;
    splitFields(bytes, from, end, fields);
    const header = readHeader(Array.from({ length: fields.count }, (_, i) => fieldText(bytes, fields, i)));
    this.exported = header ?? this.exported;
    return header !== undefined;
  }

  /** Splits a line as a row of an export; false when it is none. */
  private isExported(order: readonly string[], bytes: Buffer, start: number, end: number): boolean {
    if (order[0] === 'domain' && findMessage(bytes, start, end) !== start) return false;
    splitFields(bytes, start, end, this.fields);
    return typeAt(bytes, this.fields, order.indexOf('type')) !== undefined;
  }

  private orderOf(type: string, bytes: Buffer): readonly string[] {
    const { fields } = this;
    if (type === 'GLOBALPROTECT' && typeAt(bytes, fields, TYPE) === undefined) return EARLY_GLOBALPROTECT;
    if (type !== 'CONFIG') return FIELDS[type]!;
    const flags = CONFIG_WITH_DETAILS.indexOf('actionflags');
    const isFlags = (index: number): boolean =>
      index < fields.count && standsAt(bytes, fields.from[index]!, fields.to[index]!, HEX);
    return !isFlags(flags - 2) && isFlags(flags) ? CONFIG_WITH_DETAILS : FIELDS.CONFIG!;
  }

  private planOf(type: string, order: readonly string[], bytes: Buffer): Plan {
    let plans = this.plans.get(order);
    if (plans === undefined) {
      plans = new Map();
      this.plans.set(order, plans);
    }
    const kind = kindOf(type, fieldText(bytes, this.fields, order.indexOf('subtype')));
    const name = `${type} ${kind}`;
    let plan = plans.get(name);
    if (plan === undefined) {
      plan = makePlan(this.log, type, kind, order);
      plans.set(name, plan);
    }
    return plan;
  }

  private write(plan: Plan, bytes: Buffer, start: number, at: number): void {
    const { log, fields, columns } = this;
    const { count, from, to, doubled } = fields;
    log.clear();
    log.put(columns.DeviceVendor, VENDOR, 0, VENDOR.length);
    log.put(columns.DeviceProduct, PRODUCT, 0, PRODUCT.length);
    log.put(columns.Activity, plan.activity, 0, plan.activity.length);
    log.text(columns.DeviceEventClassID, fieldText(bytes, fields, plan.at.eventClass));
    log.text(columns.DeviceVersion, this.read(this.version, bytes, plan.at.config_ver) ?? '');
    log.text(columns.LogSeverity, this.read(this.severity, bytes, plan.at.severity) || '1');
    for (const step of plan.steps) {
      const { field, column } = step;
      if (field >= count || from[field] === to[field]) continue;
      if (doubled[field] === 1) this.writeText(step.column, step, fieldText(bytes, fields, field));
      else if (column === -1 || !log.put(column, bytes, from[field]!, to[field]!)) {
        log.pair(step.key, bytes, from[field]!, to[field]!);
        continue;
      }
      if (step.labelColumn !== -1) log.put(step.labelColumn, step.label, 0, step.label.length);
    }
    this.derive(plan, bytes);
    const host = this.hostOf(bytes, start, at);
    log.text(columns.Computer, host === '' ? fieldText(bytes, fields, plan.at.device_name) : host);
    this.writeTimes(plan, bytes, start, at);
    log.end();
  }

  private writeText(column: number, { key }: { key: Buffer }, text: string): void {
    if (column !== -1 && this.log.text(column, text)) return;
    const bytes = Buffer.from(text);
    this.log.pair(key, bytes, 0, bytes.length);
  }

  /** Columns that several fields say together. */
  private derive({ at }: Plan, bytes: Buffer): void {
    const { log, fields, columns } = this;
    if (at.action !== -1) log.text(columns.SimplifiedDeviceAction, this.read(this.simple, bytes, at.action) ?? '');
    if (at.misc !== -1) {
      const subtype = fieldText(bytes, fields, at.subtype);
      const name = fieldText(bytes, fields, at.misc);
      if (subtype === 'url') log.text(columns.DestinationHostName, hostOfUrl(name));
      else if (FILE_SUBTYPES.test(subtype)) log.text(columns.FileName, name);
    }
    for (const index of [at.public_ip, at.public_ipv6, at.host]) if (index !== -1) this.writeSource(bytes, index);
  }

  /** SourceIP from a field that holds an address, a host name, or the address of nobody. */
  private writeSource(bytes: Buffer, index: number): void {
    const { log, fields, columns } = this;
    if (index >= fields.count || log.has(columns.SourceIP)) return;
    const [from, to] = [fields.from[index]!, fields.to[index]!];
    if (from < to && isAddress(bytes, from, to) && !NOBODY.test(bytes.toString('latin1', from, to)))
      log.put(columns.SourceIP, bytes, from, to);
  }

  private read<T>(reader: Read<T>, bytes: Buffer, index: number): T | undefined {
    const { fields } = this;
    if (index === -1 || index >= fields.count || fields.from[index] === fields.to[index]) return undefined;
    return reader(bytes, fields.from[index]!, fields.to[index]!);
  }

  private writeTimes({ at }: Plan, bytes: Buffer, start: number, message: number): void {
    const { log, columns } = this;
    const event =
      this.read(this.generated, bytes, at.time_generated) ?? this.read(this.generated, bytes, at.receive_time);
    const precise = this.read(this.precise, bytes, at.high_res_timestamp);
    const header = message > start ? this.headerTime(bytes, start, message) : undefined;
    if (event === undefined) {
      log.text(columns.TimeGenerated, this.syslogTicks(bytes, start, message));
      return;
    }
    const offset = event.offset ?? offsetBeside(event, precise) ?? offsetBeside(event, header);
    const begun = this.read(this.started, bytes, at.start);
    const ended = this.read(readWallOf, bytes, at.factorcompletiontime);
    if (offset === undefined && precise?.offset !== undefined && sameMoment(event, precise))
      log.text(columns.TimeGenerated, ticksText(precise.ms - precise.offset, precise.fraction));
    else log.text(columns.TimeGenerated, this.ticks(event, offset));
    if (begun) log.text(columns.StartTime, this.ticks(begun, offset));
    if (ended) log.text(columns.EndTime, this.ticks(ended, offset));
  }

  private ticks(wall: Wall, offset: number | undefined): string {
    const ahead = wall.offset ?? offset;
    return ticksText(ahead === undefined ? this.zone.toUtc(wall.ms) : wall.ms - ahead, wall.fraction);
  }
}

const COLUMN_NAMES = [
  'DeviceVendor',
  'DeviceProduct',
  'DeviceVersion',
  'DeviceEventClassID',
  'Activity',
  'LogSeverity',
  'Computer',
  'TimeGenerated',
  'StartTime',
  'EndTime',
  'SimplifiedDeviceAction',
  'DestinationHostName',
  'FileName',
  'SourceIP',
] as const;
type ColumnName = (typeof COLUMN_NAMES)[number];

const readWallOf: Read<Wall | undefined> = (bytes, from, to) => readWall(bytes.toString('latin1', from, to));

/** The time of an RFC 5424 header, which says its zone. */
function readHeaderTime(prefix: string): Wall | undefined {
  const found = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?[+-]\d\d:\d\d/.exec(prefix);
  return found ? readWall(found[0]) : undefined;
}

/** The version that a config version says: 2562 is 10.2; '' for those that say none. */
function readVersion(text: string): string {
  if (/^\d{1,2}\.\d{1,2}$/.test(text)) return text;
  const number = Number(text);
  const [major, minor] = [number >> 8, number & 255];
  return /^\d{4}$/.test(text) && major >= 4 && major <= 15 && minor <= 9 ? `${major}.${minor}` : '';
}

/** The host name in a URL, with or without scheme and port; '' when there is an address. */
function hostOfUrl(url: string): string {
  const host = /^(?:[a-z][a-z\d+.-]*:\/\/)?([^/?#:\s]+)(?::\d+)?(?:[/?#]|$)/i.exec(url)?.[1] ?? '';
  return /^[\d.]+$/.test(host) ? '' : host;
}
