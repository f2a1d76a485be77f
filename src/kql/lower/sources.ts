import { argumentsOf, listOf, nameOf, type SyntaxNode, textOf } from '../parse/syntax.js';
import { WATCHLIST_FUNCTION } from '../parse/watchlist-symbol.js';
import { long, missing, values } from '../plan/build.js';
import type { Expr, Rel } from '../plan/nodes.js';
import { type Column, isKqlType } from '../types.js';
import { coerce } from './coerce.js';
import { badArgument, type Context, lookup, unsupported } from './context.js';
import { lowerExternalData } from './external-data.js';
import { boundNames, lowerNamed } from './named.js';
import { lowerFind } from './operators/find.js';
import { lowerSearch } from './operators/search.js';
import { lowerUnion } from './operators/union.js';
import { lowerExpr, lowerPipe } from './recurse.js';
import { schemaColumns } from './schema-clause.js';
import { lowerWatchlist } from './watchlist.js';

type Source = (node: SyntaxNode, context: Context) => Rel;

/** What a tabular expression can start with: by syntax kind, or `name()` for tabular built-ins. */
export const SOURCES: Readonly<Record<string, Source>> = {
  DataTableExpression: lowerDatatable,
  PrintOperator: lowerPrint,
  RangeOperator: lowerRange,
  UnionOperator: (node, context) => lowerUnion(node, context.input, context),
  FindOperator: lowerFind,
  SearchOperator: (node, context) => lowerSearch(node, context.input, context),
  MaterializeExpression: (node, context) => shared(node.Expression, context),
  'materialize()': (node, context) => shared(argumentsOf(node.ArgumentList)[0]!, context),
  CustomCommand: (node) =>
    unsupported(
      `the management command ${textOf(node).split(/\s+/).slice(0, 2).join(' ')}`,
      node,
      'trawl tables lists tables, trawl functions saved functions',
    ),
  'table()': lowerTable,
  [`${WATCHLIST_FUNCTION}()`]: lowerWatchlist,
  DataScopeExpression: (node, context) => lowerPipe(node.Expression, context),
  ToTableExpression: (node, context) => lowerPipe(node.Expression, context),
  ExternalDataExpression: lowerExternalData,
};

function lowerDatatable(node: SyntaxNode, context: Context): Rel {
  const columns = schemaColumns(node.Schema);
  const cells = listOf(node.Values).map((value) => lowerExpr(value, context));
  if (columns.length === 0 || cells.length % columns.length !== 0) {
    return badArgument('datatable', `${cells.length} values do not fill rows of ${columns.length} columns`, node);
  }
  const rows: Expr[][] = [];
  for (let i = 0; i < cells.length; i += columns.length) {
    rows.push(columns.map((of, c) => coerce(cells[i + c] ?? missing(of.type), of.type)));
  }
  return values(columns, rows);
}

function lowerPrint(node: SyntaxNode, context: Context): Rel {
  const names = boundNames(node);
  const lowered = lowerNamed(listOf(node.Expressions), context, names);
  // even a name that `let` gave a value is called print_0
  const named = lowered.length === names.length ? lowered.map(({ expr }, i) => ({ name: names[i]!, expr })) : lowered;
  const columns = named.map(({ name, expr }) => ({ name, type: expr.type }));
  return values(columns, [named.map(({ expr }) => expr)]);
}

function lowerRange(node: SyntaxNode, context: Context): Rel {
  const from = lowerExpr(node.From, context);
  const to = lowerExpr(node.To, context);
  const step: Expr = node.Step ? lowerExpr(node.Step, context) : long(1);
  const type = node.ResultType.Columns.getItem(0).Type.Name;
  const of: Column = { name: nameOf(node.Name), type: isKqlType(type) ? type : from.type };
  const stepType = of.type === 'datetime' ? 'timespan' : of.type;
  return {
    kind: 'range',
    from: coerce(from, of.type),
    to: coerce(to, of.type),
    step: coerce(step, stepType),
    columns: [of],
  };
}

function shared(node: SyntaxNode, context: Context): Rel {
  const input = lowerPipe(node, context);
  return { kind: 'shared', id: `shared${context.session.next()}`, input, columns: input.columns };
}

function lowerTable(node: SyntaxNode, context: Context): Rel {
  const [argument] = argumentsOf(node.ArgumentList).map((of) => lowerExpr(of, context));
  const name = argument?.kind === 'literal' ? String(argument.value) : undefined;
  if (!name) return badArgument('table()', 'it takes a constant table name', node);
  const binding = lookup(context.scope, name);
  if (binding?.kind === 'table') return binding.rel;
  const columns = context.session.schema.table(name);
  return columns ? { kind: 'scan', table: name, columns } : badArgument(name, 'no table of that name is known', node);
}
