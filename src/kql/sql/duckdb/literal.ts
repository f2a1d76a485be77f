import type { JsonValue, Literal } from '../../plan/nodes.js';
import type { KqlType } from '../../types.js';

/** The DuckDB type that holds each Kusto type; datetime and timespan are ticks. */
export const SQL_TYPE: Readonly<Record<KqlType, string>> = {
  bool: 'BOOLEAN',
  int: 'INTEGER',
  long: 'BIGINT',
  real: 'DOUBLE',
  decimal: 'DECIMAL(38,18)',
  string: 'VARCHAR',
  datetime: 'BIGINT',
  timespan: 'BIGINT',
  guid: 'UUID',
  dynamic: 'JSON',
};

/** The only way a value gets into SQL text. */
export function printLiteral({ type, value }: Literal): string {
  if (value === null) return type === 'string' ? "''" : `NULL::${SQL_TYPE[type]}`;
  switch (type) {
    case 'bool':
      return value ? 'true' : 'false';
    case 'int':
      return printInteger(value as bigint, 'INTEGER');
    case 'long':
    case 'datetime':
    case 'timespan':
      return printInteger(value as bigint, 'BIGINT');
    case 'real':
      return printReal(value as number);
    case 'decimal':
      return `${quoteText(String(value))}::DECIMAL(38,18)`;
    case 'string':
      return quoteText(String(value));
    case 'guid':
      return `${quoteText(String(value))}::UUID`;
    case 'dynamic':
      return `${quoteText(jsonText(value as JsonValue))}::JSON`;
  }
}

/** A text literal; NUL can't stand in SQL text and is put together with chr(0). */
export function quoteText(text: string): string {
  const quoted = text.split('\0').map((part) => `'${part.replaceAll("'", "''")}'`);
  return quoted.length === 1 ? quoted[0]! : `(${quoted.join(' || chr(0) || ')})`;
}

/** A quoted identifier. */
export const quoteName = (name: string): string => `"${name.replaceAll('"', '""').replaceAll('\0', '\uFFFD')}"`;

const MIN_INT64 = -(2n ** 63n);
function printInteger(value: bigint, sqlType: 'INTEGER' | 'BIGINT'): string {
  if (value === MIN_INT64) return "'-9223372036854775808'::BIGINT";
  const fits32 = value >= -2_147_483_648n && value <= 2_147_483_647n;
  const digits = value < 0n ? `(${value})` : `${value}`;
  return sqlType === 'BIGINT' && fits32 ? `${digits}::BIGINT` : digits;
}

function printReal(value: number): string {
  if (Number.isNaN(value)) return "'nan'::DOUBLE";
  if (!Number.isFinite(value)) return `'${value < 0 ? '-' : ''}inf'::DOUBLE`;
  const digits = String(value);
  const exact = digits.includes('e') ? digits : `${digits}e0`;
  return value < 0 || Object.is(value, -0) ? `(${exact})` : exact;
}

/** JSON text of a dynamic value; integers keep all their digits. */
export function jsonText(value: JsonValue): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') return Number.isFinite(value) ? realText(value) : `"${value}"`;
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${(value as readonly JsonValue[]).map(jsonText).join(',')}]`;
  const entries = Object.entries(value as { readonly [key: string]: JsonValue });
  return `{${entries.map(([key, of]) => `${JSON.stringify(key)}:${jsonText(of)}`).join(',')}}`;
}

/** A real keeps a point, so that it does not come back as a long. */
const realText = (value: number): string =>
  Number.isInteger(value) && !/e/.test(String(value)) ? `${value}.0` : String(value);
