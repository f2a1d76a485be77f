import { realpathSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import type { Config } from '../../config/config.js';
import type { SavedFunction } from '../../engine/functions/saved.js';
import type { MaintenanceReport } from '../../engine/maintenance/maintain.js';
import type { Explained, QueryEvent, QueryOptions, QueryResult } from '../../engine/query-types.js';
import type { StoredTable } from '../../engine/store/types.js';
import type { Watchlist } from '../../engine/watchlists/types.js';
import { huntsAtHand } from '../../hunting/at-hand.js';
import type { HuntResult } from '../../hunting/run.js';
import type { IngestOptions, IngestReport } from '../../ingest/report.js';
import { TrawlError, trawlError } from '../../util/errors.js';
import type { Workspace } from '../../workspace.js';
import type { Call, CallMethod, RemoteTable } from '../calls.js';
import type { WireError } from '../http/failures.js';
import type { Registration } from '../registration.js';
import { fromWire, toWire } from '../wire.js';

/** The workspace that a running server has open: the same methods, answers and errors. */
export async function remoteWorkspace(directory: string, server: Registration, config: Config): Promise<Workspace> {
  const post = poster(server);
  const call = async <T, M extends CallMethod>(method: M, body: Call<M>, signal?: AbortSignal): Promise<T> => {
    const response = await post(`/api/${method}`, body, signal);
    return unwrapped<T>(await response.text(), response.ok);
  };
  const path = realpathSync(directory);
  const hunts = huntsAtHand(path, config);
  const storedTable = (table: RemoteTable): StoredTable => ({
    ...table,
    physical: new Map(table.physical),
    literals: new Map(table.literals),
    addressKeys: new Map(table.addressKeys),
    rows: () => call('rows', { table: table.name }),
    timeRange: (column) => call('timeRange', { table: table.name, ...(column === undefined ? {} : { column }) }),
  });
  // what the methods that answer at once show is as of the opening
  const [tables, functions, watchlists] = await Promise.all([
    call<RemoteTable[], 'tables'>('tables', {}),
    call<SavedFunction[], 'functions'>('functions', {}),
    call<Watchlist[], 'watchlists'>('watchlists', {}),
  ]);
  const workspace: Workspace = {
    path,
    createTable: (name, columns, options) => call('createTable', { name, columns, ...(options ? { options } : {}) }),
    ingest: (paths, options = {}) =>
      ingest(post, [paths].flat(), { ...options, settings: { ...config.connectorSettings, ...options.settings } }),
    query: (kql, { signal, ...options } = {}) => call<QueryResult, 'query'>('query', { kql, options }, signal),
    queryStream: (kql, options) => queryStream(post, kql, options),
    explain: (kql, { signal, ...options } = {}) => call<Explained, 'explain'>('explain', { kql, options }, signal),
    hunt: (id, { knobs, ...how } = {}) => {
      const hunt = hunts.find(id);
      return workspace.runHunt(hunt, hunts.prepare(hunt, knobs), how);
    },
    hunts: hunts.list,
    prepareHunt: hunts.prepare,
    runHunt: (hunt, prepared, { signal, ...options } = {}) =>
      call<HuntResult, 'runHunt'>('runHunt', { hunt, prepared, options }, signal),
    tables: () => tables.map(storedTable),
    functions: () => functions,
    watchlists: () => watchlists,
    importWatchlist: (file, options) => call('importWatchlist', { path: resolve(file), options }),
    removeWatchlist: (alias) => call('removeWatchlist', { alias }),
    feeds: () => call('feeds', {}),
    updateFeeds: (names, how) => inLines(post, '/api/updateFeeds', names ? { names } : {}, how?.signal),
    rejected: (options) => call('rejected', options ? { options } : {}),
    maintain: ({ policy, now, signal } = {}) => {
      const options = { ...(policy ? { policy } : {}), ...(now === undefined ? {} : { now }) };
      return call<MaintenanceReport, 'maintain'>('maintain', { options }, signal);
    },
    close: async () => {},
  };
  return workspace;
}

type Post = (path: string, body: unknown, signal?: AbortSignal) => Promise<Response>;

const poster =
  ({ url, token }: Registration): Post =>
  async (path, body, signal) => {
    try {
      return await fetch(`${url}${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: body instanceof Uint8Array ? body : toWire(body),
        ...(signal ? { signal } : {}),
      });
    } catch (error) {
      signal?.throwIfAborted();
      const { cause, message } = error as Error;
      throw trawlError('server-failed', { url, reason: (cause as Error | undefined)?.message ?? message }, undefined, {
        cause: error,
      });
    }
  };

function unwrapped<T>(text: string, ok: boolean): T {
  const answer = fromWire<T & { error?: WireError }>(text);
  if (!ok) throw errorOf((answer as { error?: WireError }).error ?? { code: 'internal', message: text });
  return answer;
}

const errorOf = ({ code, message, span }: WireError): Error =>
  code === 'internal' ? new Error(message) : new TrawlError(code, message, span);

/** The events of a query that the server runs; leaving the loop ends the request, and so the query. */
async function* queryStream(
  post: Post,
  kql: string,
  { signal, ...options }: QueryOptions = {},
): AsyncGenerator<QueryEvent, void> {
  const response = await post('/api/queryStream', { kql, options }, signal);
  if (!response.ok || !response.body) return unwrapped(await response.text(), false);
  for await (const line of linesOf<QueryEvent | { kind?: never; error: WireError }>(response.body)) {
    if (line.kind === undefined) throw errorOf(line.error);
    yield line;
    if (line.kind === 'end') return;
  }
  throw trawlError('server-failed', { url: response.url, reason: 'it ended before the query did' });
}

/** The lines of a body, each a value. */
async function* linesOf<T>(body: NonNullable<Response['body']>): AsyncGenerator<T, void> {
  let rest = '';
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    for (const line of lines) yield fromWire<T>(line);
  }
}

/** Sends a stream in pieces, the next one when the one before is used. */
async function send(post: Post, path: string, input: AsyncIterable<Buffer>, signal: AbortSignal): Promise<void> {
  for await (const piece of input) {
    const { ok } = await post(path, new Uint8Array(piece), signal);
    if (!ok) return;
  }
  await post(path, new Uint8Array(0), signal);
}

/** The server reads the files: it is on this machine. */
async function ingest(
  post: Post,
  paths: readonly string[],
  { signal, onProgress, ...options }: IngestOptions,
): Promise<IngestReport> {
  const { input = process.stdin, ...how } = options;
  const absolute = paths.map((path) => (path === '-' || isAbsolute(path) ? path : resolve(path)));
  const ended = new AbortController();
  const both = AbortSignal.any([ended.signal, ...(signal ? [signal] : [])]);
  try {
    return await inLines(post, '/api/ingest', { paths: absolute, options: how }, signal, onProgress, (id) => {
      // when sending fails, the answer says why
      send(post, `/api/ingest/${id}`, input, both).catch(() => {});
    });
  } finally {
    ended.abort();
    // one that nobody reads would keep the process
    if (paths.includes('-') && input === process.stdin) process.stdin.destroy();
  }
}

/** Asks for what takes its time: the answer comes in lines, the report or the error at last. */
async function inLines<T, P = never>(
  post: Post,
  path: string,
  body: unknown,
  signal: AbortSignal | undefined,
  onProgress?: (progress: P) => void,
  onInput?: (id: string) => void,
): Promise<T> {
  const response = await post(path, body, signal);
  if (!response.ok || !response.body) return unwrapped(await response.text(), false);
  for await (const line of linesOf<{ progress?: P; input?: string; report?: T; error?: WireError }>(response.body)) {
    if (line.input) onInput?.(line.input);
    if (line.progress) onProgress?.(line.progress);
    if (line.error) throw errorOf(line.error);
    if (line.report) return line.report;
  }
  throw trawlError('server-failed', { url: response.url, reason: 'it ended before it was done' });
}
