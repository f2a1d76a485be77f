import { nameText } from '../../literal-text.js';
import { pluginKey } from '../../parse/plugin-columns.js';
import { boundColumns, calledName, listOf, type SyntaxNode, textOf } from '../../parse/syntax.js';
import type { Rel } from '../../plan/nodes.js';
import type { Column } from '../../types.js';
import type { Context } from '../context.js';
import { schemaColumns } from '../schema-clause.js';

/** What a plugin whose columns depend on the data has to look at, and what follows from it. */
export interface Look {
  /** What to run. */
  readonly rel: Rel;
  /** The columns, from its rows. */
  readonly columns: (rows: readonly (readonly unknown[])[]) => readonly Column[];
  /** Whether they come behind the input's other columns. */
  readonly keepsInput: boolean;
}

/**
 * Raised while lowering a plugin whose columns depend on the data: the caller runs the look, tells the binder of the columns
 * and compiles again, so that everything after the plugin gets its type. The columns are written behind the plugin's
 * call (`evaluate bag_unpack(d) : (*, a:string)`); inside a function, they are given to the binder by the call's key.
 */
export class NeedsSchema extends Error {
  override readonly name = 'NeedsSchema';
  constructor(
    /** The EvaluateOperator that lacks its schema. */
    readonly node: SyntaxNode,
    readonly look: Look,
    /** See `pluginKey`. */
    readonly key: string,
    /** What the look is at, as text. */
    readonly input: string,
  ) {
    super('a plugin needs its columns from the data');
  }
}

/** The columns of a plugin: from its schema clause, or found before. @throws NeedsSchema when the data must be looked at first */
export function knownColumns(
  node: SyntaxNode,
  look: Look,
  { session }: Context,
): { readonly columns: readonly Column[]; readonly keepsInput: boolean } {
  if (node.Schema) {
    const columns = schemaColumns(node.Schema.Schema);
    return { columns, keepsInput: Boolean(node.Schema.Schema.AsteriskToken) };
  }
  const call: SyntaxNode = node.FunctionCall;
  const bound = node.Parent?.Expression ? boundColumns(node.Parent.Expression) : undefined;
  const args = listOf(call.ArgumentList?.Expressions).map(textOf);
  const key = pluginKey(calledName(call), args, bound?.columns.map((of) => of.name) ?? []);
  const input = planText(look.rel);
  const found = session.schema.pluginColumns?.get(key);
  if (!found?.inputs.has(input)) throw new NeedsSchema(node, look, key, input);
  return { columns: found.columns, keepsInput: look.keepsInput };
}

/** A plan as text, the same for the same plan in another compilation. */
const planText = (rel: Rel): string =>
  JSON.stringify(rel, (key, value) => (key === 'id' ? '' : typeof value === 'bigint' ? `${value}n` : value));

/** A column declaration of a schema clause. */
export const declaration = ({ name, type }: Column): string => `${nameText(name)}:${type}`;
