import { setTimeout as setTimer } from 'node:timers';
import { setTimeout } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Config } from '../config/config.js';
import { isLoopback, type ServeConfig } from '../config/serve.js';
import { connectors } from '../connectors/index.js';
import { type Engine, openEngine } from '../engine/engine.js';
import { setForStreams } from '../engine/store/ingest-settings.js';
import { type Following, startFollowing } from '../ingest/follow/follow.js';
import { checkTargets } from '../ingest/follow/target.js';
import { type LiveWriter, openLiveWriter } from '../ingest/live/live-writer.js';
import { openReception, type Reception } from '../ingest/live/reception.js';
import { makeSenders, type Senders } from '../ingest/live/sender.js';
import { type Feeds, openFeeds } from '../intel/feeds/feeds.js';
import { type Schedule, startSchedule } from '../intel/feeds/schedule.js';
import { type Workspace, workspaceOf } from '../workspace.js';
import { certificateOf } from './certificate.js';
import { type HttpListener, listenHttp } from './http/app.js';
import { keepMaintained } from './maintenance.js';
import { register, tokenOf, unregister } from './registration.js';
import type { Listener } from './syslog/counters.js';
import { listenTcp } from './syslog/tcp.js';
import { listenUdp, type UdpListener } from './syslog/udp.js';

export interface ServerOptions {
  /** The workspace's directory, made when missing. */
  readonly path: string;
  readonly config: Config;
  readonly log: Logger;
  /** DuckDB's size text; what `serve.memory` says unless given. */
  readonly memoryLimit?: string;
  readonly threads?: number;
}

/** Time that followed files have to end, ms. */
const STOPPING = 4000;

/** What all parts of a running server share. */
export interface ServerParts {
  readonly directory: string;
  readonly config: Config;
  readonly log: Logger;
  readonly engine: Engine;
  readonly workspace: Workspace;
  readonly writer: LiveWriter;
  readonly reception: Reception;
  readonly senders: Senders;
  readonly feeds: Feeds;
  /** Where messages come in. */
  readonly listeners: Listener[];
  /** Unix ms. */
  readonly started: number;
}

export interface RunningServer extends ServerParts {
  /** Everything it listens on: `tcp://127.0.0.1:5514`, `http://127.0.0.1:4880`. */
  readonly urls: readonly string[];
  /** Takes no more, commits what came in, and closes the workspace. */
  close(): Promise<void>;
}

/**
 * Opens the workspace and listens as the settings say.
 * @throws TrawlError `workspace-…`, `listen-failed`, `certificate-invalid`
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { path, config, log } = options;
  const { serve } = config;
  checkTargets(connectors, config.follow);
  const engine = await openEngine({
    path,
    memoryLimit: options.memoryLimit ?? serve.memory,
    ...(options.threads === undefined ? {} : { threads: options.threads }),
  });
  const { store } = engine;
  await setForStreams(store);
  const writer = openLiveWriter(store);
  const reception = openReception(store, writer, {
    connectors,
    lastResort: 'syslog',
    settings: config.connectorSettings,
  });
  const feeds = openFeeds(store, config);
  const parts: ServerParts = {
    directory: store.path!,
    config,
    log,
    engine,
    workspace: workspaceOf(engine, config, true, feeds),
    writer,
    reception,
    senders: makeSenders(),
    feeds,
    listeners: [],
    started: Date.now(),
  };
  const https: HttpListener[] = [];
  let schedule: Schedule | undefined;
  let following: Following | undefined;
  const endMaintenance = keepMaintained(parts);
  const close = once(async () => {
    unregister(parts.directory);
    endMaintenance();
    const updates = schedule?.close();
    const followed = following?.stop();
    await Promise.all([...parts.listeners, ...https].map((listener) => listener.close()));
    await updates;
    // one that waits for a disk that is full must not keep the rest from closing
    await Promise.race([followed, setTimeout(STOPPING, undefined, { ref: false })]);
    reception.close();
    try {
      await writer.close();
    } finally {
      await parts.workspace.close();
    }
  });
  try {
    await listenSyslog(parts, serve);
    https.push(...(await listenForHttp(parts, serve)));
    schedule = updateFeeds(parts);
    following = await follow(parts);
  } catch (error) {
    await close();
    throw error;
  }
  warmUp(parts.workspace);
  return { ...parts, urls: [...parts.listeners, ...https].map(({ url }) => url), close };
}

function updateFeeds({ feeds, log }: ServerParts): Schedule {
  return startSchedule(feeds, {
    updated({ name, outcome, counts, problem }) {
      if (outcome === 'failed') log.warn({ feed: name, problem }, 'the feed could not be updated');
      else log.info({ feed: name, outcome, ...counts }, 'feed updated');
    },
    broken: (name, error) => log.error({ feed: name, err: error }, 'the feed could not be updated'),
  });
}

function follow({ engine, writer, senders, config, log }: ServerParts): Promise<Following> | undefined {
  if (config.follow.length === 0) return undefined;
  const targets = config.follow.map((target) => ({
    ...target,
    settings: { ...config.connectorSettings, ...target.settings },
  }));
  const onError = (error: unknown): void => log.error(error, 'following files');
  return startFollowing({ store: engine.store, writer, connectors, senders, targets, onError });
}

/** HTTP as the settings say; other commands reach the server through one on this machine, which there is in any case. */
async function listenForHttp(parts: ServerParts, { http, https, tls }: ServeConfig): Promise<HttpListener[]> {
  const token = tokenOf(parts.directory);
  const open: HttpListener[] = [];
  if (http) open.push(await listenHttp(parts, http, token));
  const local = http && isLoopback(http) ? open[0]! : await listenHttp(parts, { host: '127.0.0.1', port: 0 }, token);
  if (!open.includes(local)) open.push(local);
  if (https) open.push(await listenHttp(parts, https, token, await certificateOf(tls, parts.directory)));
  for (const { url } of open) parts.log.info({ url }, 'listening');
  register(parts.directory, { pid: process.pid, url: local.url, token });
  return open;
}

async function listenSyslog(parts: ServerParts, { syslog, tls }: ServeConfig): Promise<void> {
  const { listeners, log } = parts;
  const limits = { messageLimit: syslog['message-limit'], connections: syslog.connections };
  const add = (listener: Listener): void => {
    listeners.push(listener);
    log.info({ url: listener.url }, 'listening');
  };
  if (syslog.udp) {
    const receiveBuffer = syslog['receive-buffer'];
    const udp: UdpListener = await listenUdp(parts, { ...limits, endpoint: syslog.udp, receiveBuffer });
    add(udp);
    // the kernel doubles what it grants, for its own bookkeeping
    if (udp.receiveBuffer < receiveBuffer)
      log.warn(
        { granted: udp.receiveBuffer, wanted: receiveBuffer },
        'the kernel keeps fewer datagrams than asked for: raise net.core.rmem_max',
      );
  }
  if (syslog.tcp) add(await listenTcp(parts, { ...limits, endpoint: syslog.tcp }));
  if (syslog.tls) {
    const { clientCa, ...certificate } = await certificateOf(tls, parts.directory);
    const asked = clientCa === undefined ? {} : { ca: clientCa, requestCert: true, rejectUnauthorized: true };
    const secure = { ...certificate, ...asked, minVersion: 'TLSv1.2' } as const;
    add(await listenTcp(parts, { ...limits, endpoint: syslog.tls, tls: secure }));
  }
  const open = [syslog.udp, syslog.tcp].filter((endpoint) => endpoint && !isLoopback(endpoint));
  if (open.length > 0) log.info('syslog without TLS is open to the network');
}

/** A moment in which nobody waits for the start any more. */
const MILLISECONDS_TO_WARM_UP = 5_000;

/** Loads the parser, which the first query would have to wait for. */
function warmUp(workspace: Workspace): void {
  setTimer(() => void workspace.query('print 1').catch(() => {}), MILLISECONDS_TO_WARM_UP).unref();
}

const once = (work: () => Promise<void>): (() => Promise<void>) => {
  let done: Promise<void> | undefined;
  return () => {
    done ??= work();
    return done;
  };
};
