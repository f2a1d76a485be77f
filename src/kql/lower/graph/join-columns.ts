import { column } from '../../plan/build.js';
import type { Join, JoinItem, JoinKind, Rel } from '../../plan/nodes.js';

/**
 * A join on pairs of columns, left and right; equal nulls match. Gives the left's columns and those of the right that are
 * asked for, under the names given to them.
 */
export function joinColumns(
  joinKind: JoinKind,
  left: Rel,
  right: Rel,
  on: readonly (readonly [left: string, right: string])[],
  taken: readonly (readonly [source: string, name: string])[],
): Join {
  const typed = (rel: Rel, name: string) => rel.columns.find((of) => of.name === name)!;
  const items: JoinItem[] = [
    ...left.columns.map((of): JoinItem => ({ name: of.name, side: 'left', source: of.name })),
    ...taken.map(([source, name]): JoinItem => ({ name, side: 'right', source })),
  ];
  return {
    kind: 'join',
    joinKind,
    left,
    right,
    keys: on.map(([l, r]) => ({ left: column(typed(left, l), 'left'), right: column(typed(right, r), 'right') })),
    items,
    columns: [...left.columns, ...taken.map(([source, name]) => ({ name, type: typed(right, source).type }))],
  };
}
