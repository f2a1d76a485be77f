import { column, keep, project } from '../plan/build.js';
import type { Expr, NamedExpr, Rel, RelOf } from '../plan/nodes.js';
import type { Column } from '../types.js';
import { type Keys, NO_KEYS } from './key-ranges.js';
import type { OptimizeOptions } from './rule.js';

/** A table that has the columns which `keys` read. */
export interface Provided {
  readonly rel: Rel;
  readonly keys: Keys;
}

export interface Search {
  readonly options: OptimizeOptions;
  /** Shared tables with the keys that were asked for so far, by id. */
  readonly shared: Map<string, Rel>;
  /** The keys of an address expression over a table. */
  keysOf(expr: Expr, rel: Rel, search: Search): Provided | undefined;
}

type Which = keyof Keys;
const WHICH: readonly Which[] = ['ipv4', 'ipv6'];

/** The table with the hidden key columns of one of its address columns; undefined when they can't be had. */
export function provide(rel: Rel, name: string, search: Search): Provided | undefined {
  if (!rel.columns.some((of) => of.name === name)) return undefined;
  const found = PROVIDE[rel.kind] as ((rel: Rel, name: string, search: Search) => Provided | undefined) | undefined;
  return found?.(rel, name, search);
}

type Provide<R extends Rel> = (rel: R, name: string, search: Search) => Provided | undefined;

const PROVIDE: { readonly [K in Rel['kind']]?: Provide<RelOf<K>> } = {
  scan: provideScan,
  filter: passing,
  sort: passing,
  limit: passing,
  distinctOn: passing,
  ordinal: passing,
  expand: passing,
  project: provideProject,
  aggregate: provideAggregate,
  join: provideJoin,
  union: provideUnion,
  shared: provideShared,
};

const keyName = (which: Which, name: string): string => `$${which === 'ipv4' ? 'v4' : 'v6'} ${name}`;
const keyColumn = (which: Which, name: string): Column => ({ name: keyName(which, name), type: 'long' });
const isNone = (expr: Expr): boolean => expr.kind === 'call' && expr.name.startsWith('no_ipv');
const asKeys = (of: (which: Which) => Expr): Keys => ({ ipv4: of('ipv4'), ipv6: of('ipv6') });
/** The columns with those added that are not among them. */
const added = <C extends { readonly name: string }>(columns: readonly C[], more: readonly C[]): C[] => [
  ...columns,
  ...more.filter((of) => !columns.some(({ name }) => name === of.name)),
];
const columnsOf = (keys: Keys): Column[] =>
  WHICH.flatMap((which) => {
    const key = keys[which];
    return key.kind === 'column' ? [{ name: key.name, type: key.type }] : [];
  });

/** The keys as items under their hidden names, and as who reads those sees them: what is no key needs no column. */
function hiddenItems(name: string, keys: Keys): { readonly items: NamedExpr[]; readonly keys: Keys } {
  const items = WHICH.flatMap((which) =>
    isNone(keys[which]) ? [] : [{ name: keyName(which, name), expr: keys[which] }],
  );
  return { items, keys: asKeys((which) => (isNone(keys[which]) ? keys[which] : column(keyColumn(which, name)))) };
}

function provideScan(rel: RelOf<'scan'>, name: string, { options }: Search): Provided | undefined {
  const stored = options.addressKeys?.(rel.table, name);
  if (!stored) return undefined;
  const keys = asKeys((which) => {
    const key = stored[which];
    return key === undefined ? NO_KEYS[which] : column({ name: key, type: 'long' });
  });
  return { rel: { ...rel, columns: added(rel.columns, columnsOf(keys)) }, keys };
}

/** Nodes whose rows are their input's. */
function passing(rel: Rel & { readonly input: Rel }, name: string, search: Search): Provided | undefined {
  if (rel.kind === 'expand' && rel.items.some((item) => item.name === name)) return undefined;
  const provided = provide(rel.input, name, search);
  if (!provided) return undefined;
  const { keys } = provided;
  const columns = added(rel.columns, columnsOf(keys));
  return { rel: { ...rel, input: provided.rel, columns } as Rel, keys };
}

function provideProject(rel: RelOf<'project'>, name: string, search: Search): Provided | undefined {
  const item = rel.items.find((of) => of.name === name);
  const provided = item && search.keysOf(item.expr, rel.input, search);
  if (!provided) return undefined;
  const hidden = hiddenItems(name, provided.keys);
  return { rel: project(provided.rel, added(rel.items, hidden.items)), keys: hidden.keys };
}

/** A grouped address has one key in its group. */
function provideAggregate(rel: RelOf<'aggregate'>, name: string, search: Search): Provided | undefined {
  const group = rel.groups.find((of) => of.name === name);
  const provided = group && search.keysOf(group.expr, rel.input, search);
  if (!provided) return undefined;
  const any = (expr: Expr): Expr =>
    isNone(expr) ? expr : { kind: 'aggregate', type: 'long', name: 'take_any', args: [expr] };
  const { items, keys } = hiddenItems(
    name,
    asKeys((which) => any(provided.keys[which])),
  );
  const aggregates = added(rel.aggregates, items);
  return { rel: { ...rel, input: provided.rel, aggregates, columns: added(rel.columns, columnsOf(keys)) }, keys };
}

function provideJoin(rel: RelOf<'join'>, name: string, search: Search): Provided | undefined {
  const item = rel.items.find((of) => of.name === name);
  const side = item && provide(rel[item.side], item.source, search);
  if (!side) return undefined;
  const { items, keys } = hiddenItems(name, side.keys);
  const sources = items.map(({ name: hidden, expr }) => ({
    name: hidden,
    side: item.side,
    source: (expr as Expr & { kind: 'column' }).name,
  }));
  const columns = added(rel.columns, columnsOf(keys));
  return { rel: { ...rel, [item.side]: side.rel, items: added(rel.items, sources), columns }, keys };
}

function provideUnion(rel: RelOf<'union'>, name: string, search: Search): Provided | undefined {
  const at = rel.columns.findIndex((of) => of.name === name);
  const provided: Provided[] = [];
  for (const input of rel.inputs) {
    const own = provide(input, input.columns[at]!.name, search);
    if (!own) return undefined;
    provided.push(own);
  }
  const keys = asKeys((which) =>
    provided.every((of) => isNone(of.keys[which])) ? NO_KEYS[which] : column(keyColumn(which, name)),
  );
  const hidden = columnsOf(keys).filter((of) => !rel.columns.some((has) => has.name === of.name));
  const inputs = provided.map((of, i) =>
    project(of.rel, [
      ...rel.inputs[i]!.columns.map(keep),
      ...WHICH.flatMap((which) => {
        const key = keyColumn(which, name);
        return hidden.some((has) => has.name === key.name) ? [{ name: key.name, expr: of.keys[which] }] : [];
      }),
    ]),
  );
  return { rel: { ...rel, inputs, columns: [...rel.columns, ...hidden] }, keys };
}

function provideShared(rel: RelOf<'shared'>, name: string, search: Search): Provided | undefined {
  const provided = provide(search.shared.get(rel.id) ?? rel.input, name, search);
  if (!provided) return undefined;
  search.shared.set(rel.id, provided.rel);
  const { keys } = provided;
  return { rel: { ...rel, input: provided.rel, columns: added(rel.columns, columnsOf(keys)) }, keys };
}
