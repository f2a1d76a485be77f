import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, EXIT, UsageError } from '../command.js';
import { configOf, workspacePath } from '../open.js';
import { workspaceOptions } from '../options.js';

export const config: Command = {
  name: 'config',
  usage: ['config check [FILE] [options]'],
  description:
    'Checks the settings: the shape of trawl.yaml, the names of hunts, knobs and connector settings in it, and the files that it names.',
  options: { workspace: workspaceOptions.workspace, config: workspaceOptions.config },
  examples: [['trawl config check', "trawl.yaml of the workspace, or the one here; exit code 1 when it isn't right"]],
  async run(args, io) {
    const [verb, named] = args.positionals;
    if (verb !== 'check') throw new UsageError('Say what to do: trawl config check');
    const [
      { CONFIG_FILE, checkFeeds, readConfig },
      { checkConfig },
      { loadLibrary },
      { checkSettings },
      { connectors },
      { checkTargets },
    ] = await Promise.all([
      import('../../config/config.js'),
      import('../../hunting/prepare.js'),
      import('../../hunting/library.js'),
      import('../../ingest/settings.js'),
      import('../../connectors/index.js'),
      import('../../ingest/follow/target.js'),
    ]);
    const path = workspacePath(args, 'read');
    const file = named ?? configOf(args, path).config ?? (path === undefined ? CONFIG_FILE : join(path, CONFIG_FILE));
    if (!existsSync(file)) {
      io.note(`There are no settings: ${file} does not exist. Everything is as it is without.`);
      return named === undefined ? EXIT.ok : EXIT.error;
    }
    const settings = readConfig(file);
    checkConfig(settings, loadLibrary(path));
    checkSettings(connectors, settings.connectorSettings);
    checkFeeds(settings);
    checkTargets(connectors, settings.follow);
    const { serve } = settings;
    for (const pem of [serve.tls.cert, serve.tls.key, serve.tls['client-ca']])
      if (pem !== undefined && !existsSync(pem)) {
        const { trawlError } = await import('../../util/errors.js');
        throw trawlError('certificate-invalid', { file: pem, reason: 'there is no such file' });
      }
    await io.write(`${file} is right.\n`);
    return EXIT.ok;
  },
};
