/** A log's fields in order; a key may come more than once. */
export type Fields = [key: string, value: string][];

/** A log as it stands in a line: what is before it, and its fields. */
export interface Log {
  readonly prefix: string;
  readonly fields: Fields;
  /** The product of a LEEF header. */
  readonly product?: string;
}
