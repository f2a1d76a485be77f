import { type Command, EXIT } from '../command.js';
import { noteDiagnostics } from '../diagnostics.js';
import { withWorkspace } from '../open.js';
import { clockOptions, queryOptions, workspaceOptions } from '../options.js';
import { fileOption, queryText } from '../query-text.js';
import { inSource } from '../show-error.js';

export const explain: Command = {
  name: 'explain',
  usage: ["explain '<kql>' [options]", 'explain -f FILE [options]', 'explain - [options]'],
  description: 'Shows what a query comes to without running it: the plan, and the SQL that the engine gets.',
  options: {
    ...fileOption,
    set: queryOptions.set,
    ...clockOptions,
    format: { type: 'string', value: 'FORMAT', help: 'table for text (default), or json' },
    ...workspaceOptions,
  },
  examples: [
    ['trawl explain \'DnsEvents | where Name has "example" | count\'', 'plan and SQL'],
    ['trawl explain -f hunt.kql --set lookback=7d --format json', 'for a program'],
  ],
  async run(args, io) {
    const { outputRequest } = await import('../output/request.js');
    const { format } = outputRequest(args, 0);
    const source = await queryText(args);
    return withWorkspace(args, 'read', async ({ workspace }) => {
      const explained = await inSource(source, () =>
        workspace.explain(source.text, { asOf: args.text('as-of') ?? 'now' }),
      );
      noteDiagnostics(io, explained.diagnostics, source);
      if (format === 'json') {
        const { jsonLines } = await import('../output/json-text.js');
        await io.write(`${jsonLines(explained, 4)}\n`);
        return EXIT.ok;
      }
      const { printPlan } = await import('../../kql/plan/print.js');
      const { visible } = await import('../output/visible.js');
      const { readableTime } = await import('../output/cell.js');
      const heading = (text: string): string => io.colors.bold(io.colors.cyan(text));
      const shown = (text: string): string => text.split('\n').map(visible).join('\n');
      for (const { name, rel, sql } of explained.results) {
        await io.write(
          `${heading(explained.results.length > 1 ? `Plan of ${name}` : 'Plan')}\n${shown(printPlan(rel))}\n\n${heading('SQL')}\n${shown(sql)}\n\n`,
        );
      }
      await io.write(`${io.colors.dim(`as of ${readableTime(explained.asOf)} UTC`)}\n`);
      return EXIT.ok;
    });
  },
};
