import { formatDatetime, formatTimespan } from '../../util/ticks.js';
import type { ExpandItem, Expr, JsonValue, Literal, NamedExpr, Rel, SortKey } from './nodes.js';

/** A plan for people: one node a line, inputs indented below what reads them. A shared table is printed once. */
export function printPlan(rel: Rel): string {
  const seen = new Set<string>();
  const lines: string[] = [];
  const visit = (node: Rel, depth: number): void => {
    const again = node.kind === 'shared' && seen.has(node.id);
    if (node.kind === 'shared') seen.add(node.id);
    lines.push(`${'  '.repeat(depth)}${titleOf(node)}${again ? ' (as above)' : ''}`);
    if (!again) for (const input of inputsOf(node)) visit(input, depth + 1);
  };
  visit(rel, 0);
  return lines.join('\n');
}

function inputsOf(rel: Rel): readonly Rel[] {
  const own =
    'inputs' in rel
      ? rel.inputs
      : rel.kind === 'join'
        ? [rel.left, rel.right]
        : rel.kind === 'apply'
          ? [rel.input, rel.body]
          : rel.kind === 'paths'
            ? [rel.seeds, rel.edges, ...(rel.inner ? [rel.inner] : []), ...(rel.shortest ? [rel.shortest.ends] : [])]
            : 'input' in rel
              ? [rel.input]
              : [];
  return own;
}

function titleOf(rel: Rel): string {
  switch (rel.kind) {
    case 'scan':
      return `scan ${rel.table} [${rel.columns.map(({ name }) => name).join(', ')}]`;
    case 'values':
      return rel.rows.length === 1
        ? `values ${named(rel.columns.map(({ name }, at) => ({ name, expr: rel.rows[0]![at]! })))}`
        : `values [${rel.columns.map(({ name }) => name).join(', ')}], ${rel.rows.length} rows`;
    case 'range':
      return `range ${rel.columns[0]?.name} from ${printExpr(rel.from)} to ${printExpr(rel.to)} step ${printExpr(rel.step)}`;
    case 'filter':
      return `filter ${printExpr(rel.predicate)}`;
    case 'project':
      return `project ${named(rel.items)}`;
    case 'aggregate':
      return `aggregate ${named(rel.aggregates)}${rel.groups.length > 0 ? ` by ${named(rel.groups)}` : ''}`;
    case 'sort':
      return `sort ${keys(rel.keys)}`;
    case 'limit':
      return `limit ${printExpr(rel.count)}`;
    case 'distinctOn':
      return `first row of each ${rel.keys.map(printExpr).join(', ')}`;
    case 'join':
      return `join ${rel.joinKind}${rel.keys.length > 0 ? ` on ${rel.keys.map(({ left, right }) => `${printExpr(left)} == ${printExpr(right)}`).join(', ')}` : ''}${rel.condition ? ` where ${printExpr(rel.condition)}` : ''}`;
    case 'union':
      return `union of ${rel.inputs.length}`;
    case 'expand':
      return `expand ${expanded(rel.items)}${rel.rowLimit ? ` limit ${printExpr(rel.rowLimit)}` : ''}`;
    case 'ordinal':
      return `number rows as ${rel.name}${rel.keys.length > 0 ? ` in the order of ${keys(rel.keys)}` : ''}`;
    case 'apply':
      return 'apply, for each row of the first, the second';
    case 'outerRow':
      return `outer row, expand ${expanded(rel.items)}`;
    case 'sequence':
      return `scan ${rel.steps.map((step) => `${printExpr(step.condition)}${step.assignments.length > 0 ? ` => ${named(step.assignments)}` : ''}`).join('; ')}`;
    case 'external':
      return `external ${rel.source.format} ${rel.source.places.join(', ')}`;
    case 'paths':
      return `${rel.shortest ? `${rel.shortest.output} shortest ` : ''}paths of ${rel.min} to ${rel.max} edges${rel.backward ? ', from their ends' : ''}${rel.unique === 'nothing' ? '' : `, ${rel.unique} once`}`;
    case 'shared':
      return `shared ${rel.id}`;
    default:
      return otherTitle(rel);
  }
}

/** Kinds without a title of their own still show their name and columns. */
const otherTitle = (rel: { readonly kind: string; readonly columns: readonly { readonly name: string }[] }): string =>
  `${rel.kind} [${rel.columns.map(({ name }) => name).join(', ')}]`;

const named = (items: readonly NamedExpr[]): string =>
  items
    .map(({ name, expr }) => (expr.kind === 'column' && expr.name === name ? name : `${name} = ${printExpr(expr)}`))
    .join(', ');
const keys = (of: readonly SortKey[]): string =>
  of.map(({ expr, descending }) => `${printExpr(expr)}${descending ? ' desc' : ''}`).join(', ');
const expanded = (items: readonly ExpandItem[]): string =>
  items.map(({ name, expr, type }) => `${name} = ${printExpr(expr)}: ${type}`).join(', ');

/** Operators that read better between their operands. */
const INFIX: Readonly<Record<string, string>> = {
  and: 'and',
  or: 'or',
  '==': '==',
  '!=': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
  '+': '+',
  '-': '-',
  '*': '*',
  '/': '/',
  '%': '%',
};

/** An expression for people; tables within it are only named by their kind. */
export function printExpr(expr: Expr): string {
  switch (expr.kind) {
    case 'literal':
      return literalText(expr);
    case 'column':
      return expr.side === undefined ? expr.name : `$${expr.side}.${expr.name}`;
    case 'call': {
      const infix = INFIX[expr.name];
      if (infix && expr.args.length === 2) return `(${expr.args.map(printExpr).join(` ${infix} `)})`;
      return `${expr.name}(${expr.args.map(printExpr).join(', ')})`;
    }
    case 'aggregate':
      return `${expr.name}(${expr.args.map(printExpr).join(', ')})`;
    case 'window':
      return `${expr.name}(${expr.args.map(printExpr).join(', ')}) over (${expr.partition.length > 0 ? `by ${expr.partition.map(printExpr).join(', ')} ` : ''}${keys(expr.order)})`;
    case 'scalarSubquery':
      return `toscalar(${subquery(expr.rel)})`;
    case 'inSubquery':
      return `${printExpr(expr.value)} in${expr.fold ? '~' : ''} (${subquery(expr.rel)})`;
    default:
      return (expr as { readonly kind: string }).kind;
  }
}

/** A table within an expression, on one line: its nodes from the scan on. */
function subquery(rel: Rel): string {
  const [first] = inputsOf(rel);
  return first ? `${subquery(first)} | ${titleOf(rel)}` : titleOf(rel);
}

function literalText({ type, value }: Literal): string {
  if (value === null) return `${type}(null)`;
  if (type === 'string') return JSON.stringify(value);
  if (type === 'datetime') return `datetime(${formatDatetime(value as bigint)})`;
  if (type === 'timespan') return `timespan(${formatTimespan(value as bigint)})`;
  if (type === 'dynamic') return `dynamic(${json(value as JsonValue)})`;
  return type === 'long' || type === 'bool' || type === 'real' ? String(value) : `${type}(${String(value)})`;
}

const json = (value: JsonValue): string =>
  JSON.stringify(value, (_, of: unknown) => (typeof of === 'bigint' ? Number(of) : of));
