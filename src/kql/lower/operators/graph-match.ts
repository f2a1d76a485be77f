import { parametersOf, type SyntaxNode, textOf } from '../../parse/syntax.js';
import { project } from '../../plan/build.js';
import type { Paths } from '../../plan/nodes.js';
import { badArgument, unsupported } from '../context.js';
import { readClauses } from '../graph/clauses.js';
import { type Cycles, distinctness } from '../graph/conditions.js';
import { matchesOf } from '../graph/matches.js';
import { readPattern } from '../graph/pattern.js';
import type { LowerGraphOperator } from './operator.js';

/** What `cycles=` lets a path repeat. */
const UNIQUE: Readonly<Record<Cycles, Paths['unique']>> = { all: 'nothing', none: 'nodes', unique_edges: 'edges' };

/** `graph-match [cycles = …] pattern where … project …`: a row for each way in which the pattern occurs in the graph. */
export const lowerGraphMatch: LowerGraphOperator = (node, graph, context) => {
  const pattern = readPattern(node.Patterns, context);
  const cycles = cyclesOf(node);
  if (cycles === 'none' && pattern.edges.some((of) => of.range?.min === 0)) {
    return unsupported('cycles=none with a path of no edges (*0..)', node);
  }
  const { conditions, items, requests } = readClauses(node, graph, pattern, context);
  const matches = matchesOf(
    graph,
    {
      pattern,
      requests,
      conditions: [...conditions, ...distinctness(pattern, cycles, requests)],
      unique: UNIQUE[cycles],
    },
    context.session,
  );
  return project(matches, items);
};

function cyclesOf(node: SyntaxNode): Cycles {
  const given = parametersOf(node).get('cycles');
  const name = given ? textOf(given).toLowerCase() : 'unique_edges';
  return name in UNIQUE ? (name as Cycles) : badArgument('cycles', 'it is all, none or unique_edges', given ?? node);
}
