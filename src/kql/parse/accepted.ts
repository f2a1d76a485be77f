import type { Diagnostic } from './diagnostics.js';
import { argumentsOf, calledName, descendants, parametersOf, type SyntaxNode, spanOf, textOf } from './syntax.js';

/** Errors of the official binder about text that the engine takes: code → the places in a tree where it is no error. */
const ACCEPTED: Readonly<Record<string, (root: SyntaxNode) => readonly SyntaxNode[]>> = {
  // the last part of make_timespan may be a real
  KS134: (root) =>
    descendants(root, 'FunctionCallExpression')
      .filter((call) => calledName(call) === 'make_timespan')
      .flatMap((call) => descendants(call, 'RealLiteralExpression')),
  // a search takes a text for whether it is found, also inside not()
  KS107: (root) =>
    descendants(root, 'SearchOperator')
      .flatMap((search) => descendants(search, 'FunctionCallExpression'))
      .filter((call) => calledName(call) === 'not')
      .flatMap((call) => argumentsOf(call.ArgumentList)),
  // a fuzzy union leaves out what there is not, also a pattern that no table has; views are not known to the binder
  KS142: (root) =>
    descendants(root, 'UnionOperator')
      .filter((union) => /^(true|1)$/i.test(textOf(parametersOf(union).get('isfuzzy') ?? union)) || hasViews(root))
      .flatMap((union) => descendants(union, 'WildcardedName')),
};

const hasViews = (root: SyntaxNode): boolean =>
  descendants(root, 'FunctionDeclaration').some((declaration) => declaration.ViewKeyword);

/** The findings without those that the engine does not share. */
export function withoutAccepted(diagnostics: readonly Diagnostic[], root: SyntaxNode): readonly Diagnostic[] {
  return diagnostics.filter(({ code, span }) => {
    const places = ACCEPTED[code]?.(root) ?? [];
    return !places.some((place) => spanOf(place).start === span?.start && spanOf(place).length === span.length);
  });
}
