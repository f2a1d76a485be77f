import type { Schema } from './lower/context.js';
import { bind, EMPTY_SCOPE, type Scope } from './lower/context.js';
import { lowerQuery } from './lower/query.js';
import { optimize, type OptimizeOptions } from './optimize/index.js';
import { throwOnError } from './parse/analyze.js';
import type { Diagnostic } from './parse/diagnostics.js';
import { relax } from './parse/relaxations/index.js';
import type { Literal, PlanResult } from './plan/nodes.js';

export interface CompileOptions extends OptimizeOptions {
  readonly schema: Schema;
  /** The query clock, in ticks. */
  readonly now: bigint;
  /** Values of `declare query_parameters`, by name. */
  readonly parameters?: Readonly<Record<string, Literal>>;
}

/** A query ready to print and run. */
export interface Compiled {
  readonly results: readonly PlanResult[];
  readonly diagnostics: readonly Diagnostic[];
  /** The text that was run: the query itself, or its portable rewrite. */
  readonly text: string;
}

/**
 * Compiles a query: parse and bind, relax what Sentinel would refuse, lower, optimize.
 * @throws TrawlError with the official parser's code and place, or `unsupported` / `bad-argument` with its place; nothing has run then
 */
export function compile(text: string, options: CompileOptions): Compiled {
  const { schema } = options;
  const relaxed = relax(text, schema);
  throwOnError(relaxed.analysis);
  const diagnostics: Diagnostic[] = [...relaxed.diagnostics, ...relaxed.analysis.diagnostics.filter((of) => of.severity !== 'error')];
  let counter = 0;
  const session = { schema, now: options.now, diagnostics, next: () => ++counter };
  const results = lowerQuery(relaxed.analysis.root, session, givenParameters(options.parameters));
  return {
    results: results.map((result) => ({ ...result, rel: optimize(result.rel, options) })),
    diagnostics,
    text: relaxed.analysis.text,
  };
}

function givenParameters(parameters: CompileOptions['parameters']): Scope {
  return Object.entries(parameters ?? {}).reduce(
    (scope, [name, value]) => bind(scope, name, { kind: 'scalar', expr: value }),
    EMPTY_SCOPE,
  );
}

