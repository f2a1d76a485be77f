import { PATH, type Paths } from '../../plan/nodes.js';
import { indent, type Printer, printRel } from './packing.js';
import { added, begun, carriedOn, pathTables, shownOf } from './path-parts.js';

/**
 * Shortest paths in two searches: first how far each node is from each seed, a round for each length (of the nodes reached
 * again only the least counts); then from the ends back over edges that come one step nearer. For `any`, one such edge.
 */
export function printShortest(rel: Paths, { output, ends }: NonNullable<Paths['shortest']>, printer: Printer): string {
  const { definitions, edges, inner, walks } = pathTables(rel, printer);
  const [reached, near] = [walks.replace('$walks', '$reached'), walks.replace('$walks', '$near')];
  const carried = carriedOn({ ...rel, unique: 'nothing' }, '"$from"');
  const names = carried.map((of) => printer.sqlName(of.name));
  const columns = [`"${PATH.start}"`, `"${PATH.end}"`, '"$at"', '"$left"', `"${PATH.length}"`, ...names];
  const passed = (isSeed: string): string => (inner ? ` AND (${isSeed} OR i."$node" IS NOT NULL)` : '');
  const joinInner = (node: string): string => (inner ? ` LEFT JOIN ${inner} AS i ON i."$node" = ${node}` : '');
  const step = [
    'w."$start"',
    'w."$end"',
    'e."$from"',
    'w."$left" - 1',
    `w."${PATH.length}"`,
    ...carried.map((of) => added(of, true, 'w."$left" > 1', printer)),
  ];
  return [
    `WITH RECURSIVE ${definitions.join(', ')}, ${reached}("$start", "$node", "$far") AS (`,
    `  SELECT DISTINCT "$node", "$node", 0::BIGINT FROM (\n${indent(indent(printRel(rel.seeds, printer)))}\n  )`,
    '  UNION ALL',
    '  SELECT DISTINCT r."$start", e."$to", r."$far" + 1',
    `  FROM ${reached} AS r JOIN ${edges} AS e ON e."$from" = r."$node"${joinInner('r."$node"')}`,
    `  WHERE r."$far" < ${rel.max}${passed('r."$far" = 0')}`,
    `), ${near} AS MATERIALIZED (`,
    `  SELECT "$start", "$node", min("$far") AS "$far" FROM ${reached} GROUP BY ALL`,
    `), ${walks}(${columns.join(', ')}) AS (`,
    `  SELECT ${['"$start"', '"$node"', '"$node"', '"$far"', '"$far"', ...carried.map(begun)].join(', ')}`,
    `  FROM ${near} WHERE "$far" >= ${rel.min} AND "$node" IN (\n${indent(indent(printRel(ends, printer)))}\n  )`,
    '  UNION ALL',
    `  SELECT ${step.join(', ')}`,
    `  FROM ${walks} AS w JOIN ${edges} AS e ON e."$to" = w."$at"`,
    `  JOIN ${near} AS p ON p."$start" = w."$start" AND p."$node" = e."$from" AND p."$far" = w."$left" - 1${joinInner('e."$from"')}`,
    `  WHERE w."$left" > 0${passed('w."$left" = 1')}`,
    ...(output === 'any'
      ? ['  QUALIFY row_number() OVER (PARTITION BY w."$start", w."$end" ORDER BY e."$edge") = 1']
      : []),
    ')',
    `SELECT ${shownOf(rel, printer)} FROM ${walks} WHERE "$left" = 0`,
  ].join('\n');
}
