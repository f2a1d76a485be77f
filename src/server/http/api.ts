import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { QueryEvent } from '../../engine/query-types.js';
import type { StoredTable } from '../../engine/store/types.js';
import type { IngestOptions, IngestProgress } from '../../ingest/report.js';
import { trawlError } from '../../util/errors.js';
import type { Workspace } from '../../workspace.js';
import type { Call, CallMethod, RemoteTable } from '../calls.js';
import type { ServerParts } from '../server.js';
import { statusOf } from '../status.js';
import { fromWire, toWire } from '../wire.js';
import { toWireError } from './failures.js';
import { type PiecedInput, piecedInput } from './pieced-input.js';

/** What other commands ask of the workspace: the methods of `Workspace`, each as `POST /api/METHOD`. */
const METHODS: { readonly [M in CallMethod]: (workspace: Workspace, call: Call<M>, signal: AbortSignal) => unknown } = {
  createTable: (workspace, { name, columns, options }) => workspace.createTable(name, columns, options),
  query: (workspace, { kql, options }, signal) => workspace.query(kql, { ...options, signal }),
  explain: (workspace, { kql, options }, signal) => workspace.explain(kql, { ...options, signal }),
  runHunt: (workspace, { hunt, prepared, options }, signal) =>
    workspace.runHunt(hunt, prepared, { ...options, signal }),
  tables: (workspace) => workspace.tables().map(remoteTable),
  rows: (workspace, { table }) => tableOf(workspace, table).rows(),
  timeRange: (workspace, { table, column }) => tableOf(workspace, table).timeRange(column),
  functions: (workspace) => workspace.functions(),
  watchlists: (workspace) => workspace.watchlists(),
  importWatchlist: (workspace, { path, options }) => workspace.importWatchlist(path, options),
  removeWatchlist: (workspace, { alias }) => workspace.removeWatchlist(alias),
  feeds: (workspace) => workspace.feeds(),
  maintain: (workspace, { options }, signal) => workspace.maintain({ ...options, signal }),
  rejected: (workspace, { options }) => workspace.rejected(options),
};

function tableOf(workspace: Workspace, name: string): StoredTable {
  const table = workspace.tables().find((of) => of.name === name);
  if (!table) throw trawlError('unknown-table', { name });
  return table;
}

const remoteTable = ({ name, relation, columns, physical, literals, addressKeys }: StoredTable): RemoteTable => ({
  name,
  relation,
  columns,
  physical: [...physical],
  literals: [...literals],
  addressKeys: [...addressKeys],
});

export function apiRoutes(app: FastifyInstance, parts: ServerParts): void {
  const { workspace } = parts;
  const inputs = new Map<string, PiecedInput>();
  let lastInput = 0;
  for (const method of Object.keys(METHODS) as CallMethod[])
    app.post(`/api/${method}`, async (request, reply) => {
      const run = METHODS[method] as (workspace: Workspace, call: unknown, signal: AbortSignal) => unknown;
      const answer = await run(workspace, bodyOf(request), goneSignal(reply));
      return reply.type('application/json').send(toWire(answer ?? null));
    });

  app.post('/api/queryStream', (request, reply) => {
    const { kql, options } = bodyOf<Call<'query'>>(request);
    const events = workspace.queryStream(kql, { ...options, signal: goneSignal(reply) });
    return reply.type('application/x-ndjson').send(Readable.from(eventLines(events)));
  });

  app.get('/api/status', async () => statusOf(parts));

  app.post('/api/ingest', (request, reply) => {
    const { paths, options } = bodyOf<{ paths: readonly string[]; options: IngestOptions }>(request);
    inLines<IngestProgress>(reply, async (onProgress, signal, say) => {
      const how = { ...options, signal, onProgress };
      if (!paths.includes('-')) return workspace.ingest(paths, how);
      // standard input comes in pieces: the first line says where to
      const id = String(++lastInput);
      const input = piecedInput(signal);
      inputs.set(id, input);
      say({ input: id });
      try {
        // what comes slowly must not keep a transaction open
        return await workspace.ingest(paths, { ...how, input: input.pieces, rowsACommit: 1 });
      } finally {
        inputs.delete(id);
        input.close();
      }
    });
  });

  // a piece of standard input, answered when it is used; an empty one is the end
  app.post<{ Params: { readonly id: string } }>('/api/ingest/:id', async (request, reply) => {
    const input = inputs.get(request.params.id);
    if (!input) throw trawlError('body-invalid', { reason: 'nobody reads this input any more' });
    await input.put(Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0));
    return reply.code(204).send();
  });

  app.post('/api/updateFeeds', (request, reply) => {
    const { names } = bodyOf<{ names?: readonly string[] }>(request);
    inLines(reply, (_say, signal) => workspace.updateFeeds(names, { signal }));
  });
}

/** A connection on which nothing came for long is given up by those between. */
const SIGN_OF_LIFE = 10_000;

/** Answers what takes its time with lines of JSON: one for each step, the report or the error at last. */
function inLines<P>(
  reply: FastifyReply,
  work: (onProgress: (progress: P) => void, signal: AbortSignal, say: (line: unknown) => void) => Promise<unknown>,
): void {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, { 'content-type': 'application/x-ndjson' });
  const say = (line: unknown): void => {
    if (!raw.destroyed) raw.write(`${toWire(line)}\n`);
  };
  const alive = setInterval(() => say({}), SIGN_OF_LIFE);
  work((progress) => say({ progress }), goneSignal(reply), say)
    .then(
      (report) => say({ report }),
      (error: unknown) => say({ error: toWireError(error) }),
    )
    .finally(() => {
      clearInterval(alive);
      raw.end();
    });
}

/** An event a line; the error that ended them as the last. */
async function* eventLines(events: AsyncIterable<QueryEvent>): AsyncIterable<string> {
  try {
    for await (const event of events) yield `${toWire(event)}\n`;
  } catch (error) {
    yield `${toWire({ error: toWireError(error) })}\n`;
  }
}

function bodyOf<T>(request: FastifyRequest): T {
  const text = Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '';
  try {
    return fromWire<T>(text === '' ? '{}' : text);
  } catch (error) {
    throw trawlError('body-invalid', { reason: (error as Error).message });
  }
}

/** Aborted when whoever asked is gone. */
function goneSignal(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) controller.abort(new Error('the client is gone'));
  });
  return controller.signal;
}
