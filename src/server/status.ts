import { statfsSync } from 'node:fs';
import type { Sender } from '../ingest/live/sender.js';
import type { FeedStatus } from '../intel/feeds/types.js';
import type { ServerParts } from './server.js';
import type { UdpListener } from './syslog/udp.js';

/** A listener, as `trawl status` shows it. */
export interface ListenerStatus {
  readonly url: string;
  readonly open: number;
  readonly connections: number;
  readonly refused: number;
  readonly failed: number;
  readonly resynchronised: number;
  readonly cut: number;
  /** UDP: datagrams that the kernel had no room for, and bytes it keeps. */
  readonly kernelDrops?: number;
  readonly receiveBuffer?: number;
}

export interface TableStatus {
  readonly name: string;
  readonly rows: number;
}

/** How a server is doing. Times are Unix ms, sizes bytes; counts are since the start. */
export interface ServerStatus {
  readonly pid: number;
  readonly started: number;
  readonly listeners: readonly ListenerStatus[];
  readonly senders: readonly Sender[];
  readonly writer: {
    readonly rows: number;
    readonly waiting: number;
    readonly problem?: { readonly message: string; readonly since: number; readonly attempts: number };
  };
  readonly tables: readonly TableStatus[];
  readonly feeds: readonly FeedStatus[];
  readonly memory: { readonly resident: number };
  readonly disk: { readonly free: number; readonly size: number };
  /** What somebody should look at. */
  readonly warnings: readonly string[];
}

/** A sender that was busy is silent when it hasn't been heard for this long. */
const SILENT = 15 * 60_000;
const BUSY_MESSAGES = 1000;
const MANY_REJECTED = 0.05;
const LITTLE_SPACE = 1_073_741_824;

export async function statusOf(parts: ServerParts): Promise<ServerStatus> {
  const { writer, senders, workspace, listeners, directory, started } = parts;
  const disk = statfsSync(directory);
  const free = disk.bavail * disk.bsize;
  const known = [...senders.list(), ...(senders.forgotten.messages > 0 ? [senders.forgotten] : [])];
  const listenerStatuses = listeners.map((listener): ListenerStatus => {
    const udp = 'kernelDrops' in listener ? (listener as UdpListener) : undefined;
    const kernelDrops = udp?.kernelDrops();
    return {
      url: listener.url,
      open: listener.open,
      ...listener.counters,
      ...(kernelDrops === undefined ? {} : { kernelDrops }),
      ...(udp ? { receiveBuffer: udp.receiveBuffer } : {}),
    };
  });
  const { problem } = writer;
  const feeds = await parts.feeds.list();
  return {
    pid: process.pid,
    started,
    listeners: listenerStatuses,
    senders: known,
    writer: { rows: writer.rows, waiting: writer.waiting, ...(problem ? { problem } : {}) },
    tables: await Promise.all(workspace.tables().map(async ({ name, rows }) => ({ name, rows: await rows() }))),
    feeds,
    memory: { resident: process.memoryUsage.rss() },
    disk: { free, size: disk.blocks * disk.bsize },
    warnings: [
      ...(problem ? [`writing fails since ${new Date(problem.since).toISOString()}: ${problem.message}`] : []),
      ...(free < LITTLE_SPACE ? [`the disk has ${Math.round(free / 1_048_576)} MiB left`] : []),
      ...listenerStatuses.flatMap(({ url, kernelDrops = 0 }) =>
        kernelDrops > 0 ? [`${url}: the kernel dropped ${kernelDrops} datagrams for want of room`] : [],
      ),
      ...known.flatMap(warningsOf),
      ...feeds.flatMap(feedWarnings),
    ],
  };
}

function warningsOf({ name, messages, rejected, dropped, last, problem, mayRest }: Sender): string[] {
  const quiet = Date.now() - last;
  return [
    ...(problem === undefined ? [] : [`${name}: ${problem}`]),
    ...(!mayRest && messages >= BUSY_MESSAGES && quiet > SILENT
      ? [`${name} has been silent for ${Math.round(quiet / 60_000)} min`]
      : []),
    ...(messages >= 100 && rejected / messages > MANY_REJECTED
      ? [`${name}: ${rejected} of ${messages} messages were rejected`]
      : []),
    ...(dropped > 0 ? [`${name}: ${dropped} datagrams were dropped for want of room`] : []),
  ];
}

/** A feed is stale after three intervals without an update, and as long again as one that is read often may fail. */
const STALE_INTERVALS = 3;
const STALE = 5 * 60_000;

function feedWarnings({ name, failures, failingSince, problem, succeeded, every, counts }: FeedStatus): string[] {
  const age = Date.now() - succeeded;
  const span = (ms: number): string =>
    ms < 7_200_000 ? `${Math.round(ms / 60_000)} min` : `${Math.round(ms / 3_600_000)} h`;
  return [
    ...(failures > 0
      ? [
          `feed ${name} fails since ${new Date(failingSince).toISOString()} (${failures === 1 ? 'once' : `${failures} times`}): ${problem}`,
        ]
      : []),
    ...(succeeded > 0 && age > every * STALE_INTERVALS + STALE
      ? [`feed ${name} was last updated ${span(age)} ago`]
      : []),
    ...(counts.rejected > 0 ? [`feed ${name}: ${counts.rejected} records could not be read`] : []),
  ];
}
