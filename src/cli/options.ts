import type { OptionSpecs } from './command.js';

/** Options that several commands share. */
export const workspaceOptions = {
  workspace: {
    type: 'string',
    short: 'w',
    value: 'DIR',
    help: 'the workspace; ./.trawl when it exists, else in memory',
  },
  config: { type: 'string', value: 'FILE', help: 'settings; trawl.yaml in the workspace or here unless given' },
  'memory-limit': { type: 'string', value: 'SIZE', help: 'memory the engine may use, such as 4GB' },
  threads: { type: 'string', value: 'N', help: 'threads the engine may use' },
} as const satisfies OptionSpecs;

export const clockOptions = {
  'as-of': {
    type: 'string',
    value: 'TIME',
    help: 'the clock that now() and ago() read: now, latest (the last event), or a datetime\n(default: latest with --data, else now)',
  },
} as const satisfies OptionSpecs;

export const dataOptions = {
  data: {
    type: 'string',
    multiple: true,
    value: 'PATH…',
    help: 'log files, folders, globs, or - for standard input; kept nowhere, unless --workspace is given',
  },
} as const satisfies OptionSpecs;

export const connectorOptions = {
  connector: { type: 'string', value: 'NAME', help: 'the format of the files, instead of recognising it' },
  table: { type: 'string', value: 'NAME', help: "the table of files that are in a table's shape already" },
  'connector-setting': { type: 'string', multiple: true, value: 'C.S=VALUE', help: 'a setting of a connector' },
} as const satisfies OptionSpecs;

export const queryOptions = {
  set: {
    type: 'string',
    multiple: true,
    value: 'KNOB=VALUE',
    help: 'the value of a top-level let that holds a constant',
  },
  'max-rows': {
    type: 'string',
    value: 'N',
    help: 'rows a result is cut at, with a warning; none for no limit (default: 500000)',
  },
  timeout: { type: 'string', value: 'TIME', help: 'give up a query after this long: 30s, 5m (a number is seconds)' },
} as const satisfies OptionSpecs;

/** What `externaldata` may read. */
export const externalOptions = {
  external: {
    type: 'string',
    multiple: true,
    value: 'PLACE=PATH',
    help: 'the local file (or folder, PLACE ending with /) to read where externaldata names PLACE; nothing is fetched',
  },
} as const satisfies OptionSpecs;

export const FORMATS = ['table', 'json', 'csv', 'ndjson', 'markdown', 'parquet'] as const;
export type Format = (typeof FORMATS)[number];

export const outputOptions = {
  format: { type: 'string', value: 'FORMAT', help: `${FORMATS.join(', ')} (default: table, also on a pipe)` },
  output: { type: 'string', short: 'o', value: 'FILE', help: 'write there instead of standard output' },
  rows: { type: 'string', value: 'N', help: 'rows that a printed table shows at most; all for all' },
} as const satisfies OptionSpecs;
