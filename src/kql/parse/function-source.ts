/** Where a saved function is written. */
export interface FunctionSource {
  /** As users know it: `functions/f.kql`. */
  readonly file: string;
  readonly text: string;
  /** Where the body begins in the text. */
  readonly bodyStart: number;
}

/** Line and column (from 1) of a place in a text. */
export function lineAndColumn(text: string, at: number): string {
  const before = text.slice(0, at).split('\n');
  return `${before.length}:${before.at(-1)!.length + 1}`;
}
