import { kindOf, listOf, nameOf, type SyntaxNode, textOf } from '../../parse/syntax.js';
import { call, column, filter, literal, not, or, text } from '../../plan/build.js';
import type { Expr, Rel } from '../../plan/nodes.js';
import { isHidden } from '../../plan/order.js';
import type { Column } from '../../types.js';
import { coerce } from '../coerce.js';
import type { Context } from '../context.js';
import { lowerExpr } from '../recurse.js';
import { tablesOf, wordsOf } from './find.js';
import { unionOf } from './union.js';

const TABLE = '$table';

/** `search [in (T, …)] predicate`: rows in which a term is found, in any column or in the named one, with their table. */
export function lowerSearch(node: SyntaxNode, piped: Rel | undefined, context: Context): Rel {
  const inputs = piped
    ? [{ name: piped.kind === 'scan' ? piped.table : 'search_arg0', rel: piped }]
    : tablesOf(node.InClause, wordsOf(node), context);
  const rel = unionOf(inputs, { source: TABLE });
  const sensitive = caseSensitive(node);
  const predicate = condition(node.Condition, { ...context, row: { columns: rel.columns } }, sensitive);
  return filter(rel, predicate);
}

const caseSensitive = (node: SyntaxNode): boolean =>
  listOf(node.Parameters).some((of) => nameOf(of.Name) === 'kind' && /case_sensitive/.test(textOf(of.Expression)));

function condition(node: SyntaxNode, context: Context, sensitive: boolean): Expr {
  switch (kindOf(node)) {
    case 'ParenthesizedExpression':
      return condition(node.Expression, context, sensitive);
    case 'AndExpression':
    case 'OrExpression':
      return call(
        kindOf(node) === 'AndExpression' ? 'and' : 'or',
        'bool',
        condition(node.Left, context, sensitive),
        condition(node.Right, context, sensitive),
      );
    case 'StringLiteralExpression':
    case 'CompoundStringLiteralExpression':
    case 'StarExpression':
      return anyColumn(node, context, sensitive);
    case 'SearchExpression':
      return termIn(
        coerce(lowerExpr(node.Left, context), 'string'),
        String(node.Right.LiteralValue ?? textOf(node.Right)),
        sensitive,
      );
    case 'FunctionCallExpression': {
      const [operand] = listOf(node.ArgumentList?.Expressions);
      if (nameOf(node.Name) === 'not' && operand) return not(condition(operand, context, sensitive));
      break;
    }
  }
  return coerce(lowerExpr(node, context), 'bool');
}

function anyColumn(node: SyntaxNode, context: Context, sensitive: boolean): Expr {
  if (kindOf(node) === 'StarExpression') return literal('bool', true);
  const term = String(node.LiteralValue ?? '');
  if (term === '*') return literal('bool', true);
  const columns = (context.row?.columns ?? []).filter((of) => !isHidden(of.name) && of.name !== TABLE);
  const tests = columns.map((of: Column) => termIn(coerce(column(of), 'string'), term, sensitive));
  return or(tests);
}

/** `x` has, `x*` hasprefix, `*x` hassuffix, `*x*` contains. */
function termIn(value: Expr, pattern: string, sensitive: boolean): Expr {
  const term = pattern.replace(/^\*|\*$/g, '');
  const [start, end] = [pattern.startsWith('*'), pattern.endsWith('*')];
  const name = start && end ? 'contains' : start ? 'hassuffix' : end ? 'hasprefix' : 'has';
  return call(sensitive ? `${name}_cs` : name, 'bool', value, text(term));
}
