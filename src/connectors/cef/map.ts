import type { CellWriter, ParseContext, RowWriter } from '../../ingest/connector.js';
import { type ByteText, byteText } from '../../util/byte-text.js';
import { epochTicks, type ReadTime, timeReader } from '../log-time.js';
import { hostReader, readSyslogTime } from '../syslog-prefix.js';
import { findZone, zoneOfSetting } from '../zone.js';
import { isInt32, isInt64 } from './bytes.js';
import { allTargets, type Key, keyOf, TARGETS, type Target, type TimePart } from './columns.js';
import { endOfLabel, farEnd, simpleAction } from './derive.js';
import { Extras } from './extras.js';
import { rememberingLast } from './memo.js';
import { OwnTime } from './own-time.js';
import { ExtensionReader, type PairSink, readValue, unescapeValue } from './parse.js';
import { type FindProduct, productFinder } from './product.js';

const indexOf = (key: string): number => keyOf(key).target!.index;
const ACT = indexOf('act');
const DPT = indexOf('dpt');
const DST = indexOf('dst');
const DTZ = indexOf('dtz');
const DIRECTION = indexOf('deviceDirection');
const END = indexOf('end');
const IN = indexOf('in');
const OUT = indexOf('out');
const RT = indexOf('rt');
const SPT = indexOf('spt');
const SRC = indexOf('src');
const START = indexOf('start');
const IPV6 = [1, 2, 3, 4].map((i) => ({ address: indexOf(`c6a${i}`), label: indexOf(`c6a${i}Label`) }));

const HEADER = ['DeviceVendor', 'DeviceProduct', 'DeviceVersion', 'DeviceEventClassID', 'Activity', 'LogSeverity'];
const TYPES = { string: 'string', int: 'int', long: 'long', real: 'real', time: 'datetime' } as const;

/** Reads a time as text of its ticks. */
type ReadTicks = (source: ByteText, from: number, to: number) => string | null;

const ticksReader = (read: ReadTime): ReadTicks =>
  rememberingLast((text) => epochTicks(text) ?? read(text)?.toString() ?? null);

/**
 * Writes the rows of CommonSecurityLog that lines give. Remembers what was last met of headers and times, since events repeat
 * them. A class, so that all files' lines run through the same compiled code.
 */
export class CefMapper implements PairSink {
  private readonly cells: readonly CellWriter[];
  private readonly wide: readonly (CellWriter | undefined)[];
  private readonly header: readonly CellWriter[];
  private readonly time: CellWriter;
  private readonly computer: CellWriter;
  private readonly additional: CellWriter;
  private readonly simplified: CellWriter;
  private readonly remoteAddress: CellWriter;
  private readonly remotePort: CellWriter;

  private readonly readTime: ReadTime;
  private readonly receiptTicks: ReadTicks;
  private readonly startTicks: ReadTicks;
  private readonly endTicks: ReadTicks;
  private readonly vendorTicks: ReadTicks;
  private readonly syslogTicks: ReadTicks;
  private readonly zoned = new Map<string, ReadTicks>();
  private readonly findProduct: FindProduct;
  private readonly hostOf = hostReader();
  private readonly simpleOf = rememberingLast((text) => simpleAction(unescapeValue(text)));

  private readonly extension = new ExtensionReader();
  private readonly extras = new Extras();
  private swapped = false;
  private event = 0;
  /** The event that last filled each target, and where its value stands in the line. */
  private readonly filledBy = new Uint32Array(TARGETS);
  private readonly from = new Int32Array(TARGETS);
  private readonly to = new Int32Array(TARGETS);
  private readonly ownTime = new OwnTime();
  /** The event that last said a part of a vendor's own time. */
  private ownTimeOf = 0;

  constructor(
    private readonly context: Pick<ParseContext, 'settings' | 'modified'>,
    private readonly rows: RowWriter,
  ) {
    const text = (name: string): CellWriter => rows.column(name, 'string');
    this.cells = allTargets().map(({ column, type }) => rows.column(column, TYPES[type]));
    this.wide = allTargets().map((target) => target.wide && rows.column(target.wide.column, target.wide.type));
    this.header = HEADER.map(text);
    this.time = rows.column('TimeGenerated', 'datetime');
    this.computer = text('Computer');
    this.additional = text('AdditionalExtensions');
    this.simplified = text('SimplifiedDeviceAction');
    this.remoteAddress = text('RemoteIP');
    this.remotePort = text('RemotePort');
    const readTime = timeReader(zoneOfSetting(context.settings['time-zone']), context.modified);
    this.readTime = readTime;
    this.receiptTicks = ticksReader(readTime);
    this.startTicks = ticksReader(readTime);
    this.endTicks = ticksReader(readTime);
    this.vendorTicks = ticksReader(readTime);
    this.syslogTicks = rememberingLast((prefix) => readSyslogTime(prefix, readTime)?.toString() ?? null);
    this.findProduct = productFinder(context.settings['pan-os-swapped-bytes'] !== false);
  }

  /** Writes a line's row. `start` and `end` bound the line, `at` is where its `CEF:` is. */
  map(source: ByteText, start: number, at: number, end: number): void {
    const product = this.findProduct(source, at, end);
    this.swapped = product.swapped;
    this.extras.clear();
    this.event++;
    const { header } = this;
    for (let i = 0; i < header.length; i++) header[i]!.put(product.fields[i]!, 0, product.fields[i]!.bytes.length);
    this.computer.text(this.hostOf(source.bytes, start, at));
    this.extension.read(source, at + product.text.bytes.length, end, this);
    if (this.isFilled(ACT)) this.simplified.text(this.simpleOf(source, this.from[ACT]!, this.to[ACT]!));
    if (!this.isFilled(SRC) || !this.isFilled(DST)) this.fillIpv6(source);
    if (this.isFilled(DIRECTION)) this.fillRemote(source);
    this.fillTimes(source, start, at);
    if (this.extras.length > 0) this.additional.put(this.extras.text, 0, this.extras.length);
    this.rows.endRow();
  }

  loose(source: ByteText, from: number, to: number): void {
    this.extras.add(source, from, to);
  }

  pair(source: ByteText, key: Key, from: number, to: number, escaped: boolean): void {
    const { target } = key;
    if (target === null) {
      if (key.timePart !== undefined) this.noteTime(key.timePart, from, to);
      this.addPair(source, key, from, to, escaped);
      return;
    }
    if (from === to) return;
    const { index } = target;
    // the first of repeated keys stands; the others aren't lost
    let stored = false;
    if (this.filledBy[index] !== this.event) {
      this.filledBy[index] = this.event;
      this.from[index] = from;
      this.to[index] = to;
      stored = this.fill(target, source, from, to, escaped);
    }
    if (!stored || target.kept) this.addPair(source, key, from, to, escaped);
  }

  private addPair(source: ByteText, key: Key, from: number, to: number, escaped: boolean): void {
    if (escaped) this.extras.addPair(key, readValue(source.bytes, from, to));
    else this.extras.add(source, from - key.bytes.length - 1, to);
  }

  /** Fills a target's columns. False when the value doesn't fit the type. */
  private fill(target: Target, source: ByteText, from: number, to: number, escaped: boolean): boolean {
    const { index } = target;
    switch (target.type) {
      case 'string':
        put(this.cells[index]!, source, from, to, escaped);
        return true;
      case 'int':
        return this.fillInt(target, source, from, to, escaped);
      case 'long': {
        const fits = isInt64(source.bytes, from, to);
        if (fits) this.cells[this.swapped === (index === IN) ? OUT : IN]!.put(source, from, to);
        return fits;
      }
      case 'real': {
        const real = Number(source.bytes.toString('latin1', from, to));
        if (Number.isFinite(real)) this.cells[index]!.text(String(real));
        return Number.isFinite(real);
      }
      case 'time':
        return true;
    }
  }

  private fillInt({ index, wide }: Target, source: ByteText, from: number, to: number, escaped: boolean): boolean {
    const fits = isInt32(source.bytes, from, to);
    if (fits) this.cells[index]!.put(source, from, to);
    if (wide?.type === 'string') put(this.wide[index]!, source, from, to, escaped);
    if (wide?.type !== 'long') return fits;
    const fitsWide = isInt64(source.bytes, from, to);
    if (fitsWide) this.wide[index]!.put(source, from, to);
    return fitsWide;
  }

  private isFilled(index: number): boolean {
    return this.filledBy[index] === this.event;
  }

  private textOf(source: ByteText, index: number): string {
    return readValue(source.bytes, this.from[index]!, this.to[index]!);
  }

  private fillTimes(source: ByteText, start: number, at: number): void {
    const own = this.ownTimeOf === this.event;
    const dtz = this.isFilled(DTZ) ? this.textOf(source, DTZ) : own ? this.ownPart('zone', source) : null;
    const zoned = dtz === null ? undefined : this.readerOf(dtz);
    const begun = this.ticksOf(source, START, zoned ?? this.startTicks);
    const ended = this.ticksOf(source, END, zoned ?? this.endTicks);
    if (begun !== null) this.cells[START]!.text(begun);
    if (ended !== null) this.cells[END]!.text(ended);
    const receipt = this.ticksOf(source, RT, zoned ?? this.receiptTicks);
    const forwarded = own ? this.forwardedTime(source, zoned) : null;
    const vendor = own ? this.ownTime.read('epoch', this.event, source, this.vendorTicks) : null;
    const found = receipt ?? forwarded ?? ended ?? begun ?? vendor ?? this.syslogTicks(source, start, at);
    if (found !== null) this.time.text(found);
  }

  private ticksOf(source: ByteText, index: number, read: ReadTicks): string | null {
    return this.isFilled(index) ? read(source, this.from[index]!, this.to[index]!) : null;
  }

  private noteTime(part: TimePart, from: number, to: number): void {
    this.ownTime.set(part, this.event, from, to);
    this.ownTimeOf = this.event;
  }

  private ownPart(part: TimePart, source: ByteText): string | null {
    return this.ownTime.text(part, this.event, source);
  }

  /** The time that a forwarded log says of itself: its epoch, or its date and time in its zone. */
  private forwardedTime(source: ByteText, zoned: ReadTicks | undefined): string | null {
    const epoch = this.ownPart('forwardedEpoch', source);
    const ticks = epoch === null ? null : (epochTicks(epoch) ?? this.readTime(epoch)?.toString() ?? null);
    if (ticks !== null || zoned === undefined) return ticks;
    const [date, time] = [this.ownPart('date', source), this.ownPart('time', source)];
    if (date === null || time === null) return null;
    const text = byteText(Buffer.from(`${date} ${time}`));
    return zoned(text, 0, text.bytes.length);
  }

  /** The reader for a device that states its zone in dtz. */
  private readerOf(dtz: string): ReadTicks {
    const { zoned } = this;
    let reader = zoned.get(dtz);
    if (reader === undefined) {
      const zone = findZone(dtz);
      reader = ticksReader(zone ? timeReader(zone, this.context.modified) : this.readTime);
      if (zoned.size < 1000) zoned.set(dtz, reader);
    }
    return reader;
  }

  /** Fills SourceIP and DestinationIP, where they are missing, from the custom IPv6 addresses whose labels say which is which. */
  private fillIpv6(source: ByteText): void {
    for (const { address, label } of IPV6) {
      if (!this.isFilled(address) || !this.isFilled(label)) continue;
      const end = endOfLabel(this.textOf(source, label));
      const index = end === 'source' ? SRC : end === 'destination' ? DST : -1;
      if (index === -1 || this.isFilled(index)) continue;
      this.filledBy[index] = this.event;
      this.from[index] = this.from[address]!;
      this.to[index] = this.to[address]!;
      this.cells[index]!.text(this.textOf(source, index));
    }
  }

  private fillRemote(source: ByteText): void {
    const end = farEnd(this.textOf(source, DIRECTION));
    if (end === undefined) return;
    const [address, port] = end === 'source' ? [SRC, SPT] : [DST, DPT];
    if (this.isFilled(address)) this.remoteAddress.text(this.textOf(source, address));
    if (this.isFilled(port) && isInt32(source.bytes, this.from[port]!, this.to[port]!))
      this.remotePort.text(String(Number(this.textOf(source, port))));
  }
}

function put(cell: CellWriter, source: ByteText, from: number, to: number, escaped: boolean): void {
  if (escaped) cell.text(readValue(source.bytes, from, to));
  else cell.put(source, from, to);
}
