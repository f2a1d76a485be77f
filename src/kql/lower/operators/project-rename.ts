import { kindOf, listOf, nameOf } from '../../parse/syntax.js';
import { column, project } from '../../plan/build.js';
import { badArgument } from '../context.js';
import type { LowerOperator } from './operator.js';

/** `project-rename New = Old`: other names, places kept. */
export const lowerProjectRename: LowerOperator = (node, input) => {
  const renamed = new Map<string, string>();
  for (const expression of listOf(node.Expressions)) {
    if (kindOf(expression) !== 'SimpleNamedExpression')
      badArgument('project-rename', 'write NewName = OldName', expression);
    renamed.set(nameOf(expression.Expression), nameOf(expression.Name));
  }
  const items = input.columns.map((of) => ({ name: renamed.get(of.name) ?? of.name, expr: column(of) }));
  return project(input, items);
};
