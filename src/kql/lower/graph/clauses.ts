import { kindOf, listOf, type SyntaxNode } from '../../parse/syntax.js';
import { bool } from '../../plan/build.js';
import type { NamedExpr } from '../../plan/nodes.js';
import { coerce } from '../coerce.js';
import type { Context } from '../context.js';
import { lowerExpr } from '../recurse.js';
import { type Condition, conditionsOf } from './conditions.js';
import { elementReader } from './elements.js';
import type { Graph } from './graph.js';
import { projectedNames } from './names.js';
import type { Pattern } from './pattern.js';
import { newRequests, type Requests } from './requests.js';

/** The `where` and `project` of a graph operator, over the hidden columns of its matches, and what these must hold. */
export interface Clauses {
  readonly conditions: readonly Condition[];
  readonly items: readonly NamedExpr[];
  readonly requests: Requests;
}

export function readClauses(node: SyntaxNode, graph: Graph, pattern: Pattern, context: Context): Clauses {
  const requests = newRequests();
  const within = (clause: 'where' | 'project'): Context => ({
    ...context,
    row: { columns: [] },
    elements: elementReader(graph, pattern, requests, clause),
  });
  const where: SyntaxNode | undefined = node.WhereClause?.Condition;
  const condition = where ? coerce(lowerExpr(where, within('where')), 'bool') : bool(true);
  const names = projectedNames(node);
  const items = listOf(node.ProjectClause?.Expressions).map((of, i): NamedExpr => {
    const value: SyntaxNode = kindOf(of) === 'SimpleNamedExpression' ? of.Expression : of;
    return { name: names[i]!, expr: lowerExpr(value, within('project')) };
  });
  return { conditions: where ? conditionsOf(condition, requests) : [], items, requests };
}
