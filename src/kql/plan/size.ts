import { trawlError } from '../../util/errors.js';
import { mapExprChildren, mapRelChildren, type Visit } from './children.js';
import type { Expr, Rel } from './nodes.js';

/** What is written out of a plan: more nodes than this come to SQL of some hundred megabytes. */
export const MOST_NODES = 4_000_000;

/**
 * How many nodes a plan has once every use of a part that is used several times is written out. The time it takes grows with the
 * parts, not with their uses, of which there can be 2^n: `let a = T | count; let b = a + a; let c = b + b; …`.
 */
export function planSize(rel: Rel): number {
  const sizes = new Map<Rel | Expr, number>();
  let total = 0;
  const counted = <N extends Rel | Expr>(node: N, enter: (node: N, visit: Visit) => N): N => {
    const known = sizes.get(node);
    if (known !== undefined) {
      total += known;
      return node;
    }
    const before = total;
    enter(node, visit);
    total += 1;
    sizes.set(node, total - before);
    return node;
  };
  const visit: Visit = { rel: (node) => counted(node, mapRelChildren), expr: (node) => counted(node, mapExprChildren) };
  visit.rel(rel);
  return total;
}

/** The plan itself. @throws `query-too-complex` when it is too large to be written out */
export function ofBoundedSize(rel: Rel): Rel {
  const size = planSize(rel);
  if (size > MOST_NODES)
    throw trawlError('query-too-complex', {
      why: `its let statements and functions, written out where they are used, come to ${size.toExponential(1)} parts`,
    });
  return rel;
}
