import type { Column } from '../../kql/types.js';
import type { ServerStatus } from '../../server/status.js';
import { formatDatetime, ticksFromUnixMilliseconds } from '../../util/ticks.js';
import { feedState } from './feed-table.js';
import { type TableStyle, tableText } from './table.js';
import { visible } from './visible.js';

/** A server's status for people: warnings first, then a table of each kind of thing. */
export function statusText(status: ServerStatus, style: TableStyle): string {
  const { colors } = style;
  const { writer, memory, disk, started, pid } = status;
  const hours = (Date.now() - started) / 3_600_000;
  const lines = [
    ...status.warnings.map((warning) => `${colors.yellow('warning')}: ${visible(warning)}\n`),
    `Process ${pid}, up ${hours < 1 ? `${Math.round(hours * 60)} min` : `${hours.toFixed(1)} h`}; ${writer.rows.toLocaleString('en')} rows committed, ` +
      `${writer.waiting} batches waiting; ${mebibytes(memory.resident)} of memory, ${mebibytes(disk.free)} of disk free\n`,
  ];
  const section = (title: string, columns: readonly Column[], rows: readonly (readonly unknown[])[]): void => {
    if (rows.length > 0) lines.push('\n', `${colors.bold(title)}\n`, tableText({ columns, rows }, style));
  };
  section('Listeners', columnsOf('listener', 'open', 'taken', 'refused', 'failed', 'resynchronised', 'cut', 'lost'), [
    ...status.listeners.map((of) => [
      of.url,
      of.open,
      of.connections,
      of.refused,
      of.failed,
      of.resynchronised,
      of.cut,
      of.kernelDrops ?? null,
    ]),
  ]);
  section(
    'Senders',
    [...columnsOf('sender', 'messages', 'bytes', 'rejected', 'dropped', 'lag'), { name: 'last', type: 'datetime' }],
    status.senders.map((of) => [
      of.name,
      of.messages,
      of.bytes,
      of.rejected,
      of.dropped,
      of.lag ?? null,
      timeOf(of.last),
    ]),
  );
  section(
    'Feeds',
    [
      { name: 'feed', type: 'string' },
      { name: 'state', type: 'string' },
      ...columnsOf('', 'indicators', 'rejected', 'failures').slice(1),
      { name: 'updated', type: 'datetime' },
      { name: 'next', type: 'datetime' },
    ],
    status.feeds.map((of) => [
      of.name,
      feedState(of),
      of.counts.active,
      of.counts.rejected,
      of.failures,
      timeOf(of.succeeded),
      timeOf(of.next ?? 0),
    ]),
  );
  section(
    'Tables',
    columnsOf('table', 'rows'),
    status.tables.map(({ name, rows }) => [name, rows]),
  );
  return lines.join('');
}

const columnsOf = (name: string, ...counts: readonly string[]): Column[] => [
  { name, type: 'string' },
  ...counts.map((count) => ({ name: count, type: 'long' as const })),
];

const timeOf = (ms: number): string | null => (ms === 0 ? null : formatDatetime(ticksFromUnixMilliseconds(ms)));
const mebibytes = (bytes: number): string => `${Math.round(bytes / 1_048_576).toLocaleString('en')} MiB`;
