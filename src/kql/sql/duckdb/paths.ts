import { PATH, type RelOf } from '../../plan/nodes.js';
import { indent, ownItems, type Printer, printRel } from './packing.js';
import { added, begun, carriedOn, pathTables, shownOf } from './path-parts.js';
import { type Select, selectFrom } from './select.js';
import { printShortest } from './shortest-paths.js';

type Paths = RelOf<'paths'>;

/**
 * Paths as a recursive query: each round adds an edge to all paths of the round before, at their ends or, walking backward,
 * at their starts. Values are collected on the way, so that nothing needs to be looked up again.
 */
export function printPaths(rel: Paths, printer: Printer): Select {
  const text = rel.shortest ? printShortest(rel, rel.shortest, printer) : printWalks(rel, printer);
  return selectFrom(`(\n${indent(text)}\n) AS ${printer.alias()}`, ownItems(rel, printer));
}

function printWalks(rel: Paths, printer: Printer): string {
  const { definitions, edges, inner, walks } = pathTables(rel, printer);
  const [fixed, moving] = rel.backward ? [PATH.end, PATH.start] : [PATH.start, PATH.end];
  const [near, far] = rel.backward ? ['"$to"', '"$from"'] : ['"$from"', '"$to"'];
  const carried = carriedOn(rel, far);
  const [at, length] = [`w."${moving}"`, `w."${PATH.length}"`];
  const columns = [fixed, moving, PATH.length, ...carried.map((of) => of.name)].map(printer.sqlName);
  const step = [
    `w."${fixed}"`,
    `e.${far}`,
    `${length} + 1`,
    ...carried.map((of) => added(of, rel.backward, `${length} > 0`, printer)),
  ];
  const conditions = [
    `${length} < ${rel.max}`,
    ...(inner ? [`(${length} = 0 OR i."$node" IS NOT NULL)`] : []),
    ...carried.flatMap((of) => (of.once ? [`NOT list_contains(w.${printer.sqlName(of.name)}, ${of.value})`] : [])),
  ];
  return [
    `WITH RECURSIVE ${definitions.join(', ')}, ${walks}(${columns.join(', ')}) AS (`,
    `  SELECT DISTINCT ${['"$node"', '"$node"', '0::BIGINT', ...carried.map(begun)].join(', ')} FROM (`,
    indent(indent(printRel(rel.seeds, printer))),
    '  )',
    '  UNION ALL',
    `  SELECT ${step.join(', ')}`,
    `  FROM ${walks} AS w JOIN ${edges} AS e ON e.${near} = ${at}${inner ? ` LEFT JOIN ${inner} AS i ON i."$node" = ${at}` : ''}`,
    `  WHERE ${conditions.join(' AND ')}`,
    ')',
    `SELECT ${shownOf(rel, printer)} FROM ${walks} WHERE "${PATH.length}" >= ${rel.min}`,
  ].join('\n');
}
