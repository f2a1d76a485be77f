import type { DuckDBConnection } from '@duckdb/node-api';
import { TrawlError, trawlError } from '../util/errors.js';

export interface Limits {
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** Keeps what runs on a connection within its limits, until `end`. */
export interface Watch {
  /** @throws TrawlError `query-timeout`, `query-cancelled` once a limit was met */
  check(): void;
  /** What to throw for an error of what was run. */
  reason(error: unknown): unknown;
  end(): void;
}

/**
 * Interrupts the connection at the deadline or when the signal is aborted.
 * @throws TrawlError `query-cancelled` when it is aborted already
 */
export function watchLimits(connection: DuckDBConnection, { timeoutMs, signal }: Limits): Watch {
  let stopped: TrawlError | undefined;
  const stop = (reason: TrawlError): void => {
    stopped ??= reason;
    connection.interrupt();
  };
  const cancel = (): void => stop(trawlError('query-cancelled', undefined as never));
  if (signal?.aborted) throw trawlError('query-cancelled', undefined as never);
  const timer =
    timeoutMs === undefined
      ? undefined
      : setTimeout(() => stop(trawlError('query-timeout', { ms: timeoutMs })), timeoutMs);
  signal?.addEventListener('abort', cancel, { once: true });
  return {
    check() {
      if (stopped) throw stopped;
    },
    reason: (error) => stopped ?? engineError(error),
    end() {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
    },
  };
}

/**
 * Runs `work` on the connection; interrupts it at the deadline or when the signal is aborted.
 * DuckDB's errors come out as ours: `query-timeout`, `query-cancelled`, `out-of-memory`, `query-failed`, or `internal` for a defect.
 */
export async function runWithin<T>(connection: DuckDBConnection, limits: Limits, work: () => Promise<T>): Promise<T> {
  const watch = watchLimits(connection, limits);
  try {
    const result = await work();
    watch.check();
    return result;
  } catch (error) {
    throw watch.reason(error);
  } finally {
    watch.end();
  }
}

function engineError(error: unknown): unknown {
  if (error instanceof TrawlError || !(error instanceof Error)) return error;
  const message = error.message.split('\n')[0]!;
  if (/^Out of Memory/i.test(message))
    return trawlError('out-of-memory', { limit: /memory limit of ([^ )]+)/.exec(message)?.[1] ?? 'the process' });
  if (/Max expression depth limit/.test(message))
    return trawlError('query-too-complex', { why: 'its expressions are nested too deeply' }, undefined, {
      cause: error,
    });
  if (/^(Out of Range|Conversion|Invalid Input|Arithmetic)/i.test(message))
    return trawlError('query-failed', { reason: message.replace(/^\w[\w ]* Error: /, '') }, undefined, {
      cause: error,
    });
  // a file of the archive that is gone or damaged
  if (/^(IO|Invalid) Error: .*[.]parquet/i.test(message))
    return trawlError('query-failed', { reason: message.replace(/^\w+ Error: /, '') }, undefined, { cause: error });
  return trawlError('internal', { reason: message }, undefined, { cause: error });
}
