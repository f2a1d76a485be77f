import { and, missing } from '../plan/build.js';
import { mapExprChildren, mapRelChildren, type Visit } from '../plan/children.js';
import { conjuncts } from '../plan/conjuncts.js';
import type { Expr, JoinKind, Literal, NamedExpr, Rel, RelOf } from '../plan/nodes.js';
import { exprKey } from '../plan/same.js';
import { folded } from './fold.js';
import type { OptimizeOptions, Rule } from './rule.js';

/**
 * Columns that are the same in every row are written as what they are where they are read, and what follows is worked out:
 * a column that no row has a value for, the table's name that a union adds, a text that a query sets. A condition on such a column
 * then costs nothing, or leaves nothing of its table.
 */
export const constants: Rule = {
  name: 'constants',
  apply: (rel, options) => visit(rel, options).rel,
};

type Constants = ReadonlyMap<string, Literal>;
interface Known {
  readonly rel: Rel;
  readonly constants: Constants;
}

const NONE: Constants = new Map();

function visit(rel: Rel, options: OptimizeOptions): Known {
  const special = VISIT[rel.kind] as ((rel: Rel, options: OptimizeOptions) => Known) | undefined;
  return special ? special(rel, options) : { rel: mapRelChildren(rel, reading(NONE, options)), constants: NONE };
}

/** Tables by themselves; expressions over columns of which some are constant. */
const reading = (known: Constants, options: OptimizeOptions): Visit => ({
  rel: (rel) => visit(rel, options).rel,
  expr: (expr) => read(expr, known, options),
});

function read(expr: Expr, known: Constants, options: OptimizeOptions): Expr {
  const visitor: Visit = {
    rel: (rel) => visit(rel, options).rel,
    expr: (node) =>
      node.kind === 'column' && node.side === undefined
        ? (known.get(node.name) ?? node)
        : mapExprChildren(node, visitor),
  };
  return folded(visitor.expr(expr));
}

const VISIT: { readonly [K in Rel['kind']]?: (rel: RelOf<K>, options: OptimizeOptions) => Known } = {
  scan: (rel, options) => ({ rel, constants: absentColumns(rel, options) }),
  filter: visitFilter,
  sort: passing,
  limit: passing,
  ordinal: passing,
  distinctOn: passing,
  shared: passing,
  expand: passing,
  project: visitProject,
  aggregate: visitAggregate,
  join: visitJoin,
  union: visitUnion,
};

const absentColumns = (rel: RelOf<'scan'>, options: OptimizeOptions): Constants =>
  new Map(
    rel.columns.flatMap((of): [string, Literal][] =>
      options.absent?.(rel.table, of.name) ? [[of.name, missing(of.type) as Literal]] : [],
    ),
  );

function passing(rel: Rel & { readonly input: Rel }, options: OptimizeOptions): Known {
  const { rel: input, constants: known } = visit(rel.input, options);
  const made = new Set<string | undefined>(
    rel.kind === 'expand'
      ? [...rel.items.map((item) => item.name), rel.indexColumn]
      : rel.kind === 'ordinal'
        ? [rel.name]
        : [],
  );
  const visitor = { ...reading(known, options), rel: (of: Rel) => of };
  return {
    rel: mapRelChildren({ ...rel, input } as Rel, visitor),
    constants: new Map([...known].filter(([name]) => !made.has(name))),
  };
}

function visitFilter(rel: RelOf<'filter'>, options: OptimizeOptions): Known {
  const { rel: input, constants: known } = visit(rel.input, options);
  const predicate = read(rel.predicate, known, options);
  const left = conjuncts(predicate).filter((of) => of.kind !== 'literal' || of.value !== true);
  return { rel: left.length === 0 ? input : { ...rel, input, predicate: and(left) }, constants: known };
}

/** Whether it may be written several times: dynamic values can be long. */
const isShort = (expr: Expr): expr is Literal =>
  expr.kind === 'literal' && (expr.type !== 'dynamic' || expr.value === null);
const literals = (items: readonly NamedExpr[]): [string, Literal][] =>
  items.flatMap(({ name, expr }): [string, Literal][] => (isShort(expr) ? [[name, expr]] : []));

function visitProject(rel: RelOf<'project'>, options: OptimizeOptions): Known {
  const { rel: input, constants: known } = visit(rel.input, options);
  const items = rel.items.map(({ name, expr }) => ({ name, expr: read(expr, known, options) }));
  return { rel: { ...rel, input, items }, constants: new Map(literals(items)) };
}

function visitAggregate(rel: RelOf<'aggregate'>, options: OptimizeOptions): Known {
  const { rel: input, constants: known } = visit(rel.input, options);
  const values = rel.groups.map(({ expr }) => read(expr, known, options));
  // one key stays as it is, since without any there is a row even of nothing
  const varies = values.some((value) => value.kind !== 'literal');
  const groups = rel.groups.map((item, i): NamedExpr => (varies ? { ...item, expr: values[i]! } : item));
  const aggregates = rel.aggregates.map((item): NamedExpr => {
    const expr = read(item.expr, known, options);
    // what makes it one row of all is that it aggregates
    return rel.groups.length === 0 && expr.kind === 'literal' ? item : { ...item, expr };
  });
  const grouped = rel.groups.flatMap(({ name }, i): [string, Literal][] => {
    const value = values[i]!;
    return value.kind === 'literal' ? [[name, value]] : [];
  });
  return {
    rel: { ...rel, input, groups, aggregates },
    constants: new Map([...grouped, ...literals(aggregates)]),
  };
}

/** Sides of which every row of the result has one. */
const WHOLE: Readonly<Record<JoinKind, readonly ('left' | 'right')[]>> = {
  inner: ['left', 'right'],
  cross: ['left', 'right'],
  leftouter: ['left'],
  rightouter: ['right'],
  fullouter: [],
  leftsemi: ['left'],
  leftanti: ['left'],
};

function visitJoin(rel: RelOf<'join'>, options: OptimizeOptions): Known {
  const sides = { left: visit(rel.left, options), right: visit(rel.right, options) };
  const known = new Map<string, Literal>();
  for (const { name, side, source } of rel.items) {
    const value = sides[side].constants.get(source);
    // a missing row has missing values, too
    if (value && (WHOLE[rel.joinKind].includes(side) || exprKey(value) === exprKey(missing(value.type))))
      known.set(name, value);
  }
  return { rel: { ...rel, left: sides.left.rel, right: sides.right.rel }, constants: known };
}

function visitUnion(rel: RelOf<'union'>, options: OptimizeOptions): Known {
  const inputs = rel.inputs.map((input) => visit(input, options));
  const known = new Map<string, Literal>();
  rel.columns.forEach((of, at) => {
    const values = inputs.map(({ constants: own }, i) => own.get(rel.inputs[i]!.columns[at]!.name));
    const [first] = values;
    if (first && values.every((value) => value && exprKey(value) === exprKey(first))) known.set(of.name, first);
  });
  return { rel: { ...rel, inputs: inputs.map((of) => of.rel) }, constants: known };
}
