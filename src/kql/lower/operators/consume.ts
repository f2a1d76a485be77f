import { project, values } from '../../plan/build.js';
import type { LowerOperator } from './operator.js';

/** `consume`: the rows are not given back. */
export const lowerConsume: LowerOperator = () => project(values([], []), []);
