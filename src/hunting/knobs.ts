import { kqlLiteral } from '../kql/literal-text.js';
import { analyze } from '../kql/parse/analyze.js';
import { applyEdits } from '../kql/parse/relaxations/edits.js';
import { kindOf, listOf, nameOf, type SyntaxNode, spanOf, textOf } from '../kql/parse/syntax.js';
import type { Literal } from '../kql/plan/nodes.js';
import type { KqlType } from '../kql/types.js';
import type { Span } from '../util/errors.js';
import { constantOf } from './constant.js';

/** A top-level `let` of a query that holds a constant. */
export interface Knob {
  readonly name: string;
  readonly type: KqlType;
  readonly default: Literal;
  /** The default as the query writes it: `100 * 1024 * 1024`. */
  readonly defaultText: string;
  /** The comment on its line, or on the lines just above; '' without one. */
  readonly help: string;
  /** Where the value stands in the query. */
  readonly span: Span;
}

/** The knobs of a query, in its order. A query that does not parse has those that can still be made out. */
export function knobsOf(query: string): Knob[] {
  const { root } = analyze(query, { table: () => undefined, existing: [], functions: [] });
  const constants = new Map<string, Literal>();
  const knobs = new Map<string, Knob>();
  for (const statement of listOf(root.Statements)) {
    if (kindOf(statement) !== 'LetStatement' || kindOf(statement.Expression) === 'FunctionDeclaration') continue;
    const name = nameOf(statement.Name);
    const value = constantOf(statement.Expression, constants);
    if (!value) {
      constants.delete(name);
      knobs.delete(name);
      continue;
    }
    constants.set(name, value);
    knobs.set(name, knobAt(query, statement, name, value));
  }
  return [...knobs.values()];
}

function knobAt(query: string, statement: SyntaxNode, name: string, value: Literal): Knob {
  const span = spanOf(statement.Expression);
  return {
    name,
    type: value.type,
    default: value,
    defaultText: textOf(statement.Expression).replace(/\s+/g, ' '),
    help: commentAfter(query, span.start + span.length) || commentAbove(query, statement.TextStart),
    span,
  };
}

const commentAfter = (query: string, end: number): string =>
  /^[ \t]*;?[ \t]*\/\/+[ \t]*([^\r\n]*)/.exec(query.slice(end))?.[1]?.trim() ?? '';

/** The lines just above that hold a comment only, joined. */
function commentAbove(query: string, start: number): string {
  const lines = query.slice(0, start).split('\n').slice(0, -1);
  const found: string[] = [];
  for (let at = lines.length - 1; at >= 0; at--) {
    const comment = /^\s*\/\/+\s*(.*?)\s*$/.exec(lines[at]!);
    if (!comment) break;
    found.unshift(comment[1]!);
  }
  return found.length <= 2 ? found.join(' ') : '';
}

/** The query with values in place of knobs' constants. Knobs not among `values` stay as they are written. */
export function withKnobs(query: string, knobs: readonly Knob[], values: ReadonlyMap<string, Literal>): string {
  return applyEdits(
    query,
    knobs.flatMap(({ name, span }) => {
      const value = values.get(name);
      return value ? [{ ...span, text: kqlLiteral(value) }] : [];
    }),
  );
}
