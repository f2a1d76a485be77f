import { createServer, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import type { Endpoint } from '../../config/serve.js';
import { frameSyslog, type SyslogFramer } from '../../ingest/frame-syslog.js';
import type { LiveWriter } from '../../ingest/live/live-writer.js';
import type { Reception } from '../../ingest/live/reception.js';
import type { Senders } from '../../ingest/live/sender.js';
import { listening, urlOf } from '../listening.js';
import { type Listener, noCounts } from './counters.js';
import { messagesOf } from './messages.js';

/** After this long without a byte a message that could be whole is taken to be. */
const QUIET = 200;
const KEEP_ALIVE = 60_000;
/** A TLS client that hasn't introduced itself by then is sent away. */
const HANDSHAKE = 10_000;
/** What is still on its way when the listener closes may come in for this long. */
const DRAIN = 1_000;

export interface TcpOptions {
  readonly endpoint: Endpoint;
  readonly messageLimit: number;
  readonly connections: number;
  /** Undefined for plain TCP. */
  readonly tls?: TlsOptions;
}

/** Where received messages go. */
export interface Intake {
  readonly reception: Reception;
  readonly writer: LiveWriter;
  readonly senders: Senders;
}

interface Connection {
  readonly socket: Socket;
  readonly framer: SyslogFramer;
  /** When the last bytes came; 0 once nothing waits in the framer. */
  fed: number;
}

/** Listens for syslog over TCP, plain or TLS. Senders are held back while there is no room. */
export async function listenTcp(intake: Intake, options: TcpOptions): Promise<Listener> {
  const { reception, writer, senders } = intake;
  const scheme = options.tls ? 'tls' : 'tcp';
  const counters = noCounts();
  const connections = new Set<Connection>();

  const serve = (socket: Socket): void => {
    counters.connections++;
    const name = `${scheme}://${socket.remoteAddress?.replace(/^::ffff:/, '') ?? 'unknown'}`;
    const framer = frameSyslog(
      messagesOf(reception, () => senders.get(name)),
      options.messageLimit,
    );
    const connection: Connection = { socket, framer, fed: 0 };
    connections.add(connection);
    socket.setKeepAlive(true, KEEP_ALIVE);
    socket.on('data', (chunk: Buffer) => {
      framer.push(chunk);
      connection.fed = performance.now();
      if (!writer.isFull) return;
      socket.pause();
      writer.room().then(() => socket.resume());
    });
    socket.on('error', () => counters.failed++);
    socket.on('close', () => {
      framer.end();
      counters.resynchronised += framer.counts.resynchronised;
      counters.cut += framer.counts.cut;
      connections.delete(connection);
    });
  };

  const refuse = (): number => counters.refused++;
  const server = options.tls
    ? createTlsServer({ ...options.tls, handshakeTimeout: HANDSHAKE, pauseOnConnect: false }, serve)
        .on('tlsClientError', () => counters.failed++)
        .on('drop', refuse)
    : createServer(serve).on('drop', refuse);
  server.maxConnections = options.connections;
  await listening(server, options.endpoint);
  const quiet = setInterval(() => {
    const now = performance.now();
    for (const connection of connections) {
      if (connection.fed === 0 || now - connection.fed < QUIET) continue;
      connection.fed = 0;
      connection.framer.idle();
    }
  }, QUIET / 2);

  return {
    url: urlOf(scheme, server),
    get open() {
      return connections.size;
    },
    get counters() {
      const live = [...connections].map(({ framer }) => framer.counts);
      const sum = (key: 'resynchronised' | 'cut'): number => live.reduce((n, of) => n + of[key], counters[key]);
      return { ...counters, resynchronised: sum('resynchronised'), cut: sum('cut') };
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const { socket } of connections) socket.end();
      const late = setTimeout(() => {
        for (const { socket } of connections) socket.destroy();
      }, DRAIN);
      await closed;
      clearTimeout(late);
      clearInterval(quiet);
    },
  };
}
