import { listOf } from '../../parse/syntax.js';
import { keep, project } from '../../plan/build.js';
import { matchesAny } from '../wildcard.js';
import type { LowerOperator } from './operator.js';

/** `project-away a, b*`: all columns but these. */
export const lowerProjectAway: LowerOperator = (node, input) => {
  const leaves = matchesAny(listOf(node.Expressions));
  return project(input, input.columns.filter((of) => !leaves(of.name)).map(keep));
};
