import { type Command, EXIT } from '../command.js';
import { DEFAULT_WORKSPACE } from '../open.js';
import { outputOptions, workspaceOptions } from '../options.js';
import { outputRequest } from '../output/request.js';

export const status: Command = {
  name: 'status',
  usage: ['status [options]'],
  description: `Shows how the server that has the workspace open is doing: listeners, who sends what, tables, memory, disk.
Exit code 1 when there is something to look at, or no server.`,
  options: {
    format: { ...outputOptions.format, help: 'table, or json' },
    workspace: { ...workspaceOptions.workspace, help: 'the workspace; ./.trawl unless given' },
  },
  examples: [
    ['trawl status', 'of the server on ./.trawl'],
    ['trawl status --format json', 'for scripts; /metrics has the same for Prometheus'],
  ],
  async run(args, io) {
    const output = outputRequest(args, Number.POSITIVE_INFINITY);
    const path = args.text('workspace') ?? DEFAULT_WORKSPACE;
    const { registered } = await import('../../server/registration.js');
    const server = registered(path);
    if (!server) {
      io.note(`No server has the workspace ${path} open. Start one with: trawl serve`);
      return EXIT.error;
    }
    const { askStatus } = await import('../../server/client/status.js');
    const now = await askStatus(server);
    if (output.format === 'json') await io.write(`${JSON.stringify(now, null, 2)}\n`);
    else {
      const [{ statusText }, { tableStyle }] = await Promise.all([
        import('../output/status-text.js'),
        import('../output/request.js'),
      ]);
      await io.write(statusText(now, tableStyle(io, output)));
    }
    return now.warnings.length > 0 ? EXIT.error : EXIT.ok;
  },
};
