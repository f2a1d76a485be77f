import { official } from './official.js';
import { kindOf, listOf, nameOf, type SyntaxNode, textOf } from './syntax.js';

/** What a file of the workspace's `functions/` holds: the parts of a function. */
export interface FunctionParts {
  /** The name it is declared by, when the file is a `let`. */
  readonly declaredName?: string;
  /** `(a: long, T: (*))` */
  readonly parameters: string;
  readonly body: string;
  /** Where the body begins in the text. */
  readonly bodyStart: number;
}

/**
 * Reads a function's text: either one statement `let name = (parameters) { body }`, or a query, which is a function
 * without parameters. Mistakes inside are found when it is analyzed.
 */
export function functionParts(text: string): FunctionParts {
  const statements = listOf(official().Kusto.KustoCode.Parse(text).Syntax.Statements);
  const [only] = statements;
  const declaration: SyntaxNode | undefined =
    statements.length === 1 && only && kindOf(only) === 'LetStatement' ? only.Expression : undefined;
  if (!only || !declaration || kindOf(declaration) !== 'FunctionDeclaration')
    return { parameters: '()', body: text, bodyStart: 0 };
  const { OpenBrace, CloseBrace } = declaration.Body;
  const bodyStart = OpenBrace.TextStart + 1;
  const end = CloseBrace.IsMissing ? text.length : CloseBrace.TextStart;
  return {
    declaredName: nameOf(only.Name),
    parameters: textOf(declaration.Parameters),
    body: text.slice(bodyStart, end),
    bodyStart,
  };
}
