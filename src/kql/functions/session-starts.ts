import { aggregates, scalars } from './registry.js';

/** A row: its time, the longest session, the widest gap (ticks), and 1 where a session must begin. */
type Row = readonly [time: bigint | null, longest: bigint | null, gap: bigint | null, restart: bigint | null];

/**
 * The start of each row's session, in the rows' order: a new one begins after a null, at a restart, as far from the
 * session's start as sessions may last, and as far from the row before as a gap may be wide.
 */
export function sessionStarts(rows: readonly Row[]): (bigint | null)[] {
  let start: bigint | null = null;
  let before: bigint | null = null;
  return rows.map(([time, longest, gap, restart]) => {
    const goes =
      time !== null &&
      start !== null &&
      before !== null &&
      restart !== 1n &&
      !(longest !== null && time >= start + longest) &&
      !(gap !== null && time >= before + gap);
    start = goes ? start : time;
    before = time;
    return start;
  });
}

const NUMBERS = /-?\d+|null/g;
const cellOf = (text: string): bigint | null => (text === 'null' ? null : BigInt(text));

function readRows(json: string): Row[] {
  const cells = (json.match(NUMBERS) ?? []).map(cellOf);
  const rows: Row[] = [];
  for (let i = 0; i + 3 < cells.length; i += 4) rows.push(cells.slice(i, i + 4) as unknown as Row);
  return rows;
}

/** What `row_window_session` is put together from. The list of starts is one of DuckDB's, not JSON. */
export const SESSION_PARTS = scalars([
  {
    name: 'session_starts_of',
    args: ['string'],
    returns: 'string',
    internal: true,
    js: (rows) =>
      rows === null
        ? null
        : `[${sessionStarts(readRows(String(rows)))
            .map(String)
            .join(',')}]`,
    examples: [],
  },
  { name: 'session_start', returns: 'datetime', internal: true, duckdb: '($1)[$2]', examples: [] },
]);

export const SESSION_AGGREGATES = aggregates([
  {
    name: 'session_starts',
    returns: 'dynamic',
    internal: true,
    ordered: true,
    duckdb: ([time, longest, gap, restart], { order }) => {
      const row = `[${time!.sql}, ${longest!.sql}, ${gap!.sql}, CAST(${restart!.sql} AS BIGINT)]`;
      const rows = `list(${row}${order ? ` ORDER BY ${order}` : ''})`;
      return `CAST(kql_js_session_starts_of(CAST(to_json(${rows}) AS VARCHAR)) AS BIGINT[])`;
    },
    examples: [],
  },
]);
