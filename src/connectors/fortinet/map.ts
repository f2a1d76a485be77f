import { type Emit, type ParseContext, Reject } from '../../ingest/connector.js';
import { type ByteText, byteText } from '../../util/byte-text.js';
import { simpleAction } from '../cef/derive.js';
import { timeReader } from '../log-time.js';
import { type ExtensionKey, extensionKey, SecurityLog } from '../security-log.js';
import { hostReader, readSyslogTime } from '../syslog-prefix.js';
import { zoneOfSetting } from '../zone.js';
import { COLUMN_NAMES as FIELD_COLUMNS, SLOT_NAMES, type Target, targetOf } from './columns.js';
import { type Device, deviceOf, severityOf, versionOf } from './device.js';
import { dnsRow } from './dns.js';
import { Pairs } from './pairs.js';
import { type FindKey, findPairs, keyFinder, readPairs, unquoteCells, valueText } from './parse.js';
import { eventTimeReader, type ReadEventTime } from './time.js';

const QUOTE = 34;
const VENDOR = byteText(Buffer.from('Fortinet'));
const DIRECTIONS: Readonly<Record<string, string>> = { outgoing: '1', out: '1', incoming: '0', in: '0' };

const OWN_COLUMNS = [
  'DeviceVendor',
  'DeviceProduct',
  'DeviceVersion',
  'DeviceEventClassID',
  'DeviceEventCategory',
  'Activity',
  'LogSeverity',
  'Computer',
  'TimeGenerated',
  'DeviceAction',
  'SimplifiedDeviceAction',
  'CommunicationDirection',
  'RemoteIP',
  'RemotePort',
  'SourceUserName',
  'DestinationUserName',
] as const;

/** A field's name, with its column's number and what it is called in AdditionalExtensions. */
interface Field extends Target {
  readonly number: number;
  /** `FTNTFGTname`. */
  readonly prefixed: ExtensionKey;
  readonly plain: ExtensionKey;
}

/** Writes the rows of CommonSecurityLog, and of DnsEvents, that Fortinet's logs give. */
export class FortinetMapper {
  private readonly log: SecurityLog;
  private readonly columns: Readonly<Record<(typeof OWN_COLUMNS)[number], number>>;
  private readonly find: FindKey<Field>;
  private readonly pairs = new Pairs<Field>();
  private readonly hostOf = hostReader();
  private readonly eventTime: ReadEventTime;
  private readonly syslogTime: (prefix: string) => string | null;
  private readonly huntRows: boolean;
  private readonly devices = new Map<string, Device>();

  private source: ByteText = byteText(Buffer.alloc(0));
  private event = 0;
  /** The event that last filled each slot, and the pair that did. */
  private readonly filledBy = new Uint32Array(SLOT_NAMES.length);
  private readonly filledWith = new Int32Array(SLOT_NAMES.length);

  constructor(context: Pick<ParseContext, 'settings' | 'modified' | 'rows'>) {
    const log = new SecurityLog(context.rows('CommonSecurityLog'));
    this.log = log;
    this.columns = Object.fromEntries(OWN_COLUMNS.map((name) => [name, log.column(name)])) as typeof this.columns;
    for (const name of FIELD_COLUMNS) log.column(name);
    this.find = keyFinder((name) => {
      const target = targetOf(name);
      const number = target.column === '' ? -1 : log.column(target.column);
      return { ...target, number, prefixed: extensionKey(`FTNTFGT${name}`), plain: extensionKey(name) };
    });
    const zone = zoneOfSetting(context.settings['time-zone']);
    this.eventTime = eventTimeReader(zone, context.modified);
    const readTime = timeReader(zone, context.modified);
    this.syslogTime = (prefix) => readSyslogTime(prefix, readTime)?.toString() ?? null;
    this.huntRows = String(context.settings['hunt-rows'])
      .split(/\s*,\s*/)
      .includes('dns');
  }

  /** Writes a line's rows. Throws `Reject` when the line is no log of Fortinet's. */
  map(line: ByteText, start: number, end: number, emit: Emit): void {
    const at = findPairs(line.bytes, start, end);
    if (at === -1) throw new Reject('no date=… time=… devid=… as Fortinet writes them in the line');
    this.read(line, at, end);
    if (!this.isLog()) throw new Reject('the line has no log id, type or date of a Fortinet log');
    const { log, columns, pairs } = this;
    const device = this.device();
    const host = this.hostOf(line.bytes, start, at);
    const computer = host === '' ? this.slot('devname') : host;
    const time = this.time() ?? this.syslogTime(line.bytes.toString('utf8', start, at));
    log.clear();
    log.put(columns.DeviceVendor, VENDOR, 0, VENDOR.bytes.length);
    log.text(columns.DeviceProduct, device.product);
    log.text(columns.DeviceVersion, versionOf(this.slot('logver')));
    log.text(columns.TimeGenerated, time ?? '');
    log.text(columns.Computer, computer);
    log.text(columns.LogSeverity, severityOf(this.slot('level')));
    const logid = this.slot('logid');
    log.text(columns.DeviceEventClassID, device.prefix === '' ? logid : logid.slice(-5));
    this.writeActivity();
    for (let i = 0; i < pairs.count; i++) this.writePair(i, device.prefix !== '');
    this.writeUsers();
    this.writeFarEnd();
    log.end();
    if (this.huntRows && this.has('qname'))
      emit(
        'DnsEvents',
        dnsRow((name) => this.slot(name), time, computer),
      );
  }

  /** Reads the pairs of a line, and notes which of them columns are derived of. */
  private read(line: ByteText, at: number, end: number): void {
    const { pairs } = this;
    pairs.clear();
    this.event++;
    if (line.bytes[at] === QUOTE) {
      this.source = byteText(Buffer.from(unquoteCells(line.bytes.toString('utf8', at, end))));
      readPairs(this.source, 0, this.source.bytes.length, this.find, pairs);
    } else {
      this.source = line;
      readPairs(line, at, end, this.find, pairs);
    }
    for (let i = 0; i < pairs.count; i++) {
      const { slot } = pairs.keys[i]!.value;
      if (slot === -1 || this.filledBy[slot] === this.event || pairs.from[i] === pairs.to[i]) continue;
      this.filledBy[slot] = this.event;
      this.filledWith[slot] = i;
    }
  }

  private has(slot: string): boolean {
    return this.filledBy[SLOT_NUMBERS[slot]!] === this.event;
  }

  /** The text of a slot; '' when the line doesn't fill it. */
  private slot(slot: string): string {
    const number = SLOT_NUMBERS[slot]!;
    if (this.filledBy[number] !== this.event) return '';
    const i = this.filledWith[number]!;
    return this.text(i);
  }

  private text(i: number): string {
    const { from, to, escaped } = this.pairs;
    return escaped[i] === 1
      ? valueText(this.source.bytes, from[i]!, to[i]!)
      : this.source.bytes.toString('utf8', from[i]!, to[i]!);
  }

  private isLog(): boolean {
    return (
      this.has('logid') ||
      (this.has('type') && (this.has('devid') || this.has('date'))) ||
      (this.has('date') && this.has('time'))
    );
  }

  private device(): Device {
    const serial = this.slot('devid');
    let device = this.devices.get(serial);
    if (device === undefined) {
      device = deviceOf(serial);
      if (this.devices.size < 10_000) this.devices.set(serial, device);
    }
    return device;
  }

  private time(): string | null {
    return (
      this.eventTime(this.slot('eventtime'), this.slot('date'), this.slot('time'), this.slot('tz')) ??
      this.eventTime(this.slot('itime'), '', '', '')
    );
  }

  /** Activity is `type:subtype eventtype action status`, as FortiGate's CEF names its events. */
  private writeActivity(): void {
    const { log, columns } = this;
    const [type, subtype, status] = [this.slot('type'), this.slot('subtype'), this.slot('status')];
    const category = subtype === '' ? type : `${type}:${subtype}`;
    // FortiOS 4 and FortiMail call the action of their traffic otherwise
    const action = this.slot('action') || this.slot('disposition') || (type === 'traffic' ? status : '');
    let activity = category;
    for (const part of [this.slot('eventtype'), action, status === action ? '' : status])
      if (part !== '') activity += ` ${part}`;
    log.text(columns.Activity, activity.trimStart());
    log.text(columns.DeviceEventCategory, category);
    log.text(columns.DeviceAction, action);
    log.text(columns.SimplifiedDeviceAction, simpleAction(action));
  }

  private writePair(i: number, prefixed: boolean): void {
    const { log, source } = this;
    const { keys, from, to, escaped } = this.pairs;
    if (from[i] === to[i]) return;
    const { number, kept, told, prefixed: long, plain } = keys[i]!.value;
    if (told) return;
    const key = prefixed ? long : plain;
    if (escaped[i] === 1) {
      const text = this.text(i);
      if (number !== -1 && log.text(number, text) && !kept) return;
      const unescaped = byteText(Buffer.from(text));
      log.pair(key, unescaped, 0, unescaped.bytes.length);
    } else if (number === -1 || !log.put(number, source, from[i]!, to[i]!) || kept)
      log.pair(key, source, from[i]!, to[i]!);
  }

  /** The user whom FortiOS authenticated is `duser` in its CEF, whatever the event; of a session he is the source's. */
  private writeUsers(): void {
    const { log, columns } = this;
    const user = [this.slot('user'), this.slot('xauthuser')].find((name) => name !== '' && name !== 'N/A') ?? '';
    log.text(columns.DestinationUserName, user === '' ? this.slot('to') : user);
    log.text(columns.SourceUserName, user);
  }

  private writeFarEnd(): void {
    const { log, columns } = this;
    const direction = this.has('direction') ? DIRECTIONS[this.slot('direction').toLowerCase()] : undefined;
    log.text(columns.CommunicationDirection, direction ?? '');
    if (direction === undefined) {
      log.text(columns.RemoteIP, this.slot('remip'));
      log.text(columns.RemotePort, this.slot('remport'));
    } else {
      log.text(columns.RemoteIP, this.slot(direction === '1' ? 'dstip' : 'srcip'));
      log.text(columns.RemotePort, this.slot(direction === '1' ? 'dstport' : 'srcport'));
    }
  }
}

const SLOT_NUMBERS = Object.fromEntries(SLOT_NAMES.map((name, i) => [name, i])) as Record<string, number>;
