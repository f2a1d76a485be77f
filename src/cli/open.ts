import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { IngestOptions, Workspace } from '../index.js';
import { registered } from '../server/registration.js';
import { pairs } from './args.js';
import { type Args, UsageError } from './command.js';

/** Where a workspace is looked for when none is named. */
export const DEFAULT_WORKSPACE = '.trawl';

export interface Opened {
  readonly workspace: Workspace;
  /** The directory as typed; undefined in memory. */
  readonly path: string | undefined;
}

/**
 * What a command does with a workspace:
 *  - `read`: one that exists, or one in memory
 *  - `write`: the one named, or ./.trawl, made when missing
 *  - `scratch`: the one named (made when missing), else one in memory whatever there is here
 */
export type Purpose = 'read' | 'write' | 'scratch';

/** Opens the workspace that the options name. @throws UsageError, TrawlError `workspace-…` */
export async function openNamed(args: Args, purpose: Purpose): Promise<Opened> {
  const path = workspacePath(args, purpose);
  const memoryLimit = args.text('memory-limit');
  const running = path === undefined ? undefined : await openedByServer(args, path);
  if (running) return { workspace: running, path };
  const { openWorkspace } = await import('../index.js');
  const workspace = await openWorkspace({
    ...(path === undefined ? {} : { path }),
    ...(memoryLimit === undefined ? {} : { memoryLimit }),
    ...threadsOf(args),
    ...configOf(args, path),
    ...(purpose === 'read' && path !== undefined ? { readOnly: true } : {}),
  });
  return { workspace, path };
}

/** The workspace through the server that has it open; undefined when none has. */
async function openedByServer(args: Args, path: string): Promise<Workspace | undefined> {
  const server = registered(path);
  if (!server) return undefined;
  const [{ remoteWorkspace }, { CONFIG_FILE, readConfig }] = await Promise.all([
    import('../server/client/remote-workspace.js'),
    import('../config/config.js'),
  ]);
  return remoteWorkspace(path, server, readConfig(configOf(args, path).config ?? join(path, CONFIG_FILE)));
}

/** Opens a workspace, does something with it and closes it, whatever happens. */
export async function withWorkspace<T>(args: Args, purpose: Purpose, work: (opened: Opened) => Promise<T>): Promise<T> {
  const opened = await openNamed(args, purpose);
  try {
    return await work(opened);
  } finally {
    await opened.workspace.close();
  }
}

export function workspacePath(args: Args, purpose: Purpose): string | undefined {
  const named = args.text('workspace');
  if (named !== undefined) return named;
  if (purpose === 'write') return DEFAULT_WORKSPACE;
  return purpose === 'read' && existsSync(join(DEFAULT_WORKSPACE, 'workspace.duckdb')) ? DEFAULT_WORKSPACE : undefined;
}

export function threadsOf(args: Args): { threads?: number } {
  const text = args.text('threads');
  if (text === undefined) return {};
  const threads = Number(text);
  if (!Number.isInteger(threads) || threads < 1)
    throw new UsageError(`--threads takes a whole number from 1, not ${text}`);
  return { threads };
}

/** The settings file named, the workspace's own, or the one here when the workspace is not elsewhere. */
export function configOf(args: Args, path: string | undefined): { config?: string } {
  const named = args.text('config');
  if (named !== undefined) {
    if (!existsSync(named)) throw new UsageError(`There is no settings file ${named}`);
    return { config: named };
  }
  if (args.text('workspace') !== undefined || (path !== undefined && existsSync(join(path, 'trawl.yaml')))) return {};
  return existsSync('trawl.yaml') ? { config: 'trawl.yaml' } : {};
}

/** What the options say about reading files. */
export function ingestOptionsOf(args: Args): IngestOptions {
  const connector = args.text('connector');
  const table = args.text('table');
  return {
    ...(connector === undefined ? {} : { connector }),
    ...(table === undefined ? {} : { table }),
    settings: pairs('connector-setting', args.texts('connector-setting')),
  };
}
