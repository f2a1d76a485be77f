import { TrawlError } from '../../util/errors.js';
import type { Analysis, Bindings } from './analyze.js';
import type { Diagnostic } from './diagnostics.js';
import { withHints } from './hints/hints.js';

/** Codes of mistakes of syntax: what follows one of them is mostly its consequence. */
const SYNTAX = /^KS0|^KS17[0-9]$|^KS198$/;

/**
 * Throws the first mistake of an analysis, with its place and a hint at what may be meant. Mistakes of names and types are
 * all told, behind one of syntax nothing is.
 */
export function throwOnError(analysis: Analysis, bindings: Bindings): void {
  const errors = analysis.diagnostics.filter((of) => of.severity === 'error');
  const syntax = errors.find((of) => SYNTAX.test(of.code));
  const shown = syntax ? [firstOf(syntax, errors)] : errors;
  const [first, ...rest] = withHints(shown, analysis, bindings);
  if (!first) return;
  const more = rest.map((of) => `${of.code}: ${of.message}`).join('\n');
  throw new TrawlError(first.code as `KS${string}`, more ? `${first.message}\n${more}` : first.message, first.span);
}

/** Names that the binder took for columns may be what the parser stumbled over: whichever stands first. */
function firstOf(syntax: Diagnostic, errors: readonly Diagnostic[]): Diagnostic {
  const names = errors.filter((of) => of.code === 'KS142' && (of.span?.start ?? 0) <= (syntax.span?.start ?? 0));
  return names.reduce((first, of) => ((of.span?.start ?? 0) < (first.span?.start ?? 0) ? of : first), syntax);
}
