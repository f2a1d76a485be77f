import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openWorkspace, TrawlError, type Workspace } from '../../src/index.js';
import { query, STORED } from './queries.js';

/**
 * Queries made at random: what the official parser binds runs, or is refused by name; never a defect, never DuckDB's words; and
 * the same comes out whether the plan is optimized or not. `FUZZ_MS` and `FUZZ_SEED` give it longer, or a run again.
 */
const folder = mkdtempSync(join(tmpdir(), 'trawl-fuzz-'));
let workspace: Workspace;

const EVENTS = [
  {
    TimeGenerated: '2020-02-28T01:02:03.4567891Z',
    Host: 'a',
    SourceIP: '10.0.0.1',
    Bytes: 5,
    Score: 1.5,
    Ok: true,
    Details: { a: 1, b: 'x' },
  },
  {
    TimeGenerated: '2020-02-29T00:00:00Z',
    Host: 'Hello World',
    SourceIP: '192.168.1.1',
    Bytes: 9_007_199_254_740_993n,
    Score: -0.5,
    Ok: false,
    Details: [1, 2],
  },
  { TimeGenerated: '2020-03-01T12:00:00Z', Host: '', SourceIP: '8.8.8.8', Score: 0, Details: 'text' },
  { TimeGenerated: '2020-03-01T13:00:00Z', Host: 'a', SourceIP: 'not an address', Bytes: -1, Ok: true },
];
beforeAll(async () => {
  workspace = await openWorkspace();
  await workspace.createTable('Fuzz_CL', Object.fromEntries(STORED.map(({ name, type }) => [name, type])));
  const file = join(folder, 'events.ndjson');
  const text = (event: object): string =>
    JSON.stringify(event, (_, value) => (typeof value === 'bigint' ? `#${value}` : value)).replaceAll(
      /"#(\d+)"/g,
      '$1',
    );
  writeFileSync(file, `${EVENTS.map(text).join('\n')}\n`);
  await workspace.ingest(file, { table: 'Fuzz_CL' });
  // the first query loads the parser, which must not count as time for random ones
  await workspace.query('Fuzz_CL | count');
});
afterAll(async () => {
  await workspace.close();
  rmSync(folder, { recursive: true });
});

/** Words that only DuckDB uses. */
const ENGINE =
  /Binder|Catalog|Parser Error|INTERNAL|Not implemented|VARCHAR|BIGINT|INT64|INT32|INT128|HUGEINT|DOUBLE|LINE 1|explicit type cast|DuckDB|kql_/;

const rowsText = (rows: readonly (readonly unknown[])[]): string[] =>
  rows.map((row) => JSON.stringify(row, (_, cell) => cellText(cell))).sort();
/** Sums of reals depend on the order of their terms in the last digits. */
function cellText(cell: unknown): unknown {
  if (typeof cell === 'bigint') return String(cell);
  if (typeof cell !== 'number' || Number.isSafeInteger(cell)) return cell;
  return Number.isFinite(cell) ? cell.toPrecision(9) : String(cell);
}

const outcomes = { ran: 0, refused: 0, unbound: 0 };

async function check(kql: string, definite: boolean): Promise<void> {
  const options = { asOf: '2024-05-06T07:08:09Z', timeoutMs: 60_000 };
  let first: Awaited<ReturnType<Workspace['query']>>;
  try {
    first = await workspace.query(kql, options);
  } catch (error) {
    if (!(error instanceof TrawlError)) throw error;
    if (/^KS/.test(error.code)) {
      outcomes.unbound++;
      return;
    }
    outcomes.refused++;
    expect(error.code, error.message).not.toMatch(/^(internal|query-failed)$/);
    expect(error.message).not.toMatch(ENGINE);
    return;
  }
  outcomes.ran++;
  const plain = await workspace.query(kql, { ...options, optimize: false });
  expect(plain.tables.map((of) => of.columns)).toEqual(first.tables.map((of) => of.columns));
  if (definite) expect(rowsText(plain.tables[0]!.rows)).toEqual(rowsText(first.tables[0]!.rows));
}

it('random queries', async () => {
  const milliseconds = Number(process.env.FUZZ_MS ?? 4000);
  await fc.assert(
    fc.asyncProperty(fc.gen(), async (draw) => {
      const { kql, definite } = query({ below: (n) => draw(fc.integer, { min: 0, max: n - 1 }) });
      try {
        await check(kql, definite);
      } catch (error) {
        throw new Error(`${kql}\n${(error as Error).message}`, { cause: error });
      }
    }),
    {
      numRuns: 100_000,
      interruptAfterTimeLimit: milliseconds,
      markInterruptAsFailure: false,
      ...(process.env.FUZZ_SEED ? { seed: Number(process.env.FUZZ_SEED) } : {}),
    },
  );
  if (process.env.FUZZ_MS) console.log(outcomes);
  expect(outcomes.ran).toBeGreaterThan(outcomes.unbound);
}, 3_600_000);
