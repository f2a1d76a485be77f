import { kindOf, listOf, type SyntaxNode, textOf } from '../../parse/syntax.js';
import { keep, project } from '../../plan/build.js';
import type { Column } from '../../types.js';
import { matchesAny } from '../wildcard.js';
import type { LowerOperator } from './operator.js';

/** `project-reorder a, b* asc`: these columns first, the others after them as they were. */
export const lowerProjectReorder: LowerOperator = (node, input) => {
  const first: Column[] = [];
  const left = new Set(input.columns);
  for (const expression of listOf(node.Expressions)) {
    const { pattern, ordering } = orderedPattern(expression);
    const matches = matchesAny([pattern]);
    const found = [...left].filter((of) => matches(of.name));
    for (const of of arranged(found, ordering)) {
      first.push(of);
      left.delete(of);
    }
  }
  return project(input, [...first, ...left].map(keep));
};

function orderedPattern(node: SyntaxNode): { pattern: SyntaxNode; ordering?: string } {
  if (kindOf(node) !== 'OrderedExpression') return { pattern: node };
  return { pattern: node.Expression, ordering: node.Ordering ? textOf(node.Ordering) : undefined };
}

function arranged(columns: readonly Column[], ordering: string | undefined): readonly Column[] {
  if (!ordering) return columns;
  const natural = ordering.includes('granny');
  const collator = new Intl.Collator('en', { numeric: natural });
  const sorted = [...columns].sort((a, b) => (natural ? collator.compare(a.name, b.name) : a.name < b.name ? -1 : 1));
  return ordering.includes('desc') ? sorted.reverse() : sorted;
}
