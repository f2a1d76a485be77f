import { mapExprChildren, mapRelChildren, type Visit } from './children.js';
import type { Rel } from './nodes.js';

/** Columns of the rows around a lateral body that it reads by name: the keys of `partition`. */
export const isPartitionKey = (name: string): boolean => name.startsWith('$partition');

/** Whether a table reads the row around it: it stands in the body of an apply (`partition`, `mv-apply`) that is not part of it. */
export function readsOuterRow(rel: Rel): boolean {
  let found = false;
  const within = (keys: ReadonlySet<string>, inBody: boolean): Visit => {
    const visit: Visit = {
      rel: (node) => {
        if (node.kind === 'outerRow' && !inBody) found = true;
        if (node.kind !== 'apply') return mapRelChildren(node, visit);
        visit.rel(node.input);
        within(new Set([...keys, ...node.input.columns.map((of) => of.name)]), true).rel(node.body);
        return node;
      },
      expr: (node) => {
        if (node.kind === 'column' && isPartitionKey(node.name) && !keys.has(node.name)) found = true;
        return mapExprChildren(node, visit);
      },
    };
    return visit;
  };
  within(new Set(), false).rel(rel);
  return found;
}
