import type { Command } from './command.js';

interface CommandRow {
  readonly name: string;
  readonly summary: string;
  /** A signal is how it is meant to end: the exit code is then the command's own. */
  readonly endsBySignal?: boolean;
  load(): Promise<Command>;
}

/** The commands, in the order help lists them. Each is loaded when it is called. */
export const COMMANDS: readonly CommandRow[] = [
  {
    name: 'hunt',
    summary: 'run hunts over log files or a workspace',
    load: async () => (await import('./commands/hunt.js')).hunt,
  },
  { name: 'query', summary: 'run a KQL query', load: async () => (await import('./commands/query.js')).query },
  {
    name: 'ingest',
    summary: 'read log files into a workspace',
    load: async () => (await import('./commands/ingest.js')).ingest,
  },
  {
    name: 'serve',
    summary: 'take in syslog and more, live',
    endsBySignal: true,
    load: async () => (await import('./commands/serve.js')).serve,
  },
  {
    name: 'status',
    summary: 'how a running server is doing',
    load: async () => (await import('./commands/status.js')).status,
  },
  {
    name: 'tables',
    summary: 'list tables, or show the columns of one',
    load: async () => (await import('./commands/tables.js')).tables,
  },
  {
    name: 'functions',
    summary: 'list the functions saved in the workspace, or show one',
    load: async () => (await import('./commands/functions.js')).functions,
  },
  {
    name: 'watchlist',
    summary: 'import, list, show and remove the lists that _GetWatchlist reads',
    load: async () => (await import('./commands/watchlist.js')).watchlist,
  },
  {
    name: 'feeds',
    summary: 'list the feeds of threat intelligence, or update them',
    load: async () => (await import('./commands/feeds.js')).feeds,
  },
  {
    name: 'rejected',
    summary: 'show the records that could not be read, and why',
    load: async () => (await import('./commands/rejected.js')).rejected,
  },
  {
    name: 'maintain',
    summary: 'delete old rows and archive older days, as trawl.yaml says',
    load: async () => (await import('./commands/maintain.js')).maintain,
  },
  {
    name: 'hunts',
    summary: 'list the hunts, show one, or its knobs',
    load: async () => (await import('./commands/hunts.js')).hunts,
  },
  {
    name: 'check',
    summary: 'check queries and hunts: mistakes, and what Sentinel would refuse',
    load: async () => (await import('./commands/check.js')).check,
  },
  {
    name: 'config',
    summary: 'check the settings',
    load: async () => (await import('./commands/config.js')).config,
  },
  {
    name: 'explain',
    summary: 'show the plan and the SQL of a query',
    load: async () => (await import('./commands/explain.js')).explain,
  },
];
