import { listOf } from '../../parse/syntax.js';
import { keep, project } from '../../plan/build.js';
import { matchesAny } from '../wildcard.js';
import type { LowerOperator } from './operator.js';

/** `project-keep a, b*`: only these columns, in the input's order. */
export const lowerProjectKeep: LowerOperator = (node, input) => {
  const stays = matchesAny(listOf(node.Expressions));
  return project(input, input.columns.filter((of) => stays(of.name)).map(keep));
};
