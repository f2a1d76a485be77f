import { trawlError } from '../../../util/errors.js';
import { calledName, listOf, type SyntaxNode, spanOf } from '../../parse/syntax.js';
import type { Rel } from '../../plan/nodes.js';
import { badArgument, type Context, unsupported } from '../context.js';
import { PLUGINS, PLUGINS_OF_SEVERAL_TABLES } from '../plugins/index.js';
import { REFUSED_PLUGINS } from '../plugins/refused.js';
import type { LowerOperator } from './operator.js';

/** `evaluate plugin(…)`: the plugins are files of their own in `plugins/`. */
export const lowerEvaluate: LowerOperator = (node, input, context) => {
  const name = calledName(node.FunctionCall);
  const plugin = PLUGINS[name];
  if (plugin) return plugin(node, argumentsOf(node), input, context);
  if (PLUGINS_OF_SEVERAL_TABLES[name])
    return badArgument(
      name,
      'it gives several tables, so it must be the last operator of its query',
      node.FunctionCall,
    );
  const instead = REFUSED_PLUGINS[name];
  if (instead) throw trawlError('needs-cloud', { what: `the plugin ${name}`, instead }, spanOf(node.FunctionCall));
  return unsupported(`the plugin ${name}`, node.FunctionCall);
};

/** The tables of a plugin that gives several; undefined for other operators. */
export function lowerSeveralTables(node: SyntaxNode, input: () => Rel, context: Context): readonly Rel[] | undefined {
  if (!node.FunctionCall) return undefined;
  const plugin = PLUGINS_OF_SEVERAL_TABLES[calledName(node.FunctionCall)];
  return plugin?.(node, argumentsOf(node), input(), context);
}

const argumentsOf = (node: SyntaxNode): SyntaxNode[] => listOf(node.FunctionCall.ArgumentList?.Expressions);
