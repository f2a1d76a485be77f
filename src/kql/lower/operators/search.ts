import type { SyntaxNode } from '../../parse/syntax.js';
import type { Rel } from '../../plan/nodes.js';
import { type Context, unsupported } from '../context.js';

export const lowerSearch = (node: SyntaxNode, _input: Rel | undefined, _context: Context): Rel => unsupported('the operator search', node);
