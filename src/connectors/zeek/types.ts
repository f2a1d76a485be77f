import { type Cell, Reject } from '../../ingest/connector.js';
import type { KqlType } from '../../kql/types.js';
import { formatDatetime, parseIsoDatetime, UNIX_EPOCH_TICKS } from '../../util/ticks.js';
import { unescapeZeek } from './escape.js';

const KQL: Readonly<Record<string, KqlType>> = {
  time: 'datetime',
  interval: 'real',
  double: 'real',
  count: 'long',
  int: 'long',
  port: 'int',
  bool: 'bool',
};

const CONTAINER = /^(?:set|vector|table|list)(?:\[(.*)\])?$/;

/** The Kusto type of a Zeek field: intervals are seconds (real), containers dynamic, all that is not listed a string. */
export const kqlType = (zeekType: string): KqlType =>
  CONTAINER.test(zeekType) ? 'dynamic' : (KQL[zeekType] ?? 'string');

/**
 * Ticks of a Zeek time: epoch seconds with a fraction, epoch milliseconds (`JSON::TS_MILLIS`) or ISO 8601.
 * Null when it is none of them.
 */
export function zeekTicks(value: unknown): bigint | null {
  if (typeof value === 'number') return Number.isFinite(value) ? epochTicks(value) : null;
  if (typeof value !== 'string') return null;
  return /^-?\d+(?:\.\d*)?(?:e[+-]?\d+)?$/i.test(value) ? epochTicks(Number(value)) : parseIsoDatetime(value);
}

/** Above this, an epoch number is milliseconds: as seconds it would be past the year 5138. */
const MILLISECONDS_FROM = 1e11;

function epochTicks(epoch: number): bigint | null {
  // Microseconds are exact in a double until the year 2255; Zeek writes six digits.
  const micros = Math.round(Math.abs(epoch) >= MILLISECONDS_FROM ? epoch * 1e3 : epoch * 1e6);
  if (!Number.isFinite(micros)) return null;
  const ticks = BigInt(micros) * 10n + UNIX_EPOCH_TICKS;
  return ticks >= 0n && ticks <= 3_155_378_975_999_999_999n ? ticks : null;
}

/** Turns the text of a set TSV cell into a value; throws `Reject` when the text isn't of the type. */
export type CellReader = (text: string) => Cell;

const expect = (type: string, text: string): never => {
  throw new Reject(`'${text.length > 60 ? `${text.slice(0, 60)}…` : text}' is not a Zeek ${type}`);
};

const whole: (type: string) => CellReader = (type) => (text) => {
  const value = Number(text);
  if (text === '' || !/^-?\d+(?:\/\w+)?$/.test(text)) return expect(type, text);
  if (Number.isSafeInteger(value)) return value;
  // A port may say its protocol (`80/tcp`), a count be any 64-bit number.
  const digits = text.replace(/\/.*/, '');
  return digits.length > 15 ? BigInt(digits) : Number(digits);
};

const real: (type: string) => CellReader = (type) => (text) => {
  const value = Number(text);
  return text === '' || Number.isNaN(value) ? expect(type, text) : value;
};

const READERS: Readonly<Record<string, CellReader>> = {
  time: (text) => zeekTicks(text) ?? expect('time', text),
  interval: real('interval'),
  double: real('double'),
  count: whole('count'),
  int: whole('int'),
  port: whole('port'),
  bool: (text) => (text === 'T' ? true : text === 'F' ? false : expect('bool', text)),
  addr: (text) => (/^[\da-fA-F:.]+(?:%\w+)?$/.test(text) ? text : expect('addr', text)),
};

export interface TsvMarks {
  readonly setSeparator: string;
  readonly emptyField: string;
  readonly unsetField: string;
}

/** The reader of a TSV cell of a Zeek type that is neither unset nor empty. Times inside containers are ISO text. */
export function cellReader(zeekType: string, marks: TsvMarks): CellReader {
  const container = CONTAINER.exec(zeekType);
  if (!container) return READERS[zeekType] ?? unescapeZeek;
  const read = READERS[container[1] ?? ''] ?? unescapeZeek;
  return (text) =>
    text.split(marks.setSeparator).map((part) => {
      if (part === marks.unsetField) return null;
      const value = read(part);
      return typeof value !== 'bigint' ? value : container[1] === 'time' ? formatDatetime(value) : Number(value);
    });
}

/** The value of a JSON field for a column of a Kusto type: times as ticks, the rest as it is. */
export function jsonCell(value: unknown, type: KqlType | undefined): Cell {
  if (value === null || value === undefined) return null;
  if (type === 'datetime') return zeekTicks(value);
  if (type === 'string' && typeof value !== 'string')
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  if (type === 'int' && typeof value === 'string') return Number.parseInt(value, 10) || null;
  if (type === 'bool' && typeof value === 'string') return value === 'T' || value === 'true';
  if (type === 'dynamic' && typeof value !== 'object') return [value];
  return value as Cell;
}
