import type { DuckDBConnection } from '@duckdb/node-api';
import { type InsertColumn, Inserter } from '../../engine/store/insert.js';
import type { WritableStore } from '../../engine/store/open.js';
import type { RejectedRecord } from '../../engine/store/rejected.js';
import type { FilledColumn } from '../../engine/store/segment.js';
import { type Batch, releaseBatch } from '../../engine/store/transaction.js';
import { tableBuffers, type Writer } from '../../engine/store/writer.js';
import { quoteName, SQL_TYPE } from '../../kql/sql/duckdb/literal.js';
import type { KqlType } from '../../kql/types.js';
import { FeedFailure } from './types.js';

export const TABLE = 'ThreatIntelligenceIndicator';

/** Rejected records of one update that are kept; the rest are counted. */
const REJECTED_KEPT = 1_000;

/** Columns that an update looks at, whether the feed has them or not. */
export const ALWAYS: Readonly<Record<string, KqlType>> = {
  TimeGenerated: 'datetime',
  SourceSystem: 'string',
  IndicatorId: 'string',
  ExternalIndicatorId: 'string',
  Active: 'bool',
  ExpirationDateTime: 'datetime',
  ConfidenceScore: 'real',
  AdditionalInformation: 'string',
};

/** Rows of a feed on their way, in a temporary table of a connection of their own: nobody else sees them, nobody waits. */
export interface Staging {
  readonly connection: DuckDBConnection;
  /** What rows are written with. */
  readonly writer: Writer;
  /** Columns staged, by name, with their type. */
  readonly columns: ReadonlyMap<string, KqlType>;
  readonly ipv4: ReadonlySet<string>;
  readonly ipv6: ReadonlySet<string>;
  readonly inexact: ReadonlySet<string>;
  readonly rejected: readonly RejectedRecord[];
  close(): void;
}

const SUFFIX = { value: '', ipv4: '$v4', ipv6: '$v6' } as const;

/** The name of a staged column, quoted. */
export const stagedName = (name: string, part: keyof typeof SUFFIX = 'value'): string =>
  quoteName(`${name}${SUFFIX[part]}`);

export async function openStaging(store: WritableStore): Promise<Staging> {
  const connection = await store.connect();
  const inserter = new Inserter(connection);
  const buffers = tableBuffers(store);
  const columns = new Map<string, KqlType>(Object.entries(ALWAYS));
  const parts = { value: new Set(columns.keys()), ipv4: new Set<string>(), ipv6: new Set<string>() };
  const inexact = new Set<string>();
  const rejected: RejectedRecord[] = [];
  const definitions = [...columns].map(([name, type]) => `${stagedName(name)} ${SQL_TYPE[type]}${fallback(type)}`);
  await connection.run(`CREATE TEMP TABLE feed_rows (${definitions.join(', ')})`);

  const place = async ({ name, part }: FilledColumn, type: KqlType): Promise<InsertColumn> => {
    const sqlType = part === 'value' ? SQL_TYPE[type] : part === 'ipv4' ? 'UINTEGER' : 'UHUGEINT';
    if (!parts[part].has(name)) {
      const rest = `${sqlType}${part === 'value' ? fallback(type) : ''}`;
      await connection.run(`ALTER TABLE feed_rows ADD COLUMN ${stagedName(name, part)} ${rest}`);
      parts[part].add(name);
      if (part === 'value') columns.set(name, type);
    }
    return { name: `${name}${SUFFIX[part]}`, type: sqlType };
  };

  const put = async (batch: Batch): Promise<void> => {
    rejected.push(...batch.rejected.slice(0, Math.max(0, REJECTED_KEPT - rejected.length)));
    for (const { table, rows, columns: filled, types, inexact: more } of batch.rows) {
      if (table !== TABLE) throw new FeedFailure(`it holds rows of ${table}: read it with trawl ingest`);
      const inserts: InsertColumn[] = [];
      for (const column of filled)
        inserts.push({ ...(await place(column, types.get(column.name)!)), cells: column.cells });
      for (const name of more) inexact.add(name);
      await inserter.insert('feed_rows', rows, inserts);
    }
    releaseBatch(batch);
  };

  return {
    connection,
    writer: { buffer: (table, schema) => buffers.buffer(table, schema), put, flush: async () => {} },
    columns,
    ipv4: parts.ipv4,
    ipv6: parts.ipv6,
    inexact,
    rejected,
    close() {
      inserter.close();
      connection.closeSync();
    },
  };
}

/** Strings are never null. */
const fallback = (type: KqlType): string => (type === 'string' ? " DEFAULT ''" : '');
