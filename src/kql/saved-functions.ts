import { type Span, trawlError } from '../util/errors.js';
import type { Schema, StoredFunction } from './lower/context.js';
import { analyze } from './parse/analyze.js';
import { lineAndColumn } from './parse/function-source.js';
import { wordsOf } from './parse/words.js';

/** The schema with only those saved functions that the text calls, and those that these call. */
export function withNamedFunctions(text: string, schema: Schema): Schema {
  if (schema.functions.length === 0) return schema;
  const byName = new Map(schema.functions.map((of) => [of.name, of]));
  const named = new Set<StoredFunction>();
  const visit = (part: string): void => {
    for (const word of wordsOf(part)) {
      const found = byName.get(word);
      if (!found || named.has(found) || !couldCall(part, found)) continue;
      named.add(found);
      visit(found.body);
    }
  };
  visit(text);
  return { ...schema, functions: [...named], savedNames: [...byName.keys()] };
}

/** Whether a text that has the function's name may mean the function: one with parameters needs parentheses. */
const couldCall = (text: string, { name, parameters }: StoredFunction): boolean =>
  parameters.replace(/\s/g, '') === '()' || new RegExp(`\\b${name}\\s*\\(`).test(text);

/**
 * Checks the saved functions that a query calls: a mistake in one is told by its file and place.
 * @throws TrawlError `function-invalid`
 */
export function checkSavedFunctions(text: string, schema: Schema): void {
  for (const of of schema.functions) {
    if (!of.source) continue;
    const mistake = mistakeIn(of, schema);
    if (mistake) throw trawlError('function-invalid', mistake, placeOf(of.name, text));
  }
}

/** What is wrong with a saved function, if anything. */
export function mistakeIn(of: StoredFunction, schema: Schema): { place: string; reason: string } | undefined {
  const { file, text } = of.source!;
  const circle = circleFrom(of, schema);
  if (circle) return { place: file, reason: `it calls itself: ${circle.join(' calls ')}` };
  const found = analyze(text, schema).diagnostics.find(({ severity }) => severity === 'error');
  if (!found) return undefined;
  return {
    place: found.span ? `${file}:${lineAndColumn(text, found.span.start)}` : file,
    reason: `${found.message} (${found.code})`,
  };
}

/** The names from a function back to itself, when it calls itself. */
function circleFrom(start: StoredFunction, { functions }: Schema): string[] | undefined {
  const visit = (of: StoredFunction, path: readonly string[]): string[] | undefined => {
    const words = wordsOf(of.body);
    for (const next of functions) {
      if (!next.source || !words.has(next.name)) continue;
      if (next === start) return [...path, of.name, next.name];
      if (path.includes(next.name) || next === of) continue;
      const found = visit(next, [...path, of.name]);
      if (found) return found;
    }
    return undefined;
  };
  return visit(start, []);
}

function placeOf(name: string, text: string): Span | undefined {
  const at = text.search(new RegExp(`\\b${name}\\b`));
  return at < 0 ? undefined : { start: at, length: name.length };
}
