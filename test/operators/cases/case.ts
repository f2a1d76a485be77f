/**
 * What an operator does, as a query and what it gives: a header of column names (with `:type` where the type matters), then the rows.
 * Rows come in any order unless the case is `ordered`. A query that must be refused has the code and a word of the message instead.
 */
export type Case =
  | readonly [what: string, kql: string, header: string, rows: readonly (readonly unknown[])[], ordered?: 'ordered']
  | readonly [what: string, kql: string, refused: { readonly code: string; readonly says: string }];
