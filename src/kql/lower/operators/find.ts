import type { SyntaxNode } from '../../parse/syntax.js';
import type { Rel } from '../../plan/nodes.js';
import { type Context, unsupported } from '../context.js';

export const lowerFind = (node: SyntaxNode, _context: Context): Rel => unsupported('the operator find', node);
