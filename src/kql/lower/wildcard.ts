import { kindOf, nameOf, type SyntaxNode, textOf } from '../parse/syntax.js';

/** A test of names against `a`, `b*` and `['c d']` patterns as `project-away`, `union` and the like take them. */
export function matchesAny(patterns: readonly SyntaxNode[]): (name: string) => boolean {
  const tests = patterns.map((pattern) => wildcard(patternText(pattern)));
  return (name) => tests.some((test) => test.test(name));
}

/** The pattern's text, without brackets and quotes. */
export function patternText(node: SyntaxNode): string {
  if (kindOf(node) === 'StarExpression') return '*';
  const name: SyntaxNode | undefined = node.Name;
  if (name?.Pattern) return String(name.Pattern.Text);
  return nameOf(node) || textOf(node);
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
