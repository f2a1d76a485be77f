import type { CellWriter, ParseContext, RowWriter } from '../../ingest/connector.js';
import { findZone, zoneOfSetting } from '../zone.js';
import { isInt32, isInt64 } from './bytes.js';
import { allTargets, type Key, keyOf, TARGETS, type Target } from './columns.js';
import { endOfLabel, farEnd, simpleAction } from './derive.js';
import { Extras } from './extras.js';
import { rememberingLast } from './memo.js';
import { type PairSink, readExtension, readValue, unescapeValue } from './parse.js';
import { productFinder } from './product.js';
import { hostReader, readSyslogTime } from './syslog.js';
import { epochTicks, type ReadTime, timeReader } from './time.js';

const indexOf = (key: string): number => keyOf(key).target!.index;
const ACT = indexOf('act');
const DPT = indexOf('dpt');
const DST = indexOf('dst');
const DTZ = indexOf('dtz');
const DIRECTION = indexOf('deviceDirection');
const END = indexOf('end');
const IN = indexOf('in');
const RT = indexOf('rt');
const SPT = indexOf('spt');
const SRC = indexOf('src');
const START = indexOf('start');
const IPV6 = [1, 2, 3, 4].map((i) => ({ address: indexOf(`c6a${i}`), label: indexOf(`c6a${i}Label`) }));

const HEADER = ['DeviceVendor', 'DeviceProduct', 'DeviceVersion', 'DeviceEventClassID', 'Activity', 'LogSeverity'];
const TYPES = { string: 'string', int: 'int', long: 'long', real: 'real', time: 'datetime' } as const;

/** Writes the row of CommonSecurityLog that a line gives. `start` and `end` bound the line, `at` is where its `CEF:` is. */
export type MapLine = (bytes: Buffer, start: number, at: number, end: number) => void;

/** Reads a time as text of its ticks. */
type ReadTicks = (bytes: Buffer, from: number, to: number) => string | null;

/** A mapper with its state: what was last met of headers and times, since events repeat them. */
export function createMapper(context: Pick<ParseContext, 'settings' | 'modified'>, rows: RowWriter): MapLine {
  const readTime = timeReader(zoneOfSetting(context.settings['time-zone']), context.modified);
  const ticksReader = (read: ReadTime): ReadTicks =>
    rememberingLast((text) => epochTicks(text) ?? read(text)?.toString() ?? null);
  const ticks = {
    receipt: ticksReader(readTime),
    start: ticksReader(readTime),
    end: ticksReader(readTime),
    vendor: ticksReader(readTime),
  };
  const zoned = new Map<string, ReadTicks>();
  const findProduct = productFinder(context.settings['pan-os-swapped-bytes'] !== false);
  const hostOf = hostReader();
  const syslogTime = rememberingLast((prefix) => readSyslogTime(prefix, readTime)?.toString() ?? null);

  const simpleOf = rememberingLast((text) => simpleAction(unescapeValue(text)));

  const cells = allTargets().map(({ column, type }) => rows.column(column, TYPES[type]));
  const wide = allTargets().map((target) => target.wide && rows.column(target.wide.column, target.wide.type));
  const header = HEADER.map((name) => rows.column(name, 'string'));
  const time = rows.column('TimeGenerated', 'datetime');
  const computer = rows.column('Computer', 'string');
  const additional = rows.column('AdditionalExtensions', 'string');
  const simplified = rows.column('SimplifiedDeviceAction', 'string');
  const remote = { address: rows.column('RemoteIP', 'string'), port: rows.column('RemotePort', 'string') };

  const extras = new Extras();
  let swapped = false;
  let event = 0;
  /** The event that last filled each target, and where its value stands in the line. */
  const filledBy = new Uint32Array(TARGETS);
  const from = new Int32Array(TARGETS);
  const to = new Int32Array(TARGETS);
  let vendorFrom = 0;
  let vendorTo = 0;

  const sink: PairSink = {
    loose: (bytes, start, end) => extras.add(bytes, start, end),
    pair(bytes, key, start, end, escaped) {
      const { target } = key;
      if (target === null) {
        if (key.isVendorTime && vendorTo === 0) {
          vendorFrom = start;
          vendorTo = end;
        }
        addPair(bytes, key, start, end, escaped);
        return;
      }
      if (start === end) return;
      const { index } = target;
      // the first of repeated keys stands; the others aren't lost
      const stored = filledBy[index] !== event && fill(target, bytes, start, end, escaped);
      if (filledBy[index] !== event) {
        filledBy[index] = event;
        from[index] = start;
        to[index] = end;
      }
      if (!stored || target.kept) addPair(bytes, key, start, end, escaped);
    },
  };

  const addPair = (bytes: Buffer, key: Key, start: number, end: number, escaped: boolean): void => {
    if (escaped) extras.addPair(key, readValue(bytes, start, end));
    else extras.add(bytes, start - key.bytes.length - 1, end);
  };

  /** Fills a target's columns. False when the value doesn't fit the type. */
  const fill = (target: Target, bytes: Buffer, start: number, end: number, escaped: boolean): boolean => {
    const { index } = target;
    switch (target.type) {
      case 'string':
        put(cells[index]!, bytes, start, end, escaped);
        return true;
      case 'int': {
        const fits = isInt32(bytes, start, end);
        if (fits) cells[index]!.put(bytes, start, end);
        if (target.wide?.type === 'string') put(wide[index]!, bytes, start, end, escaped);
        if (target.wide?.type !== 'long') return fits;
        const fitsWide = isInt64(bytes, start, end);
        if (fitsWide) wide[index]!.put(bytes, start, end);
        return fitsWide;
      }
      case 'long': {
        const fits = isInt64(bytes, start, end);
        if (fits) (swapped === (index === IN) ? sent : received).put(bytes, start, end);
        return fits;
      }
      case 'real': {
        const real = Number(bytes.toString('latin1', start, end));
        if (Number.isFinite(real)) cells[index]!.text(String(real));
        return Number.isFinite(real);
      }
      case 'time':
        return true;
    }
  };
  const sent = cells[indexOf('out')]!;
  const received = cells[IN]!;

  const put = (cell: CellWriter, bytes: Buffer, start: number, end: number, escaped: boolean): void => {
    if (escaped) cell.text(readValue(bytes, start, end));
    else cell.put(bytes, start, end);
  };

  const isFilled = (index: number): boolean => filledBy[index] === event;
  const textOf = (bytes: Buffer, index: number): string => readValue(bytes, from[index]!, to[index]!);

  const fillTimes = (bytes: Buffer, start: number, at: number): void => {
    const zone = isFilled(DTZ) ? readerOf(textOf(bytes, DTZ)) : undefined;
    const read = (index: number, usual: ReadTicks): string | null =>
      isFilled(index) ? (zone ?? usual)(bytes, from[index]!, to[index]!) : null;
    const begun = read(START, ticks.start);
    const ended = read(END, ticks.end);
    if (begun !== null) cells[START]!.text(begun);
    if (ended !== null) cells[END]!.text(ended);
    const found = read(RT, ticks.receipt) ?? ended ?? begun ?? vendorTime(bytes) ?? syslogTime(bytes, start, at);
    if (found !== null) time.text(found);
  };

  const vendorTime = (bytes: Buffer): string | null =>
    vendorTo === 0 ? null : ticks.vendor(bytes, vendorFrom, vendorTo);

  /** The reader for a device that states its zone in dtz. */
  const readerOf = (dtz: string): ReadTicks => {
    let reader = zoned.get(dtz);
    if (reader === undefined) {
      const zone = findZone(dtz);
      reader = ticksReader(zone ? timeReader(zone, context.modified) : readTime);
      if (zoned.size < 1000) zoned.set(dtz, reader);
    }
    return reader;
  };

  /** Fills SourceIP and DestinationIP, where they are missing, from the custom IPv6 addresses whose labels say which is which. */
  const fillIpv6 = (bytes: Buffer): void => {
    for (const { address, label } of IPV6) {
      if (!isFilled(address) || !isFilled(label)) continue;
      const end = endOfLabel(textOf(bytes, label));
      const index = end === 'source' ? SRC : end === 'destination' ? DST : -1;
      if (index === -1 || isFilled(index)) continue;
      filledBy[index] = event;
      from[index] = from[address]!;
      to[index] = to[address]!;
      cells[index]!.text(textOf(bytes, index));
    }
  };

  const fillRemote = (bytes: Buffer): void => {
    const end = farEnd(textOf(bytes, DIRECTION));
    if (end === undefined) return;
    const [address, port] = end === 'source' ? [SRC, SPT] : [DST, DPT];
    if (isFilled(address)) remote.address.text(textOf(bytes, address));
    if (isFilled(port) && isInt32(bytes, from[port]!, to[port]!)) remote.port.text(String(Number(textOf(bytes, port))));
  };

  return (bytes, start, at, end) => {
    const product = findProduct(bytes, at, end);
    swapped = product.swapped;
    extras.clear();
    vendorTo = 0;
    event++;
    for (let i = 0; i < header.length; i++) header[i]!.put(product.fields[i]!, 0, product.fields[i]!.length);
    computer.text(hostOf(bytes, start, at));
    readExtension(bytes, at + product.bytes.length, end, sink);
    if (isFilled(ACT)) simplified.text(simpleOf(bytes, from[ACT]!, to[ACT]!));
    if (!isFilled(SRC) || !isFilled(DST)) fillIpv6(bytes);
    if (isFilled(DIRECTION)) fillRemote(bytes);
    fillTimes(bytes, start, at);
    if (extras.length > 0) additional.put(extras.bytes, 0, extras.length);
    rows.endRow();
  };
}
