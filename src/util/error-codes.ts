/**
 * Every error code of ours: its message (made from typed parameters) and what the user can do about it.
 * `docs/reference/errors.md` lists the same codes; a test keeps both equal. Diagnostics of the official parser keep its `KS###` codes.
 */
export const ERROR_CODES = {
  'unsupported': {
    message: (p: { what: string; instead?: string }) => `${p.what} is not supported yet${p.instead ? `: ${p.instead}` : ''}`,
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
  'unknown-table': {
    message: (p: { name: string; nearest?: readonly string[] }) =>
      `There is no table ${p.name}${p.nearest?.length ? `; did you mean ${p.nearest.join(' or ')}?` : ''}`,
    help: 'List the tables with `trawl tables`.',
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
  'internal': {
    message: (p: { reason: string; query?: string }) =>
      `A defect of Trawl's own, please report it with the query: ${p.reason}${p.query ? `\nQuery: ${p.query}` : ''}`,
    help: 'Not your mistake.',
  },
} as const satisfies Record<string, { message: (p: never) => string; help: string }>;

export type ErrorCode = keyof typeof ERROR_CODES;
export type ErrorParameters<C extends ErrorCode> = Parameters<(typeof ERROR_CODES)[C]['message']>[0];
