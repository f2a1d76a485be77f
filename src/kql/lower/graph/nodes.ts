import { aggregate, call, column, keep, long, missing, ordinal, project } from '../../plan/build.js';
import type { NamedExpr, Rel } from '../../plan/nodes.js';
import type { Column, KqlType } from '../../types.js';
import { EDGE, ID, NODE } from './graph.js';
import { joinColumns } from './join-columns.js';

/** Where a graph's nodes come from besides the ends of its edges. */
export interface NodeSource {
  readonly tables: readonly NodeTable[];
  /** The property that `with_node_id` names. */
  readonly idName: string | undefined;
  readonly idType: KqlType;
  /** The column of `partitioned-by`: equal ids in different partitions are different nodes. */
  readonly partition: Column | undefined;
}
interface NodeTable {
  readonly rel: Rel;
  /** The column with the id. */
  readonly key: string;
}

export const PARTITION = '$graph';
const FIRST = '$first';

/** The properties of nodes: the columns of all node tables; one to which two tables give different types is none. */
export function propertiesOf({ tables, idName, idType }: NodeSource): Column[] {
  if (idName !== undefined) return [{ name: idName, type: idType }];
  const all = tables.flatMap(({ rel }) => rel.columns);
  const names = [...new Set(all.map((of) => of.name))];
  return names.flatMap((name) => {
    const [first, ...others] = all.filter((of) => of.name === name);
    return others.every((of) => of.type === first!.type) ? [first!] : [];
  });
}

const identity = ({ idType, partition }: NodeSource): Column[] => [
  { name: ID, type: idType },
  ...(partition ? [{ name: PARTITION, type: partition.type }] : []),
];

const identityItems = (key: Column, { partition }: NodeSource): NamedExpr[] => [
  { name: ID, expr: column(key) },
  ...(partition ? [{ name: PARTITION, expr: column(partition) }] : []),
];

/** Which nodes a column of the edges names, and the edge that does. */
export const identified = (edges: Rel, key: Column, of: NodeSource): Rel =>
  project(edges, [...identityItems(key, of), { name: FIRST, expr: column(EDGE) }]);

/**
 * All nodes, numbered: those of the tables first, then those that only edges name, in the order of the edges.
 * A node in two tables has the properties of both; what both give is the first's, unless it is empty.
 */
export function nodesOf(of: NodeSource, ends: Rel, wanted: readonly string[]): Rel {
  const keys = identity(of);
  const properties = propertiesOf(of).filter(({ name }) => wanted.includes(name));
  const named = aggregate(ends, keys.map(keep), [
    {
      name: FIRST,
      expr: { kind: 'aggregate', type: 'long', name: 'min', args: [column({ name: FIRST, type: 'long' })] },
    },
  ]);
  const keyNames = new Set(of.idName === undefined ? of.tables.map(({ key }) => key) : [of.idName]);
  const bare = (rel: Rel): Rel =>
    project(rel, [
      ...keys.map(keep),
      ...properties.map(({ name, type }) => ({
        name,
        expr: keyNames.has(name) ? column({ name: ID, type: of.idType }) : missing(type),
      })),
      { name: FIRST, expr: column({ name: FIRST, type: 'long' }) },
    ]);
  const [first, ...rest] = of.tables.map((table) => rowsOf(table, of, properties));
  const numbered = (rel: Rel): Rel =>
    ordinal(rel, NODE.name, [{ expr: column({ name: FIRST, type: 'long' }), descending: false, nullsFirst: true }]);
  if (!first) return numbered(bare(named));
  const known = rest.reduce((left, right) => merged(left, right, keys, properties), first);
  const onlyNamed = joinColumns(
    'leftanti',
    named,
    known,
    keys.map(({ name }) => [name, name]),
    [],
  );
  return numbered({ kind: 'union', inputs: [known, bare(onlyNamed)], columns: known.columns });
}

/** A node table's rows, one for each id: its first. They come before nodes that only edges name. */
function rowsOf({ rel, key }: NodeTable, of: NodeSource, properties: readonly Column[]): Rel {
  const own = new Set(rel.columns.map(({ name }) => name));
  const rows = project(ordinal(rel, FIRST, []), [
    ...identityItems({ name: key, type: of.idType }, of),
    ...properties.map((each) => (own.has(each.name) ? keep(each) : { name: each.name, expr: missing(each.type) })),
    { name: FIRST, expr: call('-', 'long', column({ name: FIRST, type: 'long' }), long(TABLE_ROWS)) },
  ]);
  return { kind: 'distinctOn', input: rows, keys: identity(of).map((each) => column(each)), columns: rows.columns };
}

/** Taken from the numbers of a node table's rows, so that they sort before those of edges. */
const TABLE_ROWS = 2n ** 48n;

function merged(left: Rel, right: Rel, keys: readonly Column[], properties: readonly Column[]): Rel {
  const other = (name: string): string => `$right ${name}`;
  const both = joinColumns(
    'fullouter',
    left,
    right,
    keys.map(({ name }) => [name, name]),
    right.columns.map(({ name }) => [name, other(name)]),
  );
  const either = ({ name, type }: Column): NamedExpr => {
    const [mine, theirs] = [column({ name, type }), column({ name: other(name), type })];
    // of texts, coalesce takes the first that is not empty
    return { name, expr: call('coalesce', type, mine, theirs) };
  };
  return project(both, [...keys, ...properties, { name: FIRST, type: 'long' as const }].map(either));
}
