import { kindOf, nameOf, type SyntaxNode } from '../parse/syntax.js';
import { column } from '../plan/build.js';
import { type Expr, stepColumn } from '../plan/nodes.js';
import type { Context } from './context.js';

/** `s.x` inside a scan, when `s` is one of its steps: what that step last matched. */
export function stepValue(node: SyntaxNode, context: Context): Expr | undefined {
  const { row } = context;
  if (!row?.steps || kindOf(node.Expression) !== 'NameReference' || kindOf(node.Selector) !== 'NameReference')
    return undefined;
  const step = row.steps.indexOf(nameOf(node.Expression));
  const name = nameOf(node.Selector);
  const of = step < 0 ? undefined : row.columns.find((each) => each.name === name);
  return of ? column({ name: stepColumn(step, name), type: of.type }) : undefined;
}
