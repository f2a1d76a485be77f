import { kindOf, nameOf, type SyntaxNode } from '../parse/syntax.js';

/** A test of names against `a`, `b*` and `['c d']` patterns as `project-away`, `union` and the like take them. */
export function matchesAny(patterns: readonly SyntaxNode[]): (name: string) => boolean {
  const tests = patterns.map(matches);
  return (name) => tests.some((test) => test(name));
}

/** The test of one pattern; a name without a wildcard matches itself alone, whatever characters it is made of. */
function matches(node: SyntaxNode): (name: string) => boolean {
  const pattern = patternOf(node);
  if (pattern === undefined) return (name) => name === nameOf(node);
  const regex = wildcard(pattern);
  return (name) => regex.test(name);
}

/** The pattern a node stands for when it holds a wildcard, otherwise undefined. */
export function patternOf(node: SyntaxNode): string | undefined {
  if (kindOf(node) === 'StarExpression') return '*';
  const pattern: SyntaxNode | undefined = node.Name?.Pattern;
  return pattern && String(pattern.Text);
}

/** A regular expression for a name pattern in which `*` stands for anything. */
export const wildcard = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
    's',
  );
