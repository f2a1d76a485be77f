/** A cell on its way into a table. `null` and `undefined` both mean "no value". */
export type Cell =
  | string // string columns; any other column type is converted as Kusto's to<type>() would, '' being null
  | number // int, long, real
  | bigint // long; ticks for datetime and timespan columns (util/ticks.ts): datetimes are always given so
  | boolean
  | null
  | undefined
  | readonly unknown[] // dynamic
  | { readonly [key: string]: unknown }; // dynamic

/** Table columns by name. Columns left out are null (or '' for strings). */
export type Row = Record<string, Cell>;
