import type { Column, QueryTable, StoredTable, Workspace } from '../../index.js';
import { type Command, EXIT, UsageError } from '../command.js';
import { withWorkspace } from '../open.js';
import { outputOptions, workspaceOptions } from '../options.js';
import { outputRequest } from '../output/request.js';

export const tables: Command = {
  name: 'tables',
  usage: ['tables [options]', 'tables NAME [options]'],
  description:
    'Lists the tables of a workspace with their rows and the time they span, or shows the columns of one table.',
  options: { ...outputOptions, ...workspaceOptions },
  examples: [
    ['trawl tables', 'what is in ./.trawl'],
    ['trawl tables CommonSecurityLog', 'its columns and their types; columns that hold nothing are marked'],
    ['trawl tables --workspace case-7 --format json', 'for a program'],
  ],
  async run(args, io) {
    if (args.positionals.length > 1) throw new UsageError('One table at a time');
    const output = outputRequest(args, Number.POSITIVE_INFINITY);
    return withWorkspace(args, 'read', async ({ workspace, path }) => {
      const [name] = args.positionals;
      const table = name === undefined ? await listTables(workspace) : await columnsOf(workspace, name);
      if (name === undefined && table.rows.length === 0 && output.format === 'table') {
        io.note(
          path === undefined
            ? 'There is no workspace here: make one with trawl ingest PATH'
            : 'The workspace holds no tables yet: trawl ingest PATH',
        );
        return EXIT.ok;
      }
      const { writePlainTable } = await import('../output/plain-table.js');
      await writePlainTable(io, table, output);
      return EXIT.ok;
    });
  },
};

const text = (name: string): Column => ({ name, type: 'string' });

async function listTables(workspace: Workspace): Promise<QueryTable> {
  const rows: unknown[][] = [];
  for (const table of workspace.tables()) {
    const [first, last] = await spanOf(table);
    rows.push([table.name, await table.rows(), table.columns.length, first, last]);
  }
  return {
    name: 'tables',
    columns: [
      text('table'),
      { name: 'rows', type: 'long' },
      { name: 'columns', type: 'long' },
      { name: 'first', type: 'datetime' },
      { name: 'last', type: 'datetime' },
    ],
    rows,
  };
}

async function spanOf(table: StoredTable): Promise<readonly [string | null, string | null]> {
  if (!table.columns.some(({ name, type }) => name === 'TimeGenerated' && type === 'datetime')) return [null, null];
  const range = await table.timeRange();
  if (!range) return [null, null];
  const { formatDatetime } = await import('../../util/ticks.js');
  return [formatDatetime(range.first), formatDatetime(range.last)];
}

async function columnsOf(workspace: Workspace, name: string): Promise<QueryTable> {
  const stored =
    workspace.tables().find((of) => of.name === name) ??
    workspace.tables().find((of) => of.name.toLowerCase() === name.toLowerCase());
  const columns = [text('column'), text('type'), text('data')];
  if (stored) {
    const rows = stored.columns.map((of) => [
      of.name,
      of.type,
      stored.physical.has(of.name) || stored.literals.has(of.name) ? 'yes' : 'none yet',
    ]);
    return { name: stored.name, columns, rows };
  }
  const { knownSchema } = await import('../../tables/known.js');
  const known = knownSchema(name);
  if (known) return { name, columns, rows: Object.entries(known).map(([column, type]) => [column, type, 'none yet']) };
  const { trawlError } = await import('../../util/errors.js');
  throw trawlError('unknown-table', {
    name,
    nearest: nearest(
      name,
      workspace.tables().map((of) => of.name),
    ),
  });
}

/** Tables whose names share their beginning with what was typed. */
const nearest = (name: string, names: readonly string[]): string[] =>
  names
    .filter(
      (of) =>
        of.toLowerCase().includes(name.toLowerCase()) || name.toLowerCase().startsWith(of.slice(0, 4).toLowerCase()),
    )
    .slice(0, 3);
