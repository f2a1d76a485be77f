import { kindOf, listOf, nameOf, type SyntaxNode } from '../../parse/syntax.js';
import { lowerPipe } from '../recurse.js';
import type { LowerSeveral } from './operator.js';

/** `fork [name =] (subquery) …`: a table for each subquery over the same rows, called by its name or by its last `as`. */
export const lowerFork: LowerSeveral = (node, input, context) =>
  listOf(node.Expressions).map((branch) => {
    const name = branch.NameEquals ? nameOf(branch.NameEquals.Name) : lastName(branch.Expression);
    const rel = lowerPipe(branch.Expression, { session: context.session, scope: context.scope, input });
    return name === undefined ? { rel } : { name, rel };
  });

/** The name that an `as` at the end gives. */
export function lastName(node: SyntaxNode): string | undefined {
  const last: SyntaxNode = kindOf(node) === 'PipeExpression' ? node.Operator : node;
  return kindOf(last) === 'AsOperator' ? nameOf(last.Name) : undefined;
}
