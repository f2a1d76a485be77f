import type { Column } from '../../types.js';
import { boundColumns, descendants, kindOf, nameOf, type SyntaxNode } from '../syntax.js';

/** The node of a kind that begins at a place. */
export const nodeAt = (root: SyntaxNode, kind: string, start: number): SyntaxNode | undefined =>
  descendants(root, kind).find((of) => of.TextStart === start);

/** The columns that can be read at a node: those of the table its operator is applied to, of a join both sides'. */
export function columnsAt(node: SyntaxNode): readonly Column[] {
  for (let at = node; at.Parent; at = at.Parent) {
    const pipe = at.Parent;
    if (kindOf(pipe) !== 'PipeExpression' || pipe.Operator !== at) continue;
    const left = boundColumns(pipe.Expression)?.columns ?? [];
    const right =
      kindOf(at) === 'JoinOperator' || kindOf(at) === 'LookupOperator'
        ? boundColumns(at.Expression)?.columns
        : undefined;
    return [...left, ...(right ?? [])];
  }
  return [];
}

/** Names that the query declares by `let`. */
export const declaredNames = (root: SyntaxNode): string[] =>
  descendants(root, 'LetStatement').map((of) => nameOf(of.Name));
