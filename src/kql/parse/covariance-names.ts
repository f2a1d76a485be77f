import { type Analysis, analyze, type Bindings } from './analyze.js';
import { applyEdits } from './relaxations/edits.js';
import type { Edit } from './relaxations/relaxation.js';
import { argumentsOf, calledName, descendants, kindOf, listOf, nameOf, type SyntaxNode, spanOf } from './syntax.js';

const COVARIANCE = /^covariance(?:p|if|pif)?$/;

/**
 * Kusto names the columns of covariances after both arguments (`covariancep_x_y`), the official binder after the first.
 * Where a query leaves the name out it is written into the text, so that what follows can read the column by it.
 */
export function withCovarianceNames(analysis: Analysis, bindings: Bindings): Analysis {
  if (!analysis.text.includes('covariance')) return analysis;
  const edits = descendants(analysis.root, 'SummarizeOperator').flatMap(missingNames);
  if (edits.length === 0) return analysis;
  const named = analyze(applyEdits(analysis.text, edits), bindings);
  const diagnostics = named.diagnostics.map((of) =>
    of.span ? { ...of, span: { ...of.span, start: placeBefore(edits, of.span.start) } } : of,
  );
  return { ...named, diagnostics };
}

function missingNames(summarize: SyntaxNode): Edit[] {
  const given = new Set<string>();
  return listOf(summarize.Aggregates).flatMap((node): Edit[] => {
    if (kindOf(node) !== 'FunctionCallExpression' || !COVARIANCE.test(calledName(node))) return [];
    const pair = argumentsOf(node.ArgumentList).slice(0, 2);
    const name = [calledName(node), ...pair.map(nameOf)].join('_');
    if (pair.length < 2 || pair.some((of) => kindOf(of) !== 'NameReference') || given.has(name)) return [];
    given.add(name);
    return [{ start: spanOf(node).start, length: 0, text: `['${name}'] = ` }];
  });
}

/** Where a place of the text with the names stood before they were written in. */
function placeBefore(edits: readonly Edit[], place: number): number {
  let moved = 0;
  for (const { start, text } of edits) if (place - moved > start) moved += Math.min(text.length, place - moved - start);
  return place - moved;
}
