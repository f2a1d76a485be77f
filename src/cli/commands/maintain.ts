import type { MaintenanceReport, QueryTable } from '../../index.js';
import { type Command, EXIT } from '../command.js';
import { withWorkspace } from '../open.js';
import { outputOptions, workspaceOptions } from '../options.js';
import { outputRequest } from '../output/request.js';

export const maintain: Command = {
  name: 'maintain',
  usage: ['maintain [options]'],
  description: `Deletes rows that are older than retention in trawl.yaml says, moves older days to Parquet files in the workspace's archive/,
which queries go on reading, and frees the space. A server does it every hour by itself.`,
  options: { ...outputOptions, ...workspaceOptions },
  examples: [
    ['trawl maintain', 'on ./.trawl, from a timer for instance'],
    ['trawl maintain --workspace case-7 --format json', 'what was done, for a program'],
  ],
  interrupted: 'Interrupted: the days that were done stay done.',
  async run(args, io) {
    const output = outputRequest(args, Number.POSITIVE_INFINITY);
    return withWorkspace(args, 'write', async ({ workspace }) => {
      const report = await workspace.maintain({ signal: io.signal });
      const table = tableOf(report);
      if (table.rows.length > 0 || output.format !== 'table') {
        const { writePlainTable } = await import('../output/plain-table.js');
        await writePlainTable(io, table, output);
      }
      for (const line of notes(report)) io.note(line);
      return EXIT.ok;
    });
  },
};

const tableOf = ({ archived, removed }: MaintenanceReport): QueryTable => ({
  name: 'maintenance',
  columns: [
    { name: 'done', type: 'string' },
    { name: 'table', type: 'string' },
    { name: 'day', type: 'string' },
    { name: 'rows', type: 'long' },
    { name: 'bytes', type: 'long' },
  ],
  rows: [
    ...removed.map((of) => [`deleted (${of.because})`, of.table, of.day, of.rows, null]),
    ...archived.map((of) => ['archived', of.table, of.day, of.rows, of.bytes]),
  ],
});

function notes({ archived, removed, disk, unknown }: MaintenanceReport): string[] {
  const megabytes = (bytes: number): string => `${(bytes / 1e6).toLocaleString('en', { maximumFractionDigits: 1 })} MB`;
  return [
    ...(archived.length + removed.length === 0 ? ['Nothing to do.'] : []),
    ...(disk ? [`The database uses ${megabytes(disk.database)}, the archive ${megabytes(disk.archive)}.`] : []),
    ...(disk && disk.above > 0
      ? [`That is ${megabytes(disk.above)} more than retention.disk allows, and only today is left.`]
      : []),
    ...unknown.map((name) => `retention names ${name}, a table that the workspace doesn't have.`),
  ];
}
