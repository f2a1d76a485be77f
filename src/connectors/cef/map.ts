import type { ParseContext, Row } from '../../ingest/connector.js';
import { findZone, zoneOfSetting } from '../zone.js';
import { findKey, type Key, TARGETS, type Target } from './columns.js';
import { fillIpv6, fillRemote, fillSimpleAction } from './derive.js';
import { isInt32, longNumber, wholeNumber } from './number.js';
import { type PairSink, readExtension, readValue } from './parse.js';
import { productFinder, reshape } from './product.js';
import { hostReader, syslogTimeReader } from './syslog.js';
import { type ReadTime, timeReader } from './time.js';

const indexOf = (key: string): number => findKey(key).target!.index;
const ACT = indexOf('act');
const DST = indexOf('dst');
const DTZ = indexOf('dtz');
const DIRECTION = indexOf('deviceDirection');
const IN = indexOf('in');
const RT = indexOf('rt');
const SRC = indexOf('src');
const START = indexOf('start');

/** Epoch times of vendors whose events have no rt, end or start: FortiGate's, from seconds to nanoseconds. */
const VENDOR_TIME = /(?:^|;)(?:FTNTFGT|FortinetFortiGate)eventtime=(\d+)/;

/** Makes rows of CommonSecurityLog for one source. `at` is the offset of `CEF:` in the line. */
export type MapLine = (line: string, at: number) => Row;

/** A mapper with its state: what was last met of headers and times, since events repeat them. */
export function createMapper(context: Pick<ParseContext, 'settings' | 'modified'>): MapLine {
  const readTime = timeReader(zoneOfSetting(context.settings['time-zone']), context.modified);
  const readers = new Map<string, ReadTime>();
  const findProduct = productFinder(context.settings['pan-os-swapped-bytes'] !== false);
  const hostOf = hostReader();
  const syslogTime = syslogTimeReader(readTime);

  let product = findProduct('CEF:0|||||||', 0);
  let row: Row = {};
  let prefix = '';
  let extras = '';
  let start = '';
  let end = '';
  let grown = false;
  /** Offset of the first backslash from the pair being read on; Infinity when there is none. */
  let backslash = 0;
  let event = 0;
  /** The event that last filled each target. */
  const filledBy = new Uint32Array(TARGETS);

  const addExtra = (text: string): void => {
    extras = extras === '' ? text : `${extras};${text}`;
  };

  const sink: PairSink = {
    loose: addExtra,
    pair(line, key, valueStart, valueEnd) {
      const target = key.target;
      if (target === null) {
        addExtra(pairOf(line, key, valueStart, valueEnd));
        return;
      }
      if (valueStart === valueEnd) return;
      const index = target.index;
      if (product.shaped[index] === 0) {
        product.shaped[index] = 1;
        grown = true;
      }
      // The first of repeated keys stands; the others aren't lost.
      const stored = filledBy[index] !== event && fill(target, line, valueStart, valueEnd);
      filledBy[index] = event;
      if (!stored || target.kept) addExtra(pairOf(line, key, valueStart, valueEnd));
    },
  };

  const hasEscapes = (line: string, from: number, to: number): boolean => {
    if (backslash < from) backslash = findBackslash(line, from);
    return backslash < to;
  };

  const textOf = (line: string, from: number, to: number): string =>
    hasEscapes(line, from, to) ? readValue(line, from, to) : line.slice(from, to);

  /** A pair for AdditionalExtensions: `key=value`, the value without escapes. */
  const pairOf = (line: string, key: Key, from: number, to: number): string =>
    hasEscapes(line, from, to)
      ? `${key.text}=${readValue(line, from, to)}`
      : line.slice(from - key.text.length - 1, to);

  /** Fills a target's columns. False when the value doesn't fit the type. */
  const fill = (target: Target, line: string, valueStart: number, valueEnd: number): boolean => {
    switch (target.type) {
      case 'string':
        row[target.column] = textOf(line, valueStart, valueEnd);
        return true;
      case 'int':
        return fillInt(target, line, valueStart, valueEnd);
      case 'long': {
        const column = product.swapped === (target.index === IN) ? 'SentBytes' : 'ReceivedBytes';
        const long = longNumber(line, valueStart, valueEnd);
        row[column] = long;
        return long !== undefined;
      }
      case 'real': {
        const real = Number(line.slice(valueStart, valueEnd));
        if (Number.isFinite(real)) row[target.column] = real;
        return Number.isFinite(real);
      }
      case 'time':
        if (target.index === START) start = line.slice(valueStart, valueEnd);
        else end = line.slice(valueStart, valueEnd);
        return true;
    }
  };

  const fillInt = (target: Target, line: string, valueStart: number, valueEnd: number): boolean => {
    const number = wholeNumber(line, valueStart, valueEnd);
    const fits = isInt32(number);
    if (fits) row[target.column] = number;
    if (target.wide?.type === 'string') row[target.wide.column] = textOf(line, valueStart, valueEnd);
    if (target.wide?.type !== 'long') return fits;
    const long = longNumber(line, valueStart, valueEnd);
    row[target.wide.column] = long;
    return long !== undefined;
  };

  const fillTimes = (): void => {
    const read = filledBy[DTZ] === event ? readerOf(String(row.DeviceTimeZone)) : readTime;
    const startTicks = start === '' ? null : read(start);
    const endTicks = end === '' ? null : read(end);
    if (startTicks !== null) row.StartTime = startTicks;
    if (endTicks !== null) row.EndTime = endTicks;
    const receipt = filledBy[RT] === event ? read(row.ReceiptTime as string) : null;
    row.TimeGenerated = receipt ?? endTicks ?? startTicks ?? vendorTime() ?? syslogTime(prefix);
  };

  const vendorTime = (): bigint | null => {
    const match = extras.includes('eventtime=') ? VENDOR_TIME.exec(extras) : null;
    return match && readTime(match[1]!);
  };

  /** The reader for a device that states its zone in dtz. */
  const readerOf = (dtz: string): ReadTime => {
    let reader = readers.get(dtz);
    if (reader === undefined) {
      const zone = findZone(dtz);
      reader = zone ? timeReader(zone, context.modified) : readTime;
      if (readers.size < 1000) readers.set(dtz, reader);
    }
    return reader;
  };

  return (line, at) => {
    product = findProduct(line, at);
    prefix = line.slice(0, at);
    row = { ...product.template };
    row.Computer = hostOf(prefix);
    extras = start = end = '';
    grown = false;
    backslash = -1;
    event++;
    readExtension(line, at + product.length, sink);
    if (filledBy[ACT] === event) fillSimpleAction(row);
    if (filledBy[SRC] !== event || filledBy[DST] !== event) fillIpv6(row);
    if (filledBy[DIRECTION] === event) fillRemote(row);
    fillTimes();
    if (extras !== '') row.AdditionalExtensions = extras;
    if (grown) reshape(product, row);
    return row;
  };
}

function findBackslash(line: string, from: number): number {
  const at = line.indexOf('\\', from);
  return at === -1 ? Number.POSITIVE_INFINITY : at;
}
