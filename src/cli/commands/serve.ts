import { join } from 'node:path';
import { type Command, EXIT, UsageError } from '../command.js';
import { configOf, DEFAULT_WORKSPACE, threadsOf } from '../open.js';
import { workspaceOptions } from '../options.js';

const LEVELS = ['debug', 'info', 'warn', 'error', 'silent'];

export const serve: Command = {
  name: 'serve',
  usage: ['serve [options]'],
  description: `Owns a workspace and takes in what the network sends: syslog over UDP, TCP and TLS, and what trawl.yaml adds.
Other commands on the same workspace talk to it. Ends with SIGTERM or Ctrl-C: what came in is committed first; a second
signal ends it at once.`,
  options: {
    'log-level': { type: 'string', value: 'LEVEL', help: `${LEVELS.join(', ')}; warn unless given` },
    workspace: { ...workspaceOptions.workspace, help: 'the workspace, made when missing; ./.trawl unless given' },
    config: workspaceOptions.config,
    'memory-limit': workspaceOptions['memory-limit'],
    threads: workspaceOptions.threads,
  },
  examples: [
    ['trawl serve', 'listens as trawl.yaml says, by default on this machine alone'],
    ["logger --server 127.0.0.1 --port 5514 --tcp 'CEF:0|…'", 'sends it a message'],
  ],
  async run(args, io) {
    const path = args.text('workspace') ?? DEFAULT_WORKSPACE;
    const level = args.text('log-level') ?? 'warn';
    if (!LEVELS.includes(level)) throw new UsageError(`--log-level takes ${LEVELS.join(', ')}, not ${level}`);
    const [{ startServer }, { CONFIG_FILE, readConfig }, { pino }] = await Promise.all([
      import('../../server/server.js'),
      import('../../config/config.js'),
      import('pino'),
    ]);
    const log = pino({ level }, pino.destination({ dest: 2, sync: true }));
    const memoryLimit = args.text('memory-limit');
    const server = await startServer({
      path,
      config: readConfig(configOf(args, path).config ?? join(path, CONFIG_FILE)),
      log,
      ...(memoryLimit === undefined ? {} : { memoryLimit }),
      ...threadsOf(args),
    });
    for (const url of server.urls) io.note(`listening on ${url}`);
    io.note(io.errorColors.dim('Ctrl-C ends.'));
    await new Promise<void>((resolve) => {
      if (io.signal.aborted) resolve();
      io.signal.addEventListener('abort', () => resolve(), { once: true });
    });
    await server.close();
    return EXIT.ok;
  },
};
