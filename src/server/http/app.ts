import Fastify, { type FastifyInstance } from 'fastify';
import { type Endpoint, isLoopback } from '../../config/serve.js';
import type { Certificate } from '../certificate.js';
import { cannotListen } from '../listening.js';
import { metricsText } from '../metrics.js';
import type { ServerParts } from '../server.js';
import { accessHook } from './access.js';
import { apiRoutes } from './api.js';
import { onFailure } from './failures.js';
import { receiveRoutes } from './receive.js';

/** Bytes of a body as it is sent; the Logs Ingestion API sends a megabyte at most. */
const BODY = 32 * 1_048_576;
/** A request must have arrived by then: clients that dribble are sent away. */
const REQUEST = 60_000;
const CONNECTIONS = 500;

export interface HttpListener {
  readonly url: string;
  close(): Promise<void>;
}

/** Listens for HTTP, or HTTPS when a certificate is given. @throws TrawlError `listen-failed` */
export async function listenHttp(
  parts: ServerParts,
  endpoint: Endpoint,
  token: string,
  certificate?: Certificate,
): Promise<HttpListener> {
  const app = buildApp(parts, { token, loopback: isLoopback(endpoint) }, certificate);
  app.server.maxConnections = CONNECTIONS;
  try {
    const url = await app.listen({ host: endpoint.host, port: endpoint.port });
    return { url, close: () => app.close() };
  } catch (error) {
    throw cannotListen(endpoint, error as NodeJS.ErrnoException);
  }
}

function buildApp(
  parts: ServerParts,
  access: Parameters<typeof accessHook>[0],
  certificate?: Certificate,
): FastifyInstance {
  const options = {
    bodyLimit: BODY,
    requestTimeout: REQUEST,
    forceCloseConnections: true,
    loggerInstance: parts.log,
    logController: new Fastify.LogController({ disableRequestLogging: true }),
  };
  const app = (certificate
    ? Fastify({ ...options, https: { cert: certificate.cert, key: certificate.key, minVersion: 'TLSv1.2' } })
    : Fastify(options)) as unknown as FastifyInstance;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.addHook('onRequest', accessHook(access));
  app.setErrorHandler(onFailure);
  app.get('/health', async () => ({ status: parts.writer.problem ? 'failing' : 'ok' }));
  app.get('/metrics', async (_request, reply) => {
    const { text, type } = await metricsText(parts);
    return reply.type(type).send(text);
  });
  receiveRoutes(app, parts);
  apiRoutes(app, parts);
  return app;
}
