import { column, extend, filter, keep, project } from '../../plan/build.js';
import type { Expr, Rel } from '../../plan/nodes.js';
import { someExpr } from '../../plan/walk.js';
import { coerce } from '../coerce.js';
import { windowInput } from '../named.js';
import { lowerExpr } from '../recurse.js';
import type { LowerOperator } from './operator.js';

const TEST = '$test';

/** `where predicate`: keeps the rows for which it is true (null counts as false). */
export const lowerFilter: LowerOperator = (node, input, context) => {
  const windowed = windowInput(input, [node.Condition], context);
  return filtered(windowed.input, coerce(lowerExpr(node.Condition, windowed.context), 'bool'));
};

/** The rows for which a test holds. One that reads other rows is made for all of them before any is left out. */
function filtered(input: Rel, test: Expr): Rel {
  if (!someExpr(test, (of) => of.kind === 'window')) return filter(input, test);
  const tested = extend(input, [{ name: TEST, expr: test }]);
  return project(filter(tested, column({ name: TEST, type: 'bool' })), input.columns.map(keep));
}
