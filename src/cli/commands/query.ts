import { places } from '../args.js';
import { type Command, EXIT } from '../command.js';
import { noteDiagnostics } from '../diagnostics.js';
import { timeoutOf } from '../limits.js';
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
    const limits = timeoutOf(args);
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
      const result = await inSource(source, () =>
        workspace.query(source.text, { asOf, ...limits, externalData, signal: io.signal }),
      ).finally(progress.done);
      noteDiagnostics(io, result.diagnostics, source);
      const { writeResult } = await import('../output/result.js');
      await writeResult(io, result, output);
      return EXIT.ok;
    });
  },
};
