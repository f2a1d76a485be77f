import type { SyntaxNode } from '../../parse/syntax.js';
import type { Rel } from '../../plan/nodes.js';
import type { Context } from '../context.js';

/** Lowers one tabular operator over `input`; the context's row is the input's. */
export type LowerOperator = (node: SyntaxNode, input: Rel, context: Context) => Rel;
