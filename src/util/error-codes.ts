/**
 * Every error code of ours: its message (made from typed parameters) and what the user can do about it.
 * `docs/reference/errors.md` lists the same codes; a test keeps both equal. Diagnostics of the official parser keep its `KS###` codes.
 */
export const ERROR_CODES = {
  unsupported: {
    message: (p: { what: string; instead?: string }) =>
      `${p.what} is not supported yet${p.instead ? `: ${p.instead}` : ''}`,
    help: 'The query uses a part of KQL that Trawl does not run yet. Nothing was executed.',
  },
  'needs-cloud': {
    message: (p: { what: string; instead?: string }) =>
      `${p.what} needs a service outside this machine${p.instead ? `: ${p.instead}` : ''}`,
    help: 'The function talks to Azure or to the network, which Trawl never does from a query.',
  },
  'bad-argument': {
    message: (p: { what: string; why: string }) => `${p.what}: ${p.why}`,
    help: 'An argument has a value that Kusto would refuse too.',
  },
  'body-unrecognised': {
    message: (p: { reason: string }) => `What was sent is not taken: ${p.reason}`,
    help: 'Name the table or the connector: `POST /ingest?table=…` or `?connector=…`.',
  },
  'body-invalid': {
    message: (p: { reason: string }) => `The body of the request is not taken: ${p.reason}`,
    help: 'Send NDJSON, a JSON array or lines of text, plain or compressed with gzip, in batches of a few MiB.',
  },
  busy: {
    message: (p: { reason: string }) => `Nothing more can be taken in at the moment: ${p.reason}`,
    help: 'Send it again later. `trawl status` says what is wrong.',
  },
  'server-failed': {
    message: (p: { url: string; reason: string }) => `The server at ${p.url} did not answer: ${p.reason}`,
    help: 'A `trawl serve` has the workspace open. See its log, or end it.',
  },
  'listen-failed': {
    message: (p: { endpoint: string; reason: string }) => `Cannot listen on ${p.endpoint}: ${p.reason}`,
    help: 'Choose another endpoint under `serve` in `trawl.yaml`, or end the process that listens there.',
  },
  'certificate-invalid': {
    message: (p: { file: string; reason: string }) => `The certificate ${p.file}: ${p.reason}`,
    help: 'Name PEM files that exist under `serve.tls`, or none: Trawl then makes a certificate of its own.',
  },
  'unknown-table': {
    message: (p: { name: string; nearest?: readonly string[] }) =>
      `There is no table ${p.name}${p.nearest?.length ? `; did you mean ${p.nearest.join(' or ')}?` : ''}`,
    help: 'List the tables with `trawl tables`.',
  },
  'feed-unknown': {
    message: (p: { name: string; nearest?: readonly string[] }) =>
      `The settings name no feed ${p.name}${p.nearest?.length ? `; did you mean ${p.nearest.join(' or ')}?` : ''}`,
    help: 'List the feeds with `trawl feeds`. A running server knows those that were there when it started.',
  },
  'unknown-function': {
    message: (p: { name: string; nearest?: readonly string[] }) =>
      `No function ${p.name} is saved in the workspace${p.nearest?.length ? `; did you mean ${p.nearest.join(' or ')}?` : ''}`,
    help: 'List the functions with `trawl functions`.',
  },
  'function-invalid': {
    message: (p: { place: string; reason: string }) => `A saved function is wrong: ${p.place}: ${p.reason}`,
    help: "Mend the file in the workspace's `functions/`; `trawl functions` lists them with their mistakes.",
  },
  'watchlist-unknown': {
    message: (p: { alias: string; nearest?: readonly string[] }) =>
      `There is no watchlist ${p.alias}${p.nearest?.length ? `; did you mean ${p.nearest.join(' or ')}?` : ''}`,
    help: 'List the watchlists with `trawl watchlist list`. Aliases are told apart by upper and lower case here.',
  },
  'watchlist-invalid': {
    message: (p: { file: string; reason: string }) => `The watchlist ${p.file}: ${p.reason}`,
    help: 'A watchlist is a CSV file whose first row names its columns, one of which is the key to search by.',
  },
  'query-too-complex': {
    message: (p: { why: string }) => `The query is too complex: ${p.why}`,
    help: 'Nothing was executed. Use `materialize()` for tables and fewer functions that call each other, or split the query.',
  },
  'query-timeout': {
    message: (p: { ms: number }) => `The query did not end within ${p.ms} ms and was cancelled`,
    help: 'Narrow the time range, or give a longer time-out.',
  },
  'query-cancelled': {
    message: () => 'The query was cancelled',
    help: 'The caller cancelled the query.',
  },
  'query-failed': {
    message: (p: { reason: string }) => `The query failed while running: ${p.reason}`,
    help: 'A value could not be computed, for example an overflow of long.',
  },
  'out-of-memory': {
    message: (p: { limit: string }) => `The query needs more memory than the limit of ${p.limit}`,
    help: 'Narrow the query, or give a higher memory limit.',
  },
  'unknown-hunt': {
    message: (p: { name: string; hunts: readonly string[] }) =>
      `There is no hunt ${p.name}. Hunts: ${p.hunts.join(', ')}`,
    help: 'List the hunts with `trawl hunts`. A hunt goes by its short name, its GUID, its number, or the path of a .yaml or .kql file.',
  },
  'unknown-knob': {
    message: (p: { name: string; owner: string; knobs: string }) =>
      `There is no knob ${p.name} in ${p.owner}. Its knobs:\n${p.knobs}`,
    help: 'A knob is a top-level `let` of the query that holds a constant. `trawl hunts knobs ID` shows those of a hunt.',
  },
  'bad-knob': {
    message: (p: { name: string; owner: string; takes: string; value: string; knobs: string }) =>
      `The knob ${p.name} of ${p.owner} takes ${p.takes}; ${p.value} is none. Knobs:\n${p.knobs}`,
    help: "Give a value of the knob's type.",
  },
  'yaml-invalid': {
    message: (p: { file: string; line: number; reason: string }) => `${p.file}:${p.line}: ${p.reason}`,
    help: 'The file is not YAML, or not of the shape that is expected there.',
  },
  'path-not-found': {
    message: (p: { path: string }) => `There is no file or folder ${p.path}.`,
    help: 'Check the path. Quote globs so that the shell leaves them alone.',
  },
  'path-unreadable': {
    message: (p: { path: string; reason: string }) => `Cannot read ${p.path}: ${p.reason}.`,
    help: 'The system does not let Trawl read it: check its permissions.',
  },
  'connector-unknown': {
    message: (p: { name: string; known: readonly string[] }) =>
      `There is no connector ${p.name}. Known: ${p.known.join(', ')}.`,
    help: 'Leave out --connector to have the format recognised from the content.',
  },
  'setting-unknown': {
    message: (p: { name: string; known: readonly string[] }) =>
      `There is no connector setting ${p.name}. Known: ${p.known.join(', ')}.`,
    help: 'Connector settings are written `connector.setting=value`.',
  },
  'setting-type': {
    message: (p: { name: string; type: string; value: string }) =>
      `The connector setting ${p.name} takes a ${p.type}, not ${p.value}.`,
    help: 'Give a value of that type.',
  },
  'table-exists': {
    message: (p: { name: string }) => `The workspace already has a table ${p.name}.`,
    help: "Choose another name, or keep the table as it is with `ifExists: 'keep'`.",
  },
  'table-without-columns': {
    message: () => 'A table needs a name and at least one column.',
    help: 'Name at least one column and its type.',
  },
  'workspace-missing': {
    message: (p: { path: string }) => `There is no workspace in ${p.path} to read.`,
    help: 'Make one with `trawl ingest PATH --workspace DIR`.',
  },
  'workspace-not-a-directory': {
    message: (p: { path: string }) => `A workspace is a directory, and ${p.path} is a file.`,
    help: 'Give a directory, or hunt in files with `trawl hunt --data PATH`.',
  },
  'workspace-locked': {
    message: (p: { path: string; by: string }) =>
      `The workspace ${p.path} is in use by ${p.by}. Close it there and try again.`,
    help: 'One process at a time can have a workspace open.',
  },
  'workspace-newer': {
    message: (p: { path: string }) => `The workspace ${p.path} was written by a newer Trawl. Update Trawl to open it.`,
    help: 'Update Trawl, or make a new workspace from the logs.',
  },
  'workspace-corrupt': {
    message: (p: { path: string; reason: string }) => `The database of the workspace ${p.path} is damaged: ${p.reason}`,
    help: 'Move the directory away and ingest the logs anew.',
  },
  'workspace-unwritable': {
    message: (p: { path: string; reason: string }) => `Cannot open the workspace ${p.path}: ${p.reason}`,
    help: 'Check the permissions of the directory and the free space on its disk.',
  },
  'workspace-setting': {
    message: () => 'The memory limit or the number of threads is not one that DuckDB takes.',
    help: 'A memory limit is a size such as 4GB; threads is a whole number from 1.',
  },
  'workspace-read-only': {
    message: () => 'The workspace was opened for reading only.',
    help: 'Open it without `readOnly` to change it.',
  },
  'ingest-cancelled': {
    message: () => 'The ingest was interrupted; what was read until then is in the workspace',
    help: 'Run the same ingest again to go on where it stopped.',
  },
  'nothing-read': {
    message: (p: { files: number }) =>
      `No event could be read from ${p.files === 1 ? 'the file' : `the ${p.files} files`} given`,
    help: 'Name the format with --connector, or the table of data in its shape with --table.',
  },
  'output-format': {
    message: (p: { format: string; why: string }) => `The format ${p.format} cannot hold this result: ${p.why}`,
    help: 'Choose another --format, or write to a folder with --output FOLDER/.',
  },
  'output-unwritable': {
    message: (p: { path: string; reason: string }) => `Cannot write ${p.path}: ${p.reason}`,
    help: 'Check the path of --output and its permissions.',
  },
  internal: {
    message: (p: { reason: string; query?: string }) =>
      `A defect of Trawl's own, please report it with the query: ${p.reason}${p.query ? `\nQuery: ${p.query}` : ''}`,
    help: 'Not your mistake.',
  },
} as const satisfies Record<string, { message: (p: never) => string; help: string }>;

export type ErrorCode = keyof typeof ERROR_CODES;
export type ErrorParameters<C extends ErrorCode> = Parameters<(typeof ERROR_CODES)[C]['message']>[0];
