import { declaration, type NeedsSchema } from './lower/plugins/probe.js';
import { type Analysis, analyze, type Bindings } from './parse/analyze.js';
import type { Diagnostic } from './parse/diagnostics.js';
import { type PluginColumns, withFound } from './parse/plugin-columns.js';
import {
  callsAround,
  descendants,
  kqlTypeOf,
  nameOf,
  positionOf,
  type SyntaxNode,
  symbolKind,
  symbolOf,
  textOf,
} from './parse/syntax.js';
import type { Column } from './types.js';

/** The query with a plugin's columns known, and what there is to say about it. */
export interface Completed {
  readonly text: string;
  /** The columns of plugins that no text could be given. */
  readonly pluginColumns: PluginColumns;
  readonly diagnostics: readonly Diagnostic[];
}

interface Found {
  readonly text: string;
  readonly bindings: Bindings;
}

/**
 * Makes the columns that a plugin was found to give known to the binder: written behind its call, or, when the call stands in
 * a function that is stored or called several times, told by the call's key. A name that is read behind the plugin but no row
 * has becomes a null dynamic column, with a warning: the query then runs on data that lacks the property, as on none at all.
 */
export function completeSchema(
  text: string,
  needs: NeedsSchema,
  rows: readonly (readonly unknown[])[],
  bindings: Bindings,
): Completed {
  const columns = needs.look.columns(rows);
  const call: SyntaxNode = needs.node.FunctionCall;
  const start = positionOf(call) ?? -1;
  const end = start + call.Width;
  const written = text.slice(start, end) === textOf(call) && callsAround(needs.node) <= 1;
  const inBody = written ? [] : namesBehind(needs.node).filter((name) => !columns.some((of) => of.name === name));
  const complete = (absent: readonly string[], type: Column['type']): Found => {
    const all = [...columns, ...absent.map((name): Column => ({ name, type }))];
    if (!written) return { text, bindings: { ...bindings, pluginColumns: known(needs, all, bindings) } };
    const declared = [...(needs.look.keepsInput ? ['*'] : []), ...all.map(declaration)];
    return { text: `${text.slice(0, end)} : (${declared.join(', ')})${text.slice(end)}`, bindings };
  };
  const absent = [...inBody];
  const analyzed = (type: Column['type'] = 'dynamic'): Analysis => {
    const found = complete(absent, type);
    return analyze(found.text, found.bindings);
  };
  let analysis = analyzed();
  for (;;) {
    const unknown = unknownNames(analysis, written ? end : -1).filter((name) => !absent.includes(name));
    if (unknown.length === 0) break;
    absent.push(...unknown);
    analysis = analyzed();
  }
  const asText = absent.length > 0 && hasErrors(analysis) && !hasErrors(analyzed('string'));
  const result = complete(absent, asText ? 'string' : 'dynamic');
  return {
    text: result.text,
    pluginColumns: result.bindings.pluginColumns ?? new Map(),
    diagnostics: [
      ...absent.map((name) => warning('property-not-in-data', `No row has a property ${name}; it was read as null.`)),
      ...(written ? [] : sharedWarning(needs, bindings)),
    ],
  };
}

const warning = (code: string, message: string): Diagnostic => ({ code, severity: 'warning', message });

function known(
  { key, input, look }: NeedsSchema,
  columns: readonly Column[],
  { pluginColumns }: Bindings,
): PluginColumns {
  const { keepsInput } = look;
  const found = withFound(pluginColumns?.get(key), { columns, keepsInput, inputs: new Set([input]) });
  return new Map([...(pluginColumns ?? []), [key, found]]);
}

/** Calls of a function give one set of columns, whatever tables it is called with. */
function sharedWarning({ key, node }: NeedsSchema, { pluginColumns }: Bindings): Diagnostic[] {
  if (!pluginColumns?.has(key)) return [];
  const message = `${textOf(node.FunctionCall)} is applied to several tables: each gets the columns found in any of them, null where it has none.`;
  return [warning('plugin-columns-shared', message)];
}

const hasErrors = (analysis: Analysis): boolean => analysis.diagnostics.some((of) => of.severity === 'error');

/** Names after a place that the binder doesn't know. */
function unknownNames({ diagnostics, root }: Analysis, after: number): string[] {
  const places = new Set(diagnostics.flatMap((of) => (of.code === 'KS142' && of.span ? [of.span.start] : [])));
  const names = descendants(root, 'NameReference')
    .filter((of) => of.TextStart > after && places.has(of.TextStart))
    .map(nameOf);
  return [...new Set(names)];
}

/** Names behind a plugin in its function's body that could be columns of its result: the binder has no type for them. */
function namesBehind(node: SyntaxNode): string[] {
  let root = node;
  while (root.Parent) root = root.Parent;
  const end = node.TextStart + node.Width;
  const unknown = descendants(root, 'NameReference').filter(
    (of) => of.TextStart >= end && symbolKind(symbolOf(of)) === 'column' && kqlTypeOf(symbolOf(of)?.Type) === undefined,
  );
  const computed = new Set(descendants(root, 'NameDeclaration').map(nameOf));
  return [...new Set(unknown.map(nameOf))].filter((name) => !computed.has(name));
}
