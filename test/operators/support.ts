import { afterAll, beforeAll } from 'vitest';
import { openWorkspace, type QueryOptions, type QueryResult, type Workspace } from '../../src/index.js';

/** A workspace in memory for the tests of a file. */
export interface Asked {
  query(kql: string, options?: QueryOptions): Promise<QueryResult>;
  /** The first result's rows. */
  rows(kql: string): Promise<unknown[][]>;
  /** The first result's rows, sorted as text: for results without an order. */
  set(kql: string): Promise<unknown[][]>;
  /** The first result's columns as `name:type`. */
  columns(kql: string): Promise<string[]>;
  /** The message a query is refused with. */
  refusal(kql: string): Promise<string>;
}

export function asked(): Asked {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await openWorkspace();
  });
  afterAll(() => workspace.close());
  const query = (kql: string, options?: QueryOptions): Promise<QueryResult> =>
    workspace.query(kql, { asOf: '2026-01-15T12:00:00Z', ...options });
  const rows = async (kql: string): Promise<unknown[][]> => (await query(kql)).tables[0]!.rows;
  const key = (row: unknown): string =>
    JSON.stringify(row, (_, of: unknown) => (typeof of === 'bigint' ? String(of) : of));
  return {
    query,
    rows,
    set: async (kql) => (await rows(kql)).sort((a, b) => (key(a) < key(b) ? -1 : 1)),
    columns: async (kql) => (await query(kql)).tables[0]!.columns.map((of) => `${of.name}:${of.type}`),
    refusal: async (kql) => {
      try {
        await query(kql);
      } catch (error) {
        return (error as Error).message;
      }
      throw new Error(`it ran: ${kql}`);
    },
  };
}
