import { type Command, EXIT, UsageError } from '../command.js';
import { withWorkspace } from '../open.js';
import { outputOptions, workspaceOptions } from '../options.js';
import { outputRequest } from '../output/request.js';
import { cut } from '../output/visible.js';

export const rejected: Command = {
  name: 'rejected',
  usage: ['rejected [options]'],
  description:
    'Shows the records (and whole files) that could not be read: where they stand, which connector refused them, and why.',
  options: {
    file: { type: 'string', value: 'PATH', help: 'only those of this file, as it was named when it was read' },
    limit: { type: 'string', value: 'N', help: 'how many to show (default 100; all for all)' },
    ...outputOptions,
    ...workspaceOptions,
  },
  examples: [
    ['trawl rejected', 'the first hundred of ./.trawl'],
    ['trawl rejected --file logs/pa.log --limit all --format csv', "all of one file's"],
  ],
  async run(args, io) {
    const output = outputRequest(args, Number.POSITIVE_INFINITY);
    const limit = limitOf(args.text('limit'));
    const file = args.text('file');
    return withWorkspace(args, 'read', async ({ workspace }) => {
      const { records, total } = await workspace.rejected({ limit, ...(file === undefined ? {} : { file }) });
      if (records.length === 0 && output.format === 'table') {
        io.note(total === 0 ? 'Nothing was rejected.' : `Nothing of ${file} was rejected.`);
        return EXIT.ok;
      }
      const short = output.format === 'table';
      const { writePlainTable } = await import('../output/plain-table.js');
      await writePlainTable(
        io,
        {
          name: 'rejected',
          columns: [
            { name: 'file', type: 'string' },
            { name: 'line', type: 'long' },
            { name: 'connector', type: 'string' },
            { name: 'reason', type: 'string' },
            { name: 'text', type: 'string' },
          ],
          rows: records.map((of) => [of.file, of.line, of.connector, of.reason, short ? cut(of.text, 200) : of.text]),
        },
        output,
      );
      if (records.length < total && file === undefined && short)
        io.note(`${records.length} of ${total.toLocaleString('en')} (--limit all shows them)`);
      return EXIT.ok;
    });
  },
};

function limitOf(text: string | undefined): number {
  if (text === undefined) return 100;
  if (text === 'all') return Number.MAX_SAFE_INTEGER;
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1) throw new UsageError(`--limit takes a whole number or all, not ${text}`);
  return limit;
}
