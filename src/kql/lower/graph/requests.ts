import { column } from '../../plan/build.js';
import type { Collected, ColumnRef, Expr, NamedExpr } from '../../plan/nodes.js';
import type { KqlType } from '../../types.js';

/**
 * What a pattern's `where` and `project` read of its elements: the values become hidden columns of the matches, made where
 * the element is matched. Filled while the expressions are lowered.
 */
export interface Requests {
  /** Values of single nodes and edges: expressions over the graph's table of nodes or edges, by the element's name. */
  readonly values: ReadonlyMap<string, readonly NamedExpr[]>;
  /** Values of the elements on a path. */
  readonly collected: ReadonlyMap<string, readonly Request[]>;
  /** The element whose value a column holds. */
  readonly owner: ReadonlyMap<string, string>;
  value(element: string, expr: Expr): ColumnRef;
  collect(path: string, of: Collected['of'], how: Collected['how'], expr: Expr): ColumnRef;
}

/** A value collected along a path: `expr` is over the graph's table of edges, or of nodes. */
export interface Request {
  readonly name: string;
  readonly of: Collected['of'];
  readonly how: Collected['how'];
  readonly expr: Expr;
}

/** The hidden column that holds the number of a node or edge of the pattern. */
export const elementColumn = (name: string): ColumnRef => column({ name: `$element ${name}`, type: 'long' });

export function newRequests(): Requests {
  const values = new Map<string, NamedExpr[]>();
  const collected = new Map<string, Request[]>();
  const owner = new Map<string, string>();
  const known = new Map<string, ColumnRef>();
  /** The column for a request, made when it is the first of its kind. */
  const once = (key: readonly unknown[], element: string, type: KqlType, make: (name: string) => void): ColumnRef => {
    const id = JSON.stringify(key, (_, of: unknown) => (typeof of === 'bigint' ? `${of}n` : of));
    const found = known.get(id);
    if (found) return found;
    const made = column({ name: `$${known.size} ${element}`, type });
    known.set(id, made);
    owner.set(made.name, element);
    make(made.name);
    return made;
  };
  const added = <T>(map: Map<string, T[]>, key: string, item: T): void => {
    map.set(key, [...(map.get(key) ?? []), item]);
  };
  return {
    values,
    collected,
    owner,
    value: (element, expr) =>
      once([element, expr], element, expr.type, (name) => added(values, element, { name, expr })),
    collect: (path, of, how, expr) =>
      once([path, of, how, expr], path, how === 'any' || how === 'all' ? 'bool' : 'dynamic', (name) =>
        added(collected, path, { name, of, how, expr }),
      ),
  };
}
