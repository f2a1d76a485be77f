import { places } from '../args.js';
import { type Command, EXIT } from '../command.js';
import { maxRowsOf, timeoutOf } from '../limits.js';
import { ingestOptionsOf, withWorkspace } from '../open.js';
import {
  clockOptions,
  connectorOptions,
  dataOptions,
  externalOptions,
  outputOptions,
  queryOptions,
  workspaceOptions,
} from '../options.js';
import { outputRequest } from '../output/request.js';
import { startProgress } from '../progress.js';
import { fileOption, queryText } from '../query-text.js';
import { inSource } from '../show-error.js';

export const query: Command = {
  name: 'query',
  usage: [
    "query '<kql>' [options]",
    'query -f FILE [options]',
    'query - [options]      (the query comes from standard input)',
  ],
  description: 'Runs a KQL query over a workspace, or over log files with --data.',
  options: {
    ...fileOption,
    ...queryOptions,
    ...externalOptions,
    ...clockOptions,
    ...dataOptions,
    ...connectorOptions,
    ...outputOptions,
    ...workspaceOptions,
  },
  greedy: 'data',
  examples: [
    [
      "trawl query 'CommonSecurityLog | summarize count() by DeviceVendor, DeviceAction'",
      'over the workspace in ./.trawl',
    ],
    ['trawl query \'DnsEvents | where Name has "example"\' --data ./dns.log', 'over a log file, nothing is kept'],
    [
      'trawl query -f beacons.kql --set lookback=7d --format csv --output beacons.csv',
      'a query from a file, one of its lets changed, the result to a file',
    ],
    ["echo 'print now()' | trawl query - --format json", 'in a pipe'],
  ],
  interrupted: 'Interrupted: the query was cancelled.',
  async run(args, io) {
    const output = outputRequest(args, 1000);
    const limits = { ...timeoutOf(args), ...maxRowsOf(args) };
    const source = await queryText(args);
    const externalData = places('external', args.texts('external'));
    const data = args.texts('data');
    return withWorkspace(args, data.length > 0 ? 'scratch' : 'read', async ({ workspace }) => {
      if (data.length > 0) {
        const { readForOnce } = await import('../read-data.js');
        await readForOnce(io, workspace, data, ingestOptionsOf(args));
      }
      const asOf = args.text('as-of') ?? (data.length > 0 ? 'latest' : 'now');
      const progress = startProgress(io, 'running the query (Ctrl-C cancels)');
      const options = { asOf, ...limits, externalData, signal: io.signal };
      const { writeQuery } = await import('../output/query.js');
      await inSource(source, () => writeQuery(io, workspace, source, options, output, progress.done)).finally(
        progress.done,
      );
      return EXIT.ok;
    });
  },
};
