import type { SyntaxNode } from '../../parse/syntax.js';
import type { Rel } from '../../plan/nodes.js';
import type { Context } from '../context.js';

/** Lowers `evaluate name(args)`; `node` is the EvaluateOperator, with its schema clause if there is one. */
export type LowerPlugin = (node: SyntaxNode, args: readonly SyntaxNode[], input: Rel, context: Context) => Rel;

/** Lowers a plugin that gives several tables. */
export type LowerTables = (
  node: SyntaxNode,
  args: readonly SyntaxNode[],
  input: Rel,
  context: Context,
) => readonly Rel[];
