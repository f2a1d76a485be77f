import { type Collected, PATH, type RelOf } from '../../plan/nodes.js';
import { quoteName } from './literal.js';
import { indent, type Printer, printRel } from './packing.js';

type Paths = RelOf<'paths'>;

/** A value that grows along a path: what a step adds to it, and whether that may not be in it already. */
export interface Carried {
  readonly name: string;
  readonly how: Collected['how'];
  readonly of: Collected['of'] | 'visited';
  /** SQL of what the step from `w` over the edge `e` (and the node `i` it leaves) adds. */
  readonly value: string;
  readonly once?: true;
}

const VISITED = '$visited';
const WALKED = '$walked';

/** What the paths carry: what is collected, and the edges or nodes they may not come to again. */
export function carriedOn(rel: Paths, far: string): Carried[] {
  const collected = rel.collected.map(({ name, of, how, column }): Carried => {
    const value = `${of === 'edges' ? 'e' : 'i'}.${quoteName(column)}`;
    return { name, how, of, value };
  });
  if (rel.unique === 'edges') {
    return [...collected, { name: WALKED, how: 'numbers', of: 'edges', value: 'e."$edge"', once: true }];
  }
  return rel.unique === 'nodes'
    ? [...collected, { name: VISITED, how: 'numbers', of: 'visited', value: `e.${far}`, once: true }]
    : collected;
}

const EMPTY: Readonly<Record<Collected['how'], string>> = {
  values: '[]::JSON[]',
  numbers: '[]::BIGINT[]',
  any: 'false',
  all: 'true',
};

/** A carried value where a path begins. */
export const begun = ({ how, of }: Carried): string => (of === 'visited' ? '["$node"]' : EMPTY[how]);

/** A carried value after a step; `leaves` says whether the node left lies inside the path. */
export function added(
  { name, how, of, value }: Carried,
  backward: boolean,
  leaves: string,
  { sqlName }: Printer,
): string {
  const so = `w.${sqlName(name)}`;
  const inside = of === 'inner';
  switch (how) {
    case 'any':
      return `(${so} OR ${inside ? `${leaves} AND ` : ''}coalesce(${value}, false))`;
    case 'all':
      return `(${so} AND ${inside ? `(NOT ${leaves} OR coalesce(${value}, false))` : `coalesce(${value}, false)`})`;
    default: {
      const longer = backward ? `list_prepend(${value}, ${so})` : `list_append(${so}, ${value})`;
      return inside ? `CASE WHEN ${leaves} THEN ${longer} ELSE ${so} END` : longer;
    }
  }
}

/** The node's columns as a result shows them: collected values as a JSON array. */
export const shownOf = (rel: Paths, { sqlName }: Printer): string =>
  rel.columns
    .map(({ name }) =>
      rel.collected.some((of) => of.name === name && of.how === 'values')
        ? `to_json(${sqlName(name)}) AS ${sqlName(name)}`
        : sqlName(name),
    )
    .join(', ') || `"${PATH.length}"`;

/** The tables that paths are made of, each computed once, by their SQL names; `walks` is a name for the paths themselves. */
export function pathTables(
  rel: Paths,
  printer: Printer,
): {
  readonly definitions: readonly string[];
  readonly edges: string;
  readonly inner?: string;
  readonly walks: string;
} {
  const number = printer.alias();
  const name = (of: string): string => quoteName(`$${of} ${number}`);
  const defined = (of: string, input: Paths['edges']): string =>
    `${name(of)} AS MATERIALIZED (\n${indent(printRel(input, printer))}\n)`;
  return {
    definitions: [defined('edges', rel.edges), ...(rel.inner ? [defined('inner', rel.inner)] : [])],
    edges: name('edges'),
    ...(rel.inner ? { inner: name('inner') } : {}),
    walks: name('walks'),
  };
}
