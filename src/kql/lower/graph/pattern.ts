import { kindOf, listOf, nameOf, type SyntaxNode } from '../../parse/syntax.js';
import { badArgument, type Context } from '../context.js';
import { lowerExpr } from '../recurse.js';

/** A graph pattern: its elements by name, those without a name by one of our own (`$1`, which no query can say). */
export interface Pattern {
  readonly nodes: readonly string[];
  readonly edges: readonly PatternEdge[];
  /** How many comma-separated sequences it was written as. */
  readonly sequences: number;
}

/** An edge of the pattern from `left` to `right`, or a path of edges when it has a range. */
export interface PatternEdge {
  readonly name: string;
  readonly left: string;
  readonly right: string;
  /** Which way the edge points in the pattern as it is read. */
  readonly direction: 'right' | 'left' | 'any';
  readonly range?: { readonly min: number; readonly max: number };
}

/** Reads the patterns of `graph-match` and `graph-shortest-paths`. */
export function readPattern(patterns: SyntaxNode, context: Context): Pattern {
  let unnamed = 0;
  const named = (element: SyntaxNode): string => (element.Name ? nameOf(element.Name) : `$${++unnamed}`);
  const nodes: string[] = [];
  const edges: PatternEdge[] = [];
  const sequences = listOf(patterns);
  for (const sequence of sequences) {
    const elements = listOf(sequence.PatternElements);
    let left: string | undefined;
    let open: { readonly edge: SyntaxNode; readonly name: string } | undefined;
    for (const element of elements) {
      if (kindOf(element) !== 'GraphMatchPatternNode') {
        open = { edge: element, name: named(element) };
        continue;
      }
      const right = named(element);
      if (!nodes.includes(right)) nodes.push(right);
      if (open && left !== undefined) edges.push(edgeOf(open.edge, open.name, left, right, context));
      left = right;
      open = undefined;
    }
    if (open) return badArgument('graph pattern', 'an edge must lead to a node', open.edge);
  }
  const pattern: Pattern = { nodes, edges, sequences: sequences.length };
  const taken = new Set(nodes);
  for (const { name } of edges) {
    if (taken.has(name)) return badArgument(name, 'two elements of the pattern have this name', patterns);
    taken.add(name);
  }
  if (!isConnected(pattern)) {
    return badArgument('graph pattern', 'its sequences must be connected by the nodes they share', patterns);
  }
  return pattern;
}

function edgeOf(edge: SyntaxNode, name: string, left: string, right: string, context: Context): PatternEdge {
  const [first, last] = [String(edge.FirstToken.Text), String((edge.LastToken ?? edge.FirstToken).Text)];
  if (first.startsWith('<') && last.endsWith('>')) {
    return badArgument('graph pattern', 'an edge points one way, or either (--)', edge);
  }
  const direction = first.startsWith('<') ? 'left' : last.endsWith('>') ? 'right' : 'any';
  if (!edge.Range) return { name, left, right, direction };
  const min = bound(edge.Range.RangeStart, context);
  const max = bound(edge.Range.RangeEnd, context);
  if (min > max) return badArgument('graph pattern', `a path of ${min} to ${max} edges has no length`, edge.Range);
  return { name, left, right, direction, range: { min, max } };
}

function bound(node: SyntaxNode, context: Context): number {
  const expr = lowerExpr(node, { ...context, row: undefined });
  const given = expr.kind === 'literal' && typeof expr.value === 'bigint' ? Number(expr.value) : -1;
  return given >= 0 ? given : badArgument('graph pattern', 'the length of a path is a whole number', node);
}

function isConnected({ nodes, edges }: Pattern): boolean {
  const reached = new Set(nodes.slice(0, 1));
  for (let size = -1; size !== reached.size; ) {
    size = reached.size;
    for (const { left, right } of edges) {
      if (reached.has(left)) reached.add(right);
      else if (reached.has(right)) reached.add(left);
    }
  }
  return reached.size === nodes.length;
}
