import type { KqlType } from '../../kql/types.js';
import { MAX_DATETIME_TICKS } from '../../util/ticks.js';
import { parseDatetime, parseTimespan } from './datetime-text.js';
import type { Cell } from './row.js';

/**
 * The text that stands for a cell on its way into a column of a type, chosen so that DuckDB's cast cannot fail:
 * '' for no value, null when the cell cannot be converted without loss (it is then kept beside the column).
 */
export type Encode = (cell: Exclude<Cell, null | undefined>) => string | null;

/** How cells become text, by the column's type. Texts convert as Kusto's to<type>() does. */
export const ENCODERS: Readonly<Record<KqlType, Encode>> = {
  string: (cell) => (typeof cell === 'string' ? cell : typeof cell === 'object' ? JSON.stringify(cell) : String(cell)),
  int: (cell) => encodeInteger(cell, INT),
  long: (cell) => encodeInteger(cell, LONG),
  real: encodeReal,
  decimal: encodeDecimal,
  bool: encodeBool,
  datetime: encodeDatetime,
  timespan: encodeTimespan,
  guid: encodeGuid,
  dynamic: encodeDynamic,
};

const INTEGER = /^\s*([+-]?\d{1,19})(?:\.0*)?\s*$/;
const HEXADECIMAL = /^\s*0[xX][0-9a-fA-F]{1,16}\s*$/;
const NUMBER = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?\s*$/;
const GUID = /^\s*\{?([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})\}?\s*$/i;

interface IntegerRange {
  readonly min: bigint;
  readonly max: bigint;
  /** The least and the greatest number (a double) inside. */
  readonly from: number;
  readonly to: number;
}

const INT: IntegerRange = { min: -(2n ** 31n), max: 2n ** 31n - 1n, from: -(2 ** 31), to: 2 ** 31 - 1 };
const LONG: IntegerRange = { min: -(2n ** 63n), max: 2n ** 63n - 1n, from: -(2 ** 63), to: 2 ** 63 - 1024 };

/** Texts of ports and other small numbers, made once: formatting is what costs. */
const SMALL: (string | undefined)[] = new Array(65_536).fill(undefined);

function encodeInteger(cell: Exclude<Cell, null | undefined>, { min, max, from, to }: IntegerRange): string | null {
  if (typeof cell === 'number') {
    if (cell >= 0 && cell < SMALL.length && (cell | 0) === cell) {
      const small = SMALL[cell];
      if (small !== undefined) return small;
      SMALL[cell] = String(cell | 0);
      return SMALL[cell]!;
    }
    if (!Number.isInteger(cell) || cell < from || cell > to) return null;
    return String(cell);
  }
  if (typeof cell === 'bigint') return cell >= min && cell <= max ? String(cell) : null;
  if (typeof cell === 'boolean') return cell ? '1' : '0';
  if (typeof cell !== 'string') return null;
  if (cell === '') return '';
  const digits = INTEGER.exec(cell)?.[1] ?? (HEXADECIMAL.test(cell) ? cell.trim() : undefined);
  if (digits === undefined) return cell.trim() === '' ? '' : null;
  if (digits.length < 10 && digits.charCodeAt(1) !== 120 && digits.charCodeAt(1) !== 88) return digits;
  const value = BigInt(digits.startsWith('+') ? digits.slice(1) : digits);
  return value >= min && value <= max ? String(value) : null;
}

function encodeReal(cell: Exclude<Cell, null | undefined>): string | null {
  if (typeof cell === 'number' || typeof cell === 'bigint') return String(cell);
  if (typeof cell === 'boolean') return cell ? '1' : '0';
  if (typeof cell !== 'string') return null;
  if (cell.trim() === '') return '';
  if (NUMBER.test(cell)) return String(Number(cell));
  if (HEXADECIMAL.test(cell)) return String(Number(cell));
  return /^\s*[+-]?(?:nan|inf(?:inity)?)\s*$/i.test(cell) ? cell.trim() : null;
}

function encodeDecimal(cell: Exclude<Cell, null | undefined>): string | null {
  if (typeof cell !== 'number' && typeof cell !== 'bigint' && typeof cell !== 'string') return null;
  const text = String(cell).trim();
  if (text === '') return '';
  // 20 digits before the point and 18 after it are what the column holds
  if (/^[+-]?\d{1,20}(?:\.\d{0,18})?$/.test(text)) return text;
  return NUMBER.test(text) && Math.abs(Number(text)) < 1e15 && Math.abs(Number(text)) > 1e-4
    ? String(Number(text))
    : null;
}

function encodeBool(cell: Exclude<Cell, null | undefined>): string | null {
  if (typeof cell === 'boolean') return cell ? 'true' : 'false';
  if (typeof cell === 'number' || typeof cell === 'bigint') return Number(cell) !== 0 ? 'true' : 'false';
  if (typeof cell !== 'string') return null;
  const text = cell.trim().toLowerCase();
  if (text === '' || text === 'true' || text === 'false') return text;
  return /^[+-]?\d{1,9}$/.test(text) ? String(Number(text) !== 0) : null;
}

function encodeDatetime(cell: Exclude<Cell, null | undefined>): string | null {
  if (typeof cell === 'bigint') return cell >= 0n && cell <= MAX_DATETIME_TICKS ? String(cell) : null;
  if (typeof cell !== 'string') return null;
  if (cell.trim() === '') return '';
  const ticks = parseDatetime(cell);
  return ticks === null ? null : String(ticks);
}

function encodeTimespan(cell: Exclude<Cell, null | undefined>): string | null {
  if (typeof cell === 'bigint') return encodeInteger(cell, LONG);
  if (typeof cell !== 'string') return null;
  if (cell.trim() === '') return '';
  const ticks = parseTimespan(cell);
  return ticks === null ? null : String(ticks);
}

function encodeGuid(cell: Exclude<Cell, null | undefined>): string | null {
  if (typeof cell !== 'string') return null;
  if (cell.trim() === '') return '';
  const parts = GUID.exec(cell);
  return parts ? parts.slice(1).join('-').toLowerCase() : null;
}

function encodeDynamic(cell: Exclude<Cell, null | undefined>): string | null {
  if (typeof cell === 'bigint') return String(cell);
  if (typeof cell !== 'string') return JSON.stringify(cell);
  return cell === '' ? '' : isJson(cell) ? cell : JSON.stringify(cell);
}

/** Texts that are JSON stay as they are (numbers keep their digits); any other text becomes a JSON string. */
function isJson(text: string): boolean {
  if (!/^\s*[[{"\-\dtfn]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The type of a column that no schema knows, from a value met in the data; undefined when it has no value. */
export function typeOfCell(cell: Cell): KqlType | undefined {
  if (cell === null || cell === undefined || cell === '') return undefined;
  if (typeof cell === 'string') return 'string';
  if (typeof cell === 'boolean') return 'bool';
  if (typeof cell === 'bigint') return 'long';
  if (typeof cell === 'number') return Number.isSafeInteger(cell) ? 'long' : 'real';
  return 'dynamic';
}
