import { kindOf, listOf } from '../../parse/syntax.js';
import { aggregate, keep } from '../../plan/build.js';
import { badArgument, type NamedTable } from '../context.js';
import { lowerExpr, lowerPipe } from '../recurse.js';
import { visible } from './join.js';
import type { LowerSeveral } from './operator.js';

/** `facet by a, b [with (subquery)]`: the subquery's table, then for each column its values and how often they occur. */
export const lowerFacet: LowerSeveral = (node, input, context) => {
  const facets = listOf(node.Expressions).map((of): NamedTable => {
    const expr = lowerExpr(of, { ...context, row: { columns: input.columns } });
    if (expr.kind !== 'column') return badArgument('facet', 'it takes columns', of);
    const count = {
      name: `count_${expr.name}`,
      expr: { kind: 'aggregate', type: 'long', name: 'count', args: [] },
    } as const;
    return { rel: aggregate(visible(input), [keep(expr)], [count]) };
  });
  const given = node.WithClause;
  if (!given) return facets;
  const body = kindOf(given) === 'FacetWithOperatorClause' ? given.Operator : given.Expression;
  const shown = lowerPipe(body, { session: context.session, scope: context.scope, input });
  return [{ rel: shown }, ...facets];
};
