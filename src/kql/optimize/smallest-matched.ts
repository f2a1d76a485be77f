import type { Rel } from '../plan/nodes.js';
import type { OptimizeOptions } from './rule.js';

/**
 * How many rows the smallest table has that every row of `rel` comes from or has to match; infinity where that isn't known. The rows of
 * `rel` may be more (several can match one), but as a rule they are few if this is.
 */
export function smallestMatched(rel: Rel, options: OptimizeOptions): number {
  switch (rel.kind) {
    case 'scan':
      return options.rows?.(rel.table) ?? Infinity;
    case 'values':
      return rel.rows.length;
    case 'join': {
      const [left, right] = [smallestMatched(rel.left, options), smallestMatched(rel.right, options)];
      if (rel.joinKind === 'inner' || rel.joinKind === 'leftsemi') return Math.min(left, right);
      return rel.joinKind === 'leftouter' || rel.joinKind === 'leftanti' ? left : Infinity;
    }
    case 'union':
      return rel.inputs.reduce((sum, input) => sum + smallestMatched(input, options), 0);
    case 'filter':
    case 'project':
    case 'aggregate':
    case 'sort':
    case 'limit':
    case 'ordinal':
    case 'distinctOn':
    case 'expand':
    case 'shared':
      return smallestMatched(rel.input, options);
    default:
      return Infinity;
  }
}
