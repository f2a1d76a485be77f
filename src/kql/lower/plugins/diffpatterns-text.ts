import { call, column, literal, long, not, project, text } from '../../plan/build.js';
import type { Expr } from '../../plan/nodes.js';
import { coerce } from '../coerce.js';
import { visible } from '../operators/join.js';
import { lowerExpr } from '../recurse.js';
import { columnOf, numberOf } from './arguments.js';
import { own } from './arithmetic.js';
import { cell, frequentItems, isDefault, patternRows } from './patterns.js';
import type { LowerPlugin } from './plugin.js';

/** Tokens of a text that patterns are looked for in. */
const MOST_TOKENS = 20;

/**
 * `diffpatterns_text(text, condition [, minTokens] [, threshold] [, maxTokens])`: the texts' beginnings, token by token, whose
 * shares of the rows for which the condition is true and of the others differ the most.
 */
export const lowerDiffpatternsText: LowerPlugin = (node, args, input, context) => {
  const plugin = 'diffpatterns_text';
  const rows = visible(input);
  const of = columnOf(plugin, args[0], rows, node);
  const condition = coerce(lowerExpr(args[1]!, { ...context, row: { columns: rows.columns } }), 'bool');
  const minTokens = isDefault(args[2], context) ? 1 : numberOf(plugin, args[2]!, context, [0, 200]);
  const threshold = isDefault(args[3], context) ? 0.05 : numberOf(plugin, args[3]!, context, [0.015, 1]);
  const maxTokens = isDefault(args[4], context) ? MOST_TOKENS : numberOf(plugin, args[4]!, context, [0, MOST_TOKENS]);

  const space = text('\\s+');
  const tidy = call('replace_regex', 'string', call('trim', 'string', space, column(of)), space, text(' '));
  const taken = project(rows, [
    { name: '$tokens', expr: call('split', 'dynamic', tidy, text(' ')) },
    { name: '$true', expr: call('coalesce', 'bool', condition, literal('bool', false)) },
  ]);
  const token = (i: number): Expr => {
    const found = coerce(call('[]', 'dynamic', own('$tokens', 'dynamic'), long(i)), 'string');
    return call('iff', 'string', call('isempty', 'bool', found), text(''), call('strcat', 'string', text('v'), found));
  };
  const weight = (side: Expr): Expr => call('iff', 'real', side, literal('real', 1), literal('real', 0));
  const isTrue = own('$true', 'bool');
  const table = frequentItems(
    taken,
    {
      columns: Array.from({ length: Math.trunc(maxTokens) }, (_, i) => token(i)),
      weights: [weight(isTrue), weight(not(isTrue))],
      threshold,
      tellRare: true,
    },
    context,
  );
  const found = patternRows(
    table,
    'patterns_of_texts',
    literal('real', threshold),
    long(Math.max(Math.trunc(minTokens), 1)),
  );
  return project(found, [
    { name: 'Count_of_True', expr: cell(0, 'long') },
    { name: 'Count_of_False', expr: cell(1, 'long') },
    { name: 'Percent_of_True', expr: cell(2, 'real') },
    { name: 'Percent_of_False', expr: cell(3, 'real') },
    { name: 'Pattern', expr: cell(4, 'string') },
  ]);
};
