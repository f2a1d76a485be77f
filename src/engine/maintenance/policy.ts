/** How long rows stay. Days are whole ones of `TimeGenerated`, in UTC. */
export interface RetentionPolicy {
  /** Days that a table's rows are kept, by its name; `null` for ever. */
  readonly tables: Readonly<Record<string, number | null>>;
  /** Days for the other tables that hold events; for ever unless given. */
  readonly default?: number | null;
  /** Bytes the workspace may have on disk before the oldest days go. */
  readonly disk?: number;
  /** Days after which a day moves to a file of its own. */
  readonly archiveAfter?: number;
}

/** Keeps everything where it is. */
export const KEEP_ALL: RetentionPolicy = { tables: {} };

/** Tables that hold no events: what is in them holds until it is replaced, however old. */
const REFERENCE_TABLES = /^(?:ThreatIntel|Watchlist$)/;

/** Whether a table's rows are events, which belong to a day and never change. */
export const holdsEvents = (table: string): boolean => !REFERENCE_TABLES.test(table);

/** Days a table's rows are kept; undefined for ever. Tables of no events are only touched when they are named. */
export function daysKept(policy: RetentionPolicy, table: string): number | undefined {
  const own = Object.hasOwn(policy.tables, table) ? policy.tables[table] : holdsEvents(table) ? policy.default : null;
  return own ?? undefined;
}
