/** Macros by their head, `name(parameters)`; the value is the SQL expression. A parameter is read once where it can be. */
export type Macros = Readonly<Record<string, string>>;
