import { nameText } from '../../literal-text.js';
import type { SyntaxNode } from '../../parse/syntax.js';
import type { Rel } from '../../plan/nodes.js';

/**
 * Raised while lowering a plugin whose columns depend on the data: the caller runs `rel`, makes the schema from its rows,
 * writes it behind the plugin's call (`evaluate bag_unpack(d) : (*, a:string)`) and compiles again, so that the official
 * binder gives everything after it a type.
 */
export class NeedsSchema extends Error {
  override readonly name = 'NeedsSchema';
  constructor(
    /** The EvaluateOperator that lacks its schema. */
    readonly node: SyntaxNode,
    /** What to run. */
    readonly rel: Rel,
    /** The columns as `a:string` declarations, from the rows of `rel`. */
    readonly declare: (rows: readonly (readonly unknown[])[]) => readonly string[],
    /** Whether the schema begins with `*`, for the input's other columns. */
    readonly keepsInput: boolean,
  ) {
    super('a plugin needs its columns from the data');
  }
}

/** A column declaration of a schema clause. */
export const declaration = (name: string, type: string): string => `${nameText(name)}:${type}`;
