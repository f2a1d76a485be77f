import { listOf, nameOf, type SyntaxNode, textOf } from '../../parse/syntax.js';
import type { Rel } from '../../plan/nodes.js';
import type { Context } from '../context.js';
import { matching } from '../search-predicate.js';
import { tablesOf, wordsOf } from './find.js';
import { unionOf } from './union.js';

/** `search [kind=…] [in (T, …)] predicate`: rows in which a term is found, in any column or in the named one, with their table. */
export function lowerSearch(node: SyntaxNode, piped: Rel | undefined, context: Context): Rel {
  const inputs = piped
    ? [{ name: piped.kind === 'scan' ? piped.table : 'search_arg0', rel: piped }]
    : tablesOf(node.InClause, wordsOf(node), context);
  const columns = inputs.flatMap(({ rel }) => rel.columns);
  const sensitive = listOf(node.Parameters).some(
    (of) => nameOf(of.Name) === 'kind' && textOf(of.Expression).toLowerCase() === 'case_sensitive',
  );
  const found = inputs.map(({ name, rel }) => ({
    name,
    rel: matching(rel, node.Condition, columns, context, sensitive),
  }));
  return unionOf(found, { source: '$table' });
}
