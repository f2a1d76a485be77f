import { calledName, listOf } from '../../parse/syntax.js';
import { unsupported } from '../context.js';
import { PLUGINS } from '../plugins/index.js';
import type { LowerOperator } from './operator.js';

/** `evaluate plugin(…)`: the plugins are files of their own in `plugins/`. */
export const lowerEvaluate: LowerOperator = (node, input, context) => {
  const name = calledName(node.FunctionCall);
  const plugin = PLUGINS[name];
  if (!plugin) return unsupported(`the plugin ${name}`, node.FunctionCall);
  return plugin(node, listOf(node.FunctionCall.ArgumentList?.Expressions), input, context);
};
