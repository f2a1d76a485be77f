import { trawlError } from '../util/errors.js';
import { declaration, type NeedsSchema } from './lower/plugins/probe.js';
import { type Analysis, analyze, type Bindings } from './parse/analyze.js';
import type { Diagnostic } from './parse/diagnostics.js';
import { callsAround, descendants, nameOf, positionOf, textOf } from './parse/syntax.js';

/** The query with a plugin's schema written out, and what there is to say about it. */
export interface Completed {
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Writes the columns that a plugin was found to give behind its call. A name that the rest of the query reads but no row
 * has becomes a null dynamic column, with a warning: the query then runs on data that lacks the property, as on none at all.
 */
export function completeSchema(
  text: string,
  needs: NeedsSchema,
  rows: readonly (readonly unknown[])[],
  bindings: Bindings,
): Completed {
  const { node } = needs;
  const start = positionOf(node.FunctionCall) ?? -1;
  const end = start + node.FunctionCall.Width;
  if (text.slice(start, end) !== textOf(node.FunctionCall) || callsAround(node) > 1) {
    throw trawlError('unsupported', {
      what: `${textOf(node.FunctionCall)} inside a function that is stored or called several times`,
      instead: 'write its columns behind it, as in : (*, name:string)',
    });
  }
  const declared = [...needs.declare(rows)];
  const absent: string[] = [];
  const complete = (type: string): string => {
    const columns = [...(needs.keepsInput ? ['*'] : []), ...declared, ...absent.map((name) => declaration(name, type))];
    return `${text.slice(0, end)} : (${columns.join(', ')})${text.slice(end)}`;
  };
  let analysis: Analysis = analyze(complete('dynamic'), bindings);
  for (
    let unknown = unknownNames(analysis, end, absent);
    unknown.length > 0;
    unknown = unknownNames(analysis, end, absent)
  ) {
    absent.push(...unknown);
    analysis = analyze(complete('dynamic'), bindings);
  }
  const asText = hasErrors(analysis) && absent.length > 0 && !hasErrors(analyze(complete('string'), bindings));
  return {
    text: complete(asText ? 'string' : 'dynamic'),
    diagnostics: absent.map((name) => ({
      code: 'property-not-in-data',
      severity: 'warning',
      message: `No row has a property ${name}; it was read as null.`,
    })),
  };
}

const hasErrors = (analysis: Analysis): boolean => analysis.diagnostics.some((of) => of.severity === 'error');

/** Names after the plugin that the binder doesn't know. */
function unknownNames({ diagnostics, root }: Analysis, after: number, known: readonly string[]): string[] {
  const places = new Set(diagnostics.flatMap((of) => (of.code === 'KS142' && of.span ? [of.span.start] : [])));
  const names = descendants(root, 'NameReference')
    .filter((of) => of.TextStart > after && places.has(of.TextStart))
    .map(nameOf);
  return [...new Set(names)].filter((name) => !known.includes(name));
}
