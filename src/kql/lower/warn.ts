import { type SyntaxNode, spanOf } from '../parse/syntax.js';
import type { Session } from './context.js';

/** Adds a warning to the query's diagnostics, at the place of its cause, unless it has been given before. */
export function warnOnce(
  warning: { readonly code: string; readonly message: string } | undefined,
  node: SyntaxNode,
  { diagnostics }: Session,
): void {
  if (!warning || diagnostics.some((of) => of.message === warning.message)) return;
  diagnostics.push({ ...warning, severity: 'warning', span: spanOf(node) });
}
