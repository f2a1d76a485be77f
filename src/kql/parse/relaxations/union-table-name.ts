import { descendants, kindOf, nameOf, type SyntaxNode } from '../syntax.js';
import type { Edit, Relaxation } from './relaxation.js';

const COLUMN = 'TableName_';

/** `$table` after a union: Sentinel has no such column, and wants `union withsource=`. */
export const unionTableName: Relaxation = {
  code: 'relaxed-union-table-name',
  message: '$table is not a column in Sentinel; the table of each row was taken with union withsource=.',
  edits({ root }) {
    const uses = descendants(root, 'NameReference').filter(
      (node) => nameOf(node) === '$table' && kindOf(node.Parent!) !== 'SearchOperator',
    );
    const unions = new Set(uses.flatMap((use) => unionAbove(use) ?? []));
    const named = [...unions].filter((node) => !/with_?source/i.test(node.Parameters?.toString(0) ?? ''));
    if (named.length === 0) return [];
    return [
      ...uses.map((use): Edit => ({ start: use.TextStart, length: use.Width, text: COLUMN })),
      ...named.map(
        (node): Edit => ({
          start: node.UnionKeyword.TextStart,
          length: node.UnionKeyword.Width,
          text: `union withsource=${COLUMN}`,
        }),
      ),
    ];
  },
};

/** The union that feeds the operator a node stands in. */
function unionAbove(node: SyntaxNode): SyntaxNode | undefined {
  for (let at: SyntaxNode | null = node; at; at = at.Parent) {
    if (kindOf(at) !== 'PipeExpression') continue;
    const found = firstUnion(at);
    if (found) return found;
  }
  return undefined;
}

function firstUnion(pipe: SyntaxNode): SyntaxNode | undefined {
  let at: SyntaxNode = pipe;
  while (kindOf(at) === 'PipeExpression') {
    if (kindOf(at.Operator) === 'UnionOperator') return at.Operator;
    at = at.Expression;
  }
  return kindOf(at) === 'UnionOperator' ? at : undefined;
}
