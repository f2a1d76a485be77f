import type { FeedReport } from '../../index.js';
import { type Args, type Command, EXIT, UsageError } from '../command.js';
import type { Io } from '../io.js';
import { withWorkspace } from '../open.js';
import { outputOptions, workspaceOptions } from '../options.js';
import { outputRequest } from '../output/request.js';

export const feeds: Command = {
  name: 'feeds',
  usage: ['feeds [options]', 'feeds update [NAME…] [options]'],
  description: `Lists the feeds of indicators that trawl.yaml names under feeds, or updates them now. trawl serve updates them on its own,
as often as they say; what they give is in the table ThreatIntelligenceIndicator.`,
  options: { ...outputOptions, ...workspaceOptions },
  examples: [
    ['trawl feeds', 'which there are, how they stand'],
    ['trawl feeds update', 'reads them all, now; exit code 1 when one fails'],
    ['trawl feeds update misp', 'one of them'],
  ],
  async run(args, io) {
    const [action, ...names] = args.positionals;
    if (action === 'update') return update(args, names, io);
    if (action !== undefined && (action !== 'list' || names.length > 0))
      throw new UsageError('Say what to do: trawl feeds, trawl feeds update [NAME…]');
    const output = outputRequest(args, Number.POSITIVE_INFINITY);
    return withWorkspace(args, 'read', async ({ workspace }) => {
      const all = await workspace.feeds();
      if (all.length === 0 && output.format === 'table') {
        io.note('The settings name no feeds: add one under feeds in trawl.yaml');
        return EXIT.ok;
      }
      const [{ writePlainTable }, { feedTable }] = await Promise.all([
        import('../output/plain-table.js'),
        import('../output/feed-table.js'),
      ]);
      await writePlainTable(io, feedTable(all), output);
      return EXIT.ok;
    });
  },
};

async function update(args: Args, names: readonly string[], io: Io): Promise<number> {
  return withWorkspace(args, 'write', async ({ workspace }) => {
    const reports = await workspace.updateFeeds(names.length === 0 ? undefined : names, { signal: io.signal });
    if (reports.length === 0) io.note('The settings name no feeds: add one under feeds in trawl.yaml');
    const { visible } = await import('../output/visible.js');
    for (const report of reports) io.note(visible(lineOf(report)));
    return reports.some(({ outcome }) => outcome === 'failed') ? EXIT.error : EXIT.ok;
  });
}

function lineOf({ name, outcome, counts, problem }: FeedReport): string {
  if (outcome === 'failed') return `${name}: failed: ${problem}`;
  const { added, changed, retired, rejected, active } = counts;
  const what = [
    [added, 'added'],
    [changed, 'changed'],
    [retired, 'retired'],
    [rejected, 'records rejected'],
  ]
    .filter(([count]) => count !== 0)
    .map(([count, word]) => `${count!.toLocaleString('en')} ${word}`);
  return `${name}: ${what.join(', ') || 'nothing new'}; ${active.toLocaleString('en')} active indicators`;
}
