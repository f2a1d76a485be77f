import type { DuckDBConnection } from '@duckdb/node-api';
import { addTable, type Catalogue, extendTable, relationOf, type TableState } from '../../engine/store/catalogue.js';
import { Inserter } from '../../engine/store/insert.js';
import { inTransaction, type WritableStore } from '../../engine/store/open.js';
import { insertRejected } from '../../engine/store/rejected.js';
import { quoteText } from '../../kql/sql/duckdb/literal.js';
import { knownSchema } from '../../tables/known.js';
import { TICKS_PER_DAY } from '../../util/ticks.js';
import { rejectedUnder } from './intake.js';
import { columnsOf, type FeedColumns, stagedRows } from './merge-sql.js';
import { ALWAYS, type Staging, TABLE } from './staging.js';
import type { FeedCounts } from './types.js';

/** What a feed's rows are to become. */
export interface Upsert {
  /** The feed's name: SourceSystem of its rows. */
  readonly name: string;
  /** Ticks of now, and of when the source was written: the date of indicators without one. */
  readonly now: bigint;
  readonly modified: bigint;
  readonly confidence?: number;
  readonly validityDays?: number;
  /** Whether what was staged is all that the feed has: what is missing is retired. */
  readonly whole: boolean;
  /** MISP events that are staged with all that they have, or that are gone: what is missing of them is retired. */
  readonly events: readonly string[] | 'staged';
  readonly rejected: number;
  /** Whether what was rejected before stays listed: the source was not read again. */
  readonly keepRejected: boolean;
  /** Written in the same transaction. */
  also(connection: DuckDBConnection, counts: FeedCounts): Promise<void>;
}

/**
 * Brings a feed's rows to the state that was staged, in one transaction: new ones are added, changed ones replaced, those that
 * are over or gone retired (`Active` false); all others are left as they are.
 */
export async function upsert(store: WritableStore, staging: Staging, how: Upsert): Promise<FeedCounts> {
  const { connection } = staging;
  const table = await store.exclusive((_writing, catalogue) => shape(connection, store, catalogue, staging));
  const columns = columnsOf(table, staging);
  const validity = BigInt(Math.round((how.validityDays ?? 0) * 86_400)) * (TICKS_PER_DAY / 86_400n);
  for (const sql of stagedRows(columns, { ...how, validity })) await connection.run(sql);
  let counts: FeedCounts | undefined;
  await store.exclusive(() =>
    inTransaction(connection, store, async () => {
      counts = await merge(connection, relationOf(table), columns, { ...how, validity });
      if (!how.keepRejected)
        await connection.run('DELETE FROM trawl.rejected WHERE file = $1', [rejectedUnder(how.name)]);
      const inserter = new Inserter(connection);
      if (staging.rejected.length > 0) await insertRejected(inserter, staging.rejected);
      inserter.close();
      await how.also(connection, counts);
    }),
  );
  return counts!;
}

/** Gives the table all columns that the rows need. */
async function shape(
  connection: DuckDBConnection,
  store: WritableStore,
  catalogue: Catalogue,
  { columns, ipv4, ipv6, inexact }: Staging,
): Promise<TableState> {
  const known = catalogue.get(TABLE);
  const values = [...columns.keys()];
  const fits =
    known !== undefined &&
    values.every((name) => known.columns.get(name)?.physical !== undefined) &&
    [...ipv4].every((name) => known.columns.get(name)?.ipv4 !== undefined) &&
    [...ipv6].every((name) => known.columns.get(name)?.ipv6 !== undefined) &&
    [...inexact].every((name) => known.columns.get(name)?.exact === false);
  if (fits) return known;
  let table = known;
  await inTransaction(connection, store, async () => {
    table ??= await addTable(connection, catalogue, TABLE, knownSchema(TABLE) ?? ALWAYS, {
      literals: { Type: TABLE },
      needed: values.filter((name) => name in ALWAYS && name !== 'TimeGenerated'),
    });
    await extendTable(connection, table, {
      columns: Object.fromEntries(columns),
      values,
      ipv4: [...ipv4],
      ipv6: [...ipv6],
      inexact: [...inexact],
    });
  });
  return table!;
}

async function merge(
  connection: DuckDBConnection,
  relation: string,
  { targets, entity, signature, place }: FeedColumns,
  { name, now, validity, whole, events, rejected }: Upsert & { readonly validity: bigint },
): Promise<FeedCounts> {
  const run = (sql: string) => connection.run(sql);
  const number = async (sql: string): Promise<number> =>
    Number((await connection.runAndReadAll(sql)).getRows()[0]?.[0] ?? 0);
  const ours = `${place('SourceSystem')} = ${quoteText(name)}`;
  const event = (json: string): string => `json_extract_string(TRY_CAST(nullif(${json}, '') AS JSON), '$.event')`;

  await run(`CREATE TEMP TABLE feed_old AS SELECT rowid AS rid, ${entity} AS entity, ${signature} AS signature,
    ${place('TimeGenerated')} AS generated, ${place('ExpirationDateTime')} AS expires,
    coalesce(${place('Active')}, true) AS active, ${event(place('AdditionalInformation'))} AS event
    FROM ${relation} WHERE ${ours}`);
  // a source may send what is older than what we have
  await run(`DELETE FROM feed_new WHERE versioned AND entity IN (SELECT n.entity FROM feed_new n JOIN feed_old o USING (entity)
    WHERE n.versioned AND o.generated > n.generated)`);
  // what has neither a date nor an end of its own gets both anew when half its time is over
  await run(`CREATE TEMP TABLE feed_kept AS SELECT DISTINCT o.rid, n.nid FROM feed_old o JOIN feed_new n
    ON o.entity = n.entity AND o.signature = n.signature
    AND (n.undated OR o.generated IS NOT DISTINCT FROM n.generated)
    AND (o.expires IS NOT DISTINCT FROM n.expires OR (n.lasting AND o.expires > ${now + validity / 2n}))`);
  const scopes = events === 'staged' ? `SELECT ${event('"AdditionalInformation"')} FROM feed_rows` : listOf(events);
  await run(`CREATE TEMP TABLE feed_retired AS SELECT rid FROM feed_old WHERE active
    AND entity NOT IN (SELECT entity FROM feed_new)
    AND (${whole} OR expires <= ${now} OR event IN (${scopes}))`);
  await run(`CREATE TEMP TABLE feed_gone AS SELECT rid FROM feed_old
    WHERE entity IN (SELECT entity FROM feed_new) AND rid NOT IN (SELECT rid FROM feed_kept)`);
  const coming = 'feed_new WHERE nid NOT IN (SELECT nid FROM feed_kept)';
  const changed = await number(
    `SELECT count(DISTINCT entity) FROM ${coming} AND entity IN (SELECT entity FROM feed_old)`,
  );
  const added = await number(`SELECT count(*) FROM ${coming} AND entity NOT IN (SELECT entity FROM feed_old)`);
  const retired = await number('SELECT count(*) FROM feed_retired');
  const unchanged = await number('SELECT count(DISTINCT nid) FROM feed_kept');
  if (retired > 0)
    await run(`UPDATE ${relation} SET ${place('Active')} = false,
      ${place('ExpirationDateTime')} = least(coalesce(${place('ExpirationDateTime')}, ${now}), ${now})
      WHERE rowid IN (SELECT rid FROM feed_retired)`);
  await run(`DELETE FROM ${relation} WHERE rowid IN (SELECT rid FROM feed_gone)`);
  await run(`INSERT INTO ${relation} (${targets.join(', ')}) SELECT ${targets.join(', ')} FROM feed_shown
    WHERE nid IN (SELECT nid FROM ${coming})`);
  const active = await number(`SELECT count(*) FROM ${relation} WHERE ${ours} AND coalesce(${place('Active')}, true)`);
  return { added, changed, retired, unchanged, rejected, active };
}

const listOf = (texts: readonly string[]): string =>
  texts.length === 0 ? 'NULL' : texts.map((text) => quoteText(text)).join(', ');
