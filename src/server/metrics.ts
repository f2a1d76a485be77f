import { Gauge, Registry } from 'prom-client';
import type { FeedStatus } from '../intel/feeds/types.js';
import type { ServerParts } from './server.js';
import { type ServerStatus, statusOf } from './status.js';

type Sample = readonly [value: number, labels?: Readonly<Record<string, string>>];

/** What `/metrics` shows of the status: name, meaning, samples. */
const METRICS: readonly (readonly [name: string, help: string, of: (status: ServerStatus) => readonly Sample[]])[] = [
  ['trawl_messages_total', 'Messages taken in, by sender', bySender('messages')],
  ['trawl_bytes_total', 'Bytes taken in, by sender', bySender('bytes')],
  ['trawl_rejected_total', 'Messages kept among the rejected, by sender', bySender('rejected')],
  ['trawl_dropped_total', 'Datagrams dropped for want of room, by sender', bySender('dropped')],
  [
    'trawl_last_seen_seconds',
    'When a sender was last heard, Unix time',
    ({ senders }) => senders.map(({ name, last }) => [last / 1000, { sender: name }]),
  ],
  [
    'trawl_lag_bytes',
    'Bytes of a followed file that are not read yet',
    ({ senders }) => senders.flatMap(({ name, lag }): Sample[] => (lag === undefined ? [] : [[lag, { sender: name }]])),
  ],
  ['trawl_connections', 'Connections open, by listener', byListener('open')],
  ['trawl_connections_total', 'Connections taken, by listener', byListener('connections')],
  ['trawl_connections_refused_total', 'Connections turned away, by listener', byListener('refused')],
  ['trawl_connections_failed_total', 'Connections that ended in an error, by listener', byListener('failed')],
  ['trawl_resynchronised_total', 'Wrong octet counts, by listener', byListener('resynchronised')],
  ['trawl_cut_total', 'Messages cut since they were too long, by listener', byListener('cut')],
  ['trawl_kernel_drops_total', 'Datagrams that the kernel had no room for, by listener', byListener('kernelDrops')],
  ['trawl_rows_total', 'Rows committed', ({ writer }) => [[writer.rows]]],
  ['trawl_batches_waiting', 'Batches that wait for their commit', ({ writer }) => [[writer.waiting]]],
  ['trawl_writing_fails', '1 while writing fails', ({ writer }) => [[writer.problem ? 1 : 0]]],
  ['trawl_table_rows', 'Rows of a table', ({ tables }) => tables.map(({ name, rows }) => [rows, { table: name }])],
  ['trawl_feed_indicators', 'Active indicators of a feed', byFeed(({ counts }) => counts.active)],
  ['trawl_feed_failures', 'Failures of a feed since its last success', byFeed(({ failures }) => failures)],
  ['trawl_feed_rejected', 'Records of a feed not read at its last update', byFeed(({ counts }) => counts.rejected)],
  [
    'trawl_feed_last_success_seconds',
    'When a feed was last up to date, Unix time',
    byFeed(({ succeeded }) => succeeded / 1000),
  ],
  ['trawl_resident_bytes', 'Resident memory', ({ memory }) => [[memory.resident]]],
  ['trawl_disk_free_bytes', 'Free space on the disk of the workspace', ({ disk }) => [[disk.free]]],
];

/** The status as Prometheus reads it. */
export async function metricsText(parts: ServerParts): Promise<{ readonly text: string; readonly type: string }> {
  const status = await statusOf(parts);
  const registry = new Registry();
  for (const [name, help, of] of METRICS) {
    const samples = of(status);
    const labelNames = Object.keys(samples[0]?.[1] ?? {});
    const gauge = new Gauge({ name, help, labelNames, registers: [registry] });
    for (const [value, labels] of samples) gauge.set(labels ?? {}, value);
  }
  return { text: await registry.metrics(), type: registry.contentType };
}

function byFeed(value: (feed: FeedStatus) => number) {
  return ({ feeds }: ServerStatus): Sample[] => feeds.map((feed) => [value(feed), { feed: feed.name }]);
}

function bySender(key: 'messages' | 'bytes' | 'rejected' | 'dropped') {
  return ({ senders }: ServerStatus): Sample[] => senders.map((sender) => [sender[key], { sender: sender.name }]);
}

function byListener(key: 'open' | 'connections' | 'refused' | 'failed' | 'resynchronised' | 'cut' | 'kernelDrops') {
  return ({ listeners }: ServerStatus): Sample[] =>
    listeners.flatMap((listener): Sample[] => {
      const value = listener[key];
      return value === undefined ? [] : [[value, { listener: listener.url }]];
    });
}
