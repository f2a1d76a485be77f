import type { SyntaxNode } from '../../parse/syntax.js';
import { aggregate, limit } from '../../plan/build.js';
import type { Rel } from '../../plan/nodes.js';
import type { Context } from '../context.js';
import { constantOf } from './arguments.js';
import { count } from './arithmetic.js';

/** `preview(n)`: two tables, up to n rows and how many there are. */
export const lowerPreview = (_node: SyntaxNode, args: readonly SyntaxNode[], input: Rel, context: Context): Rel[] => [
  limit(input, constantOf(args[0]!, context, 'long')),
  aggregate(input, [], [{ name: 'Count', expr: count() }]),
];
