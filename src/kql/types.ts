/** Kusto's scalar types, by their names in the language. */
export const KQL_TYPES = [
  'bool',
  'int',
  'long',
  'real',
  'decimal',
  'string',
  'datetime',
  'timespan',
  'guid',
  'dynamic',
] as const;

export type KqlType = (typeof KQL_TYPES)[number];

/** A column of a table or of a result: its name and Kusto type. */
export interface Column {
  readonly name: string;
  readonly type: KqlType;
}

/** A table's columns by name, in order: `{ TimeGenerated: 'datetime', … }`. */
export type ColumnTypes = Readonly<Record<string, KqlType>>;

/** True when `name` is the name of a Kusto scalar type. */
export const isKqlType = (name: string): name is KqlType => (KQL_TYPES as readonly string[]).includes(name);
