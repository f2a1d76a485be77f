import type { FastifyInstance, FastifyRequest } from 'fastify';
import { connectors } from '../../connectors/index.js';
import { type BodyReport, openBodyIngest } from '../../ingest/live/ingest-body.js';
import { trawlError } from '../../util/errors.js';
import { limitOf } from '../../util/queue.js';
import type { ServerParts } from '../server.js';
import { decompressed } from './decompress.js';
import { tableOfStream } from './streams.js';

/** Bodies decompressed and parsed at a time; others wait as they came. */
const AT_A_TIME = 2;

interface Asked {
  readonly Querystring: { readonly table?: string; readonly connector?: string };
}
interface Streamed {
  readonly Params: { readonly rule: string; readonly stream: string };
}

/**
 * Routes that take events in, acknowledged after their commit:
 *  - `POST /ingest?table=T` or `?connector=cef`, or neither: NDJSON, JSON arrays, raw lines; `Idempotency-Key` names a batch
 *  - Azure Monitor's Logs Ingestion API, `POST /dataCollectionRules/{rule}/streams/{stream}`; `x-ms-client-request-id` does
 */
export function receiveRoutes(app: FastifyInstance, parts: ServerParts): void {
  const { engine, writer, senders, config } = parts;
  const ingest = openBodyIngest(engine.store, writer, connectors, config.connectorSettings);
  const turn = limitOf(AT_A_TIME);

  const take = async (
    request: FastifyRequest,
    how: { readonly table?: string; readonly connector?: string; readonly id?: string },
  ): Promise<BodyReport> => {
    const { problem } = writer;
    if (problem) throw trawlError('busy', { reason: `writing fails: ${problem.message}` });
    const sender = senders.get(`http://${request.ip.replace(/^::ffff:/, '')}`);
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const report = await turn(async () =>
      ingest({ ...how, from: sender.name, bytes: await decompressed(body, request.headers['content-encoding']) }),
    );
    const now = Date.now();
    sender.first ||= now;
    sender.last = now;
    sender.messages += report.events + report.rejected;
    sender.bytes += body.length;
    sender.rejected += report.rejected;
    return report;
  };

  app.post<Asked>('/ingest', async (request) => {
    const { table, connector } = request.query;
    const id = headerOf(request, 'idempotency-key');
    return take(request, {
      ...(table === undefined ? {} : { table }),
      ...(connector === undefined ? {} : { connector }),
      ...(id === undefined ? {} : { id: `ingest ${id}` }),
    });
  });

  app.post<Streamed>('/dataCollectionRules/:rule/streams/:stream', async (request, reply) => {
    const { stream } = request.params;
    const id = headerOf(request, 'x-ms-client-request-id');
    await take(request, { table: tableOfStream(stream), ...(id === undefined ? {} : { id: `${stream} ${id}` }) });
    return reply.code(204).send();
  });
}

const headerOf = (request: FastifyRequest, name: string): string | undefined => {
  const value = request.headers[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
};
