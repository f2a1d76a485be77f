import type { QueryTable, SavedFunction } from '../../index.js';
import { type Command, EXIT, UsageError } from '../command.js';
import { withWorkspace } from '../open.js';
import { outputOptions, workspaceOptions } from '../options.js';
import { outputRequest } from '../output/request.js';

export const functions: Command = {
  name: 'functions',
  usage: ['functions [options]', 'functions NAME [options]'],
  description: `Lists the functions saved in the workspace, with their mistakes, or shows the text of one. Each is a .kql file in the workspace's
functions/ folder, called by the name of the file: a query, or one let NAME = (PARAMETERS) { … }.`,
  options: { ...outputOptions, ...workspaceOptions },
  examples: [
    ['trawl functions', 'names, parameters, files, mistakes'],
    ['trawl functions InternalTraffic', 'its text'],
    ["trawl query 'InternalTraffic(1d) | summarize count() by SourceIP'", 'in a query'],
  ],
  async run(args, io) {
    if (args.positionals.length > 1) throw new UsageError('One function at a time');
    const output = outputRequest(args, Number.POSITIVE_INFINITY);
    return withWorkspace(args, 'read', async ({ workspace, path }) => {
      const saved = workspace.functions();
      const [name] = args.positionals;
      if (name !== undefined) {
        const { text } = await named(saved, name);
        await io.write(text.endsWith('\n') ? text : `${text}\n`);
        return EXIT.ok;
      }
      if (saved.length === 0 && output.format === 'table') {
        io.note(
          path === undefined
            ? 'There is no workspace here, and functions are saved in one: make it with trawl ingest PATH'
            : `No functions are saved: put NAME.kql into ${path}/functions/`,
        );
        return EXIT.ok;
      }
      const { writePlainTable } = await import('../output/plain-table.js');
      await writePlainTable(io, tableOf(saved), output);
      return saved.some((of) => of.mistake) ? EXIT.refused : EXIT.ok;
    });
  },
};

async function named(saved: readonly SavedFunction[], name: string): Promise<SavedFunction> {
  const found = saved.find((of) => of.name === name);
  if (found) return found;
  const [{ trawlError }, { nearest }] = await Promise.all([
    import('../../util/errors.js'),
    import('../../util/nearest.js'),
  ]);
  const names = saved.map((of) => of.name);
  throw trawlError('unknown-function', { name, nearest: nearest(name, names) });
}

const tableOf = (saved: readonly SavedFunction[]): QueryTable => ({
  name: 'functions',
  columns: ['name', 'parameters', 'file', 'mistake'].map((name) => ({ name, type: 'string' as const })),
  rows: saved.map(({ name, parameters, file, mistake }) => [
    name,
    parameters,
    file,
    mistake ? `${mistake.place === file ? '' : `${mistake.place}: `}${mistake.reason}` : '',
  ]),
});
