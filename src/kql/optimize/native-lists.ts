import { call, column, long, project } from '../plan/build.js';
import { mapExprChildren, mapRelChildren, type Visit } from '../plan/children.js';
import type { AggregateCall, Call, ExpandItem, Expr, NamedExpr, Rel, RelOf } from '../plan/nodes.js';
import type { KqlType } from '../types.js';
import type { Rule } from './rule.js';

/**
 * Dynamic arrays that are only taken apart again (`strcat_array(make_set(x))`, `tostring(split(x, ".")[0])`, `mv-expand range(…)`)
 * never become JSON: they stay lists of the engine from where they are made, through the tables between, to where they are read.
 * Where something else reads one, it becomes JSON there.
 */
export const nativeLists: Rule = { name: 'native-lists', apply: (rel) => asJson(visit(rel)) };

/** The columns of a table that are lists, with their elements' type. */
type Lists = ReadonlyMap<string, KqlType>;
interface Listed {
  readonly rel: Rel;
  readonly lists: Lists;
}
interface List {
  readonly expr: Expr;
  readonly element: KqlType;
}

const NONE: Lists = new Map();
const json = (list: Expr): Expr => call('list_json', 'dynamic', list);

/** The table with its lists as dynamic values. */
const asJson = ({ rel, lists }: Listed): Rel =>
  rel.columns.some((of) => lists.has(of.name))
    ? project(
        rel,
        rel.columns.map((of) => ({ name: of.name, expr: lists.has(of.name) ? json(column(of)) : column(of) })),
      )
    : rel;

function visit(rel: Rel): Listed {
  const special = VISIT[rel.kind] as ((rel: Rel) => Listed) | undefined;
  return special ? special(rel) : { rel: mapRelChildren(rel, reading(NONE)), lists: NONE };
}

/** Inputs as dynamic values, expressions over columns of which `lists` are lists. */
const reading = (lists: Lists): Visit => ({ rel: (rel) => asJson(visit(rel)), expr: (expr) => read(expr, lists) });

/** Nodes that hand their input's columns on. */
function passing<R extends Rel & { readonly input: Rel }>(rel: R): Listed {
  const { rel: input, lists } = visit(rel.input);
  return { rel: mapRelChildren({ ...rel, input }, { ...reading(lists), rel: (of) => of }), lists };
}

const VISIT: { readonly [K in Rel['kind']]?: (rel: RelOf<K>) => Listed } = {
  filter: passing,
  sort: passing,
  limit: passing,
  distinctOn: passing,
  ordinal: passing,
  shared: passing,
  project: visitProject,
  aggregate: visitAggregate,
  join: visitJoin,
  union: visitUnion,
  expand: visitExpand,
};

function visitProject(rel: RelOf<'project'>): Listed {
  const { rel: input, lists } = visit(rel.input);
  const [items, own] = kept(rel.items, lists);
  return { rel: { ...rel, input, items }, lists: own };
}

function visitAggregate(rel: RelOf<'aggregate'>): Listed {
  const { rel: input, lists } = visit(rel.input);
  const groups = rel.groups.map((item) => ({ ...item, expr: read(item.expr, lists) }));
  const [aggregates, own] = kept(rel.aggregates, lists);
  return { rel: { ...rel, input, groups, aggregates }, lists: own };
}

/** Items that stay lists, and which those are. */
function kept(items: readonly NamedExpr[], lists: Lists): [NamedExpr[], Lists] {
  const own = new Map<string, KqlType>();
  const changed = items.map(({ name, expr }) => {
    const list = asList(expr, lists);
    if (list) own.set(name, list.element);
    return { name, expr: list?.expr ?? read(expr, lists) };
  });
  return [changed, own];
}

function visitJoin(rel: RelOf<'join'>): Listed {
  const sides = { left: visit(rel.left), right: visit(rel.right) };
  const either: Lists = new Map(
    (['left', 'right'] as const).flatMap((side) =>
      [...sides[side].lists].map(([name, type]): [string, KqlType] => [`${side} ${name}`, type]),
    ),
  );
  const expr = (of: Expr): Expr => read(of, either);
  const own = new Map<string, KqlType>();
  for (const { name, side, source } of rel.items) {
    const element = sides[side].lists.get(source);
    if (element) own.set(name, element);
  }
  const keys = rel.keys.map(({ left, right }) => ({ left: expr(left), right: expr(right) }));
  const condition = rel.condition && expr(rel.condition);
  return {
    rel: { ...rel, left: sides.left.rel, right: sides.right.rel, keys, ...(condition ? { condition } : {}) },
    lists: own,
  };
}

function visitUnion(rel: RelOf<'union'>): Listed {
  const inputs = rel.inputs.map(visit);
  const own = new Map<string, KqlType>();
  rel.columns.forEach(({ name }, at) => {
    const elements = new Set(inputs.map(({ rel: input, lists }) => lists.get(input.columns[at]!.name)));
    const [element] = elements;
    if (elements.size === 1 && element) own.set(name, element);
  });
  const agreed = inputs.map(({ rel: input, lists }) => {
    const odd = [...lists].filter(([name]) => !own.has(rel.columns[indexOf(input, name)]!.name));
    return asJson({ rel: input, lists: new Map(odd) });
  });
  return { rel: { ...rel, inputs: agreed }, lists: own };
}

const indexOf = (rel: Rel, name: string): number => rel.columns.findIndex((of) => of.name === name);

function visitExpand(rel: RelOf<'expand'>): Listed {
  const { rel: input, lists } = visit(rel.input);
  const items = rel.items.map((item): ExpandItem => {
    const list = item.pairs ? undefined : asList(item.expr, lists);
    const fits = list && (item.type === 'dynamic' || item.type === list.element);
    return fits ? { ...item, expr: list.expr, element: list.element } : { ...item, expr: read(item.expr, lists) };
  });
  const made = new Set([...items.map((item) => item.name), rel.indexColumn]);
  const rowLimit = rel.rowLimit && read(rel.rowLimit, lists);
  return {
    rel: { ...rel, input, items, ...(rowLimit ? { rowLimit } : {}) },
    lists: new Map([...lists].filter(([name]) => !made.has(name))),
  };
}

/** Types whose values JSON shows as they are; no two of them become the same JSON. */
const ELEMENTS: ReadonlySet<KqlType> = new Set(['string', 'int', 'long', 'bool', 'guid']);
const INTEGERS: ReadonlySet<KqlType> = new Set(['int', 'long']);

/** An expression that makes or reads a list, as the list; undefined when it must be JSON. */
function asList(expr: Expr, lists: Lists): List | undefined {
  if (expr.kind === 'column') {
    const element = lists.get(columnKey(expr));
    return element && { expr, element };
  }
  if (expr.kind === 'aggregate') return collected(expr, lists);
  if (expr.kind !== 'call') return undefined;
  const args = (): Expr[] => expr.args.map((arg) => read(arg, lists));
  if (expr.name === 'split' && expr.args.length === 2)
    return { expr: call('split_list', 'dynamic', ...args()), element: 'string' };
  if (expr.name === 'range' && expr.args.every((arg) => INTEGERS.has(arg.type)))
    return { expr: call('range_list', 'dynamic', ...args()), element: 'long' };
  if (expr.name === 'array_slice' && expr.args.length === 3) {
    const whole = asList(expr.args[0]!, lists);
    return whole && { ...whole, expr: call('slice_list', 'dynamic', whole.expr, ...args().slice(1)) };
  }
  return undefined;
}

const COLLECTED: Readonly<Record<string, string>> = {
  make_set: 'set_values',
  make_set_if: 'set_values_if',
  make_list: 'list_values',
  make_list_if: 'list_values_if',
};

/** `make_set(x)` over values that lowering made dynamic: their list. */
function collected(expr: AggregateCall, lists: Lists): List | undefined {
  const name = COLLECTED[expr.name];
  const [value, ...rest] = expr.args;
  if (!name || value?.kind !== 'call' || value.name !== 'dynamic_from') return undefined;
  const [native] = value.args;
  if (!native || !ELEMENTS.has(native.type)) return undefined;
  const args = [native, ...rest].map((arg) => read(arg, lists));
  return { expr: { ...expr, name, args }, element: native.type };
}

const columnKey = (expr: Expr & { kind: 'column' }): string => (expr.side ? `${expr.side} ${expr.name}` : expr.name);

/** Functions of arrays that have a form on lists. */
const ON_LISTS: Readonly<Record<string, (expr: Call, lists: Lists) => Expr | undefined>> = {
  array_length: ({ args: [array] }, lists) => {
    const list = asList(array!, lists);
    return list && call('list_length', 'long', list.expr);
  },
  strcat_array: ({ args: [array, delimiter] }, lists) => {
    const list = asList(array!, lists);
    return list && delimiter && call('join_list', 'string', list.expr, read(delimiter, lists));
  },
  tostring: ({ args: [element] }, lists) => {
    if (element?.kind !== 'call' || element.name !== '[]') return undefined;
    const [array, index] = element.args;
    const list = asList(array!, lists);
    if (list?.element !== 'string' || index?.kind !== 'literal' || typeof index.value !== 'bigint') return undefined;
    return call('list_text', 'string', list.expr, long(index.value < 0n ? index.value : index.value + 1n));
  },
};

/** The expression over columns of which some are lists now. */
function read(expr: Expr, lists: Lists): Expr {
  const onLists = expr.kind === 'call' ? ON_LISTS[expr.name]?.(expr, lists) : undefined;
  if (onLists) return onLists;
  const list = asList(expr, lists);
  return list ? json(list.expr) : mapExprChildren(expr, reading(lists));
}
