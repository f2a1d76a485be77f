import { type ParseContext, Reject } from '../../ingest/connector.js';
import { type ByteText, byteText } from '../../util/byte-text.js';
import { simpleAction } from '../cef/derive.js';
import { rememberingLast } from '../cef/memo.js';
import { timeReader } from '../log-time.js';
import { isAddress, SecurityLog } from '../security-log.js';
import { hostReader, readSyslogTime } from '../syslog-prefix.js';
import { type Zone, zoneOfSetting } from '../zone.js';
import { CONFIG_WITH_DETAILS, EARLY_GLOBALPROTECT, EARLY_TYPE, FIELDS, TYPE } from './fields.js';
import { readHeader } from './labels.js';
import { findMessage, standsAt, typeAt } from './message.js';
import { kindOf, makePlan, type Plan, type Step } from './plan.js';
import { type Fields, fieldText, makeFields, splitFields } from './split.js';
import { offsetBeside, readWall, sameMoment, ticksText, type Wall } from './wall.js';

const textOf = (text: string): ByteText => byteText(Buffer.from(text));
const VENDOR = textOf('Palo Alto Networks');
const PRODUCT = textOf('PAN-OS');
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
const HEX = textOf('0x');
const BOM = textOf('\uFEFF');
/** What the first line of an export begins with. */
const HEADERS = ['Domain,', '"Domain",', 'Receive Time,', '"Receive Time",'].map(textOf);

type Read<T> = (source: ByteText, from: number, to: number) => T;

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
  map(source: ByteText, start: number, end: number): 'event' | 'skip' {
    if (this.isHeader(source, start, end)) return 'skip';
    const { fields } = this;
    let order = this.exported;
    let at = order === undefined ? -1 : start;
    if (order === undefined || !this.isExported(order, source, start, end)) {
      // a stream may hold an export's lines and syslog's
      order = undefined;
      at = findMessage(source.bytes, start, end);
      if (at === -1) throw new Reject('no PAN-OS message (1,date,serial,TYPE,…) in the line');
      splitFields(source.bytes, at, end, fields);
    }
    const type =
      typeAt(source.bytes, fields, order?.indexOf('type') ?? TYPE) ?? typeAt(source.bytes, fields, EARLY_TYPE);
    if (type === undefined)
      throw new Reject(`${fieldText(source.bytes, fields, TYPE) || 'nothing'} is no log type of PAN-OS`);
    order ??= this.orderOf(type, source);
    if (fields.count < 7) throw new Reject(`the ${type} message has ${fields.count} fields`);
    this.write(this.planOf(type, order, source), source, start, at);
    return 'event';
  }

  /** Whether a line is the header of an export, which then says the order of fields. */
  private isHeader(source: ByteText, start: number, end: number): boolean {
    const from = standsAt(source, start, end, BOM) ? start + BOM.bytes.length : start;
    if (!HEADERS.some((word) => standsAt(source, from, end, word))) return false;
    const { fields } = this;
    splitFields(source.bytes, from, end, fields);
    const header = readHeader(Array.from({ length: fields.count }, (_, i) => fieldText(source.bytes, fields, i)));
    this.exported = header ?? this.exported;
    return header !== undefined;
  }

  /** Splits a line as a row of an export; false when it is none. */
  private isExported(order: readonly string[], source: ByteText, start: number, end: number): boolean {
    if (order[0] === 'domain' && findMessage(source.bytes, start, end) !== start) return false;
    splitFields(source.bytes, start, end, this.fields);
    return typeAt(source.bytes, this.fields, order.indexOf('type')) !== undefined;
  }

  private orderOf(type: string, source: ByteText): readonly string[] {
    const { fields } = this;
    if (type === 'GLOBALPROTECT' && typeAt(source.bytes, fields, TYPE) === undefined) return EARLY_GLOBALPROTECT;
    if (type !== 'CONFIG') return FIELDS[type]!;
    const flags = CONFIG_WITH_DETAILS.indexOf('actionflags');
    const isFlags = (index: number): boolean =>
      index < fields.count && standsAt(source, fields.from[index]!, fields.to[index]!, HEX);
    return !isFlags(flags - 2) && isFlags(flags) ? CONFIG_WITH_DETAILS : FIELDS.CONFIG!;
  }

  private planOf(type: string, order: readonly string[], source: ByteText): Plan {
    let plans = this.plans.get(order);
    if (plans === undefined) {
      plans = new Map();
      this.plans.set(order, plans);
    }
    const kind = kindOf(type, fieldText(source.bytes, this.fields, order.indexOf('subtype')));
    const name = `${type} ${kind}`;
    let plan = plans.get(name);
    if (plan === undefined) {
      plan = makePlan(this.log, type, kind, order);
      plans.set(name, plan);
    }
    return plan;
  }

  private write(plan: Plan, source: ByteText, start: number, at: number): void {
    const { log, fields, columns } = this;
    const { count, from, to, doubled } = fields;
    log.clear();
    log.put(columns.DeviceVendor, VENDOR, 0, VENDOR.bytes.length);
    log.put(columns.DeviceProduct, PRODUCT, 0, PRODUCT.bytes.length);
    log.put(columns.Activity, plan.activity, 0, plan.activity.bytes.length);
    log.text(columns.DeviceEventClassID, fieldText(source.bytes, fields, plan.at.eventClass));
    log.text(columns.DeviceVersion, this.read(this.version, source, plan.at.config_ver) ?? '');
    log.text(columns.LogSeverity, this.read(this.severity, source, plan.at.severity) || '1');
    for (const step of plan.steps) {
      const { field, column } = step;
      if (field >= count || from[field] === to[field]) continue;
      if (doubled[field] === 1) this.writeText(step.column, step, fieldText(source.bytes, fields, field));
      else if (column === -1 || !log.put(column, source, from[field]!, to[field]!)) {
        log.pair(step.key, source, from[field]!, to[field]!);
        continue;
      }
      if (step.labelColumn !== -1) log.put(step.labelColumn, step.label, 0, step.label.bytes.length);
    }
    this.derive(plan, source);
    const host = this.hostOf(source.bytes, start, at);
    log.text(columns.Computer, host === '' ? fieldText(source.bytes, fields, plan.at.device_name) : host);
    this.writeTimes(plan, source, start, at);
    log.end();
  }

  private writeText(column: number, { key }: Step, text: string): void {
    if (column !== -1 && this.log.text(column, text)) return;
    const source = textOf(text);
    this.log.pair(key, source, 0, source.bytes.length);
  }

  /** Columns that several fields say together. */
  private derive({ at }: Plan, source: ByteText): void {
    const { log, fields, columns } = this;
    if (at.action !== -1) log.text(columns.SimplifiedDeviceAction, this.read(this.simple, source, at.action) ?? '');
    if (at.misc !== -1) {
      const subtype = fieldText(source.bytes, fields, at.subtype);
      const name = fieldText(source.bytes, fields, at.misc);
      if (subtype === 'url') log.text(columns.DestinationHostName, hostOfUrl(name));
      else if (FILE_SUBTYPES.test(subtype)) log.text(columns.FileName, name);
    }
    for (const index of [at.public_ip, at.public_ipv6, at.host]) if (index !== -1) this.writeSource(source, index);
  }

  /** SourceIP from a field that holds an address, a host name, or the address of nobody. */
  private writeSource(source: ByteText, index: number): void {
    const { log, fields, columns } = this;
    if (index >= fields.count || log.has(columns.SourceIP)) return;
    const [from, to] = [fields.from[index]!, fields.to[index]!];
    if (from < to && isAddress(source.bytes, from, to) && !NOBODY.test(source.bytes.toString('latin1', from, to)))
      log.put(columns.SourceIP, source, from, to);
  }

  private read<T>(reader: Read<T>, source: ByteText, index: number): T | undefined {
    const { fields } = this;
    if (index === -1 || index >= fields.count || fields.from[index] === fields.to[index]) return undefined;
    return reader(source, fields.from[index]!, fields.to[index]!);
  }

  private writeTimes({ at }: Plan, source: ByteText, start: number, message: number): void {
    const { log, columns } = this;
    const event =
      this.read(this.generated, source, at.time_generated) ?? this.read(this.generated, source, at.receive_time);
    const precise = this.read(this.precise, source, at.high_res_timestamp);
    const header = message > start ? this.headerTime(source, start, message) : undefined;
    if (event === undefined) {
      log.text(columns.TimeGenerated, this.syslogTicks(source, start, message));
      return;
    }
    const offset = event.offset ?? offsetBeside(event, precise) ?? offsetBeside(event, header);
    const begun = this.read(this.started, source, at.start);
    const ended = this.read(readWallOf, source, at.factorcompletiontime);
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

const readWallOf: Read<Wall | undefined> = (source, from, to) => readWall(source.bytes.toString('latin1', from, to));

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
