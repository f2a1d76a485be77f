import { withinTime } from '../util/deadline.js';
import { TrawlError } from '../util/errors.js';
import { type Completed, completeSchema } from './complete-schema.js';
import type { Schema } from './lower/context.js';
import { NeedsSchema } from './lower/plugins/probe.js';
import { lowerQuery } from './lower/query.js';
import { readSettings } from './lower/settings.js';
import { type OptimizeOptions, optimize } from './optimize/index.js';
import type { Diagnostic } from './parse/diagnostics.js';
import { official } from './parse/official.js';
import type { PluginColumns } from './parse/plugin-columns.js';
import { relax } from './parse/relaxations/index.js';
import { throwOnError } from './parse/throw-on-error.js';
import type { Literal, PlanResult, Rel } from './plan/nodes.js';
import { withProvided } from './provided/index.js';
import { checkSavedFunctions, withNamedFunctions } from './saved-functions.js';

export interface CompileOptions extends OptimizeOptions {
  readonly schema: Schema;
  /** The query clock, in ticks. */
  readonly now: bigint;
  /** Values of `declare query_parameters`, by name. */
  readonly parameters?: Readonly<Record<string, Literal>>;
  /** Whether `externaldata` may read a place, as the query writes it; none unless told. */
  readonly allowsExternal?: (place: string) => boolean;
  /** After how many milliseconds to give up; a minute unless told. */
  readonly compileMs?: number;
  /** What earlier rounds found: see `Completed`. */
  readonly pluginColumns?: PluginColumns;
}

/** Real queries take milliseconds, `union *` over hundreds of wide tables some seconds. */
export const COMPILE_MS = 60_000;

/** A query that must look at the data before it can be compiled: a plugin in it gets its columns from there. */
export interface Probe {
  /** What to run. */
  readonly probe: Rel;
  /** The query to compile next, with the columns written out. */
  complete(rows: readonly (readonly unknown[])[]): Completed;
}

/** A query ready to print and run. */
export interface Compiled {
  readonly results: readonly PlanResult[];
  readonly diagnostics: readonly Diagnostic[];
  /** The text that was run: the query itself, or its portable rewrite. */
  readonly text: string;
  /** The query clock: the caller's, or what the query sets it to. */
  readonly now: bigint;
  /** How many rows the query wants its results cut at. */
  readonly rowLimit?: number;
}

/**
 * Compiles a query: parse and bind, relax what Sentinel would refuse, lower, optimize.
 * @throws TrawlError with the official parser's code and place, or `unsupported` / `bad-argument` with its place; nothing has run then
 */
export function compile(text: string, options: CompileOptions): Compiled | Probe {
  // to load it takes a second and more on a busy machine, which is none of the query's
  official();
  try {
    return withinTime(options.compileMs ?? COMPILE_MS, () => compiled(text, options));
  } catch (error) {
    if (!(error instanceof TrawlError) || !error.span?.within) throw error;
    throw new TrawlError(error.code, `${error.message} (in ${error.span.within})`, error.span, { cause: error.cause });
  }
}

function compiled(text: string, options: CompileOptions): Compiled | Probe {
  const { pluginColumns } = options;
  const named = withNamedFunctions(text, options.schema);
  const schema = withProvided(text, pluginColumns ? { ...named, pluginColumns } : named);
  checkSavedFunctions(text, schema);
  const relaxed = relax(text, schema);
  throwOnError(relaxed.analysis, schema);
  const diagnostics: Diagnostic[] = [
    ...relaxed.diagnostics,
    ...relaxed.analysis.diagnostics.filter((of) => of.severity !== 'error'),
  ];
  let counter = 0;
  const settings = readSettings(relaxed.analysis.root);
  const now = settings.now ?? options.now;
  const session = {
    schema,
    now,
    diagnostics,
    settings,
    parameters: options.parameters ?? {},
    allowsExternal: options.allowsExternal ?? (() => false),
    next: () => ++counter,
  };
  let results: PlanResult[];
  try {
    results = lowerQuery(relaxed.analysis.root, session);
  } catch (error) {
    if (!(error instanceof NeedsSchema)) throw error;
    return {
      probe: optimize(error.look.rel, options),
      complete: (rows) => {
        const next = completeSchema(relaxed.analysis.text, error, rows, schema);
        // the next text is portable already: what was relaxed is told now or never
        return { ...next, diagnostics: [...relaxed.diagnostics, ...next.diagnostics] };
      },
    };
  }
  return {
    results: results.map((result) => ({ ...result, rel: optimize(result.rel, options) })),
    diagnostics: diagnostics.map(withPlace),
    text: relaxed.analysis.text,
    now,
    ...(settings.rowLimit === undefined ? {} : { rowLimit: settings.rowLimit }),
  };
}

/** What is said of a place in a saved function names that place. */
const withPlace = (of: Diagnostic): Diagnostic =>
  of.span?.within ? { ...of, message: `${of.message} (in ${of.span.within})` } : of;
