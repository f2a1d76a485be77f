import type { Rel } from '../plan/nodes.js';
import { ofBoundedSize } from '../plan/size.js';
import { addressKeys } from './address-keys.js';
import { conditions } from './conditions.js';
import { constantGroups } from './constant-groups.js';
import { constants } from './constants.js';
import { filtersDown } from './filters-down.js';
import { joinedGroups } from './joined-groups.js';
import { lateSets } from './late-sets.js';
import { nativeLists } from './native-lists.js';
import { pruneColumns } from './prune-columns.js';
import type { OptimizeOptions, Rule } from './rule.js';

export type { OptimizeOptions, Rule } from './rule.js';

/** In the order they run. Columns go first, so that what a union of hundreds of tables never reads costs the others nothing. */
export const RULES: readonly Rule[] = [
  pruneColumns,
  filtersDown,
  constants,
  constantGroups,
  addressKeys,
  conditions,
  joinedGroups,
  pruneColumns,
  nativeLists,
  lateSets,
];

/** The plan with all rules applied. @throws `query-too-complex` for one too large to be written out */
export function optimize(rel: Rel, options: OptimizeOptions = {}): Rel {
  const bounded = ofBoundedSize(rel);
  if (options.optimize === false) return bounded;
  return ofBoundedSize(RULES.reduce((current, rule) => rule.apply(current, options), bounded));
}
