import { formatDatetime, TICKS_PER_DAY, ticksFromUnixMilliseconds } from '../../util/ticks.js';
import { moveDay } from '../store/archive/move-day.js';
import { forgetBatches } from '../store/batches.js';
import type { WritableStore } from '../store/open.js';
import { archivedDays, dayOf, liveDays, type TableDay } from './days.js';
import { type DiskUse, diskUse } from './disk-use.js';
import { oldestDays } from './oldest-days.js';
import { daysKept, holdsEvents, type RetentionPolicy } from './policy.js';
import { removeDay } from './remove-day.js';

/** Rows that a table has of one day: `2026-01-31`. */
export interface DayOfTable {
  readonly table: string;
  readonly day: string;
  readonly rows: number;
}

/** What was done. */
export interface MaintenanceReport {
  /** Days that moved to files, with the files' bytes. */
  readonly archived: readonly (DayOfTable & { readonly bytes: number })[];
  readonly removed: readonly (DayOfTable & { readonly because: 'retention' | 'disk' })[];
  /** Undefined in memory. */
  readonly disk?: DiskUse & {
    /** Bytes above what the policy allows though no whole day is left to delete. */
    readonly above: number;
  };
  /** Tables that the policy names and the workspace doesn't have. */
  readonly unknown: readonly string[];
}

export interface MaintenanceOptions {
  /** Unix ms; the present unless given. */
  readonly now?: number;
  readonly signal?: AbortSignal;
  /** Called before each step. */
  readonly onStep?: (what: 'archive' | 'remove', of: DayOfTable) => void;
}

/** How long a file that is out of the books stays for queries that began before. */
const FILES_LINGER = 3_600_000;

/**
 * Deletes what is older than the policy keeps, moves days to files, and frees the space. Others read and write meanwhile:
 * nothing but one day of one table at a time keeps writers waiting.
 */
export function maintain(
  store: WritableStore,
  policy: RetentionPolicy,
  options: MaintenanceOptions = {},
): Promise<MaintenanceReport> {
  return store.maintaining(async () => {
    const now = ticksFromUnixMilliseconds(options.now ?? Date.now());
    const removed = await removeOld(store, policy, now, options);
    const archived = await archiveOld(store, policy, now, options);
    await store.exclusive((connection) => forgetBatches(connection));
    if (removed.length + archived.length > 0) await checkpoint(store);
    const { disk, gone } = await fitDisk(store, policy, now, options);
    store.retired.sweep(FILES_LINGER);
    return {
      archived,
      removed: [...removed, ...gone],
      ...(disk ? { disk } : {}),
      unknown: Object.keys(policy.tables).filter((name) => !store.table(name)),
    };
  });
}

async function removeOld(
  store: WritableStore,
  policy: RetentionPolicy,
  now: bigint,
  options: MaintenanceOptions,
): Promise<MaintenanceReport['removed']> {
  const days = await store.exclusive(async (connection, catalogue) => {
    const found: TableDay[] = [];
    for (const table of catalogue.values()) {
      const kept = daysKept(policy, table.name);
      if (kept === undefined) continue;
      const before = dayOf(now - BigInt(kept) * TICKS_PER_DAY);
      found.push(...(await liveDays(connection, table, before)), ...archivedDays(table, before));
    }
    return found;
  });
  return removeAll(store, days, 'retention', options);
}

async function removeAll(
  store: WritableStore,
  days: readonly TableDay[],
  because: 'retention' | 'disk',
  { signal, onStep }: MaintenanceOptions,
): Promise<MaintenanceReport['removed']> {
  const removed: (DayOfTable & { because: 'retention' | 'disk' })[] = [];
  for (const of of days) {
    if (signal?.aborted) break;
    onStep?.('remove', shown(of));
    const rows = await removeDay(store, of.table, of.day);
    if (rows > 0) removed.push({ ...shown(of), rows, because });
  }
  return removed;
}

async function archiveOld(
  store: WritableStore,
  { archiveAfter }: RetentionPolicy,
  now: bigint,
  { signal, onStep }: MaintenanceOptions,
): Promise<MaintenanceReport['archived']> {
  if (archiveAfter === undefined || store.path === undefined) return [];
  const before = dayOf(now - BigInt(archiveAfter) * TICKS_PER_DAY);
  const days = await store.exclusive(async (connection, catalogue) => {
    const found: TableDay[] = [];
    for (const table of catalogue.values())
      if (holdsEvents(table.name)) found.push(...(await liveDays(connection, table, before)));
    return found;
  });
  const archived: (DayOfTable & { bytes: number })[] = [];
  for (const of of days) {
    if (signal?.aborted) break;
    onStep?.('archive', shown(of));
    const file = await moveDay(store, of.table, of.day, signal).catch((error: unknown) => {
      if (!signal?.aborted) throw error;
      return undefined;
    });
    if (file) archived.push({ ...shown(of), bytes: file.bytes });
  }
  return archived;
}

async function fitDisk(
  store: WritableStore,
  { disk: limit }: RetentionPolicy,
  now: bigint,
  options: MaintenanceOptions,
): Promise<{ disk?: MaintenanceReport['disk']; gone: MaintenanceReport['removed'] }> {
  const directory = store.path;
  if (directory === undefined) return { gone: [] };
  const measure = (): Promise<DiskUse> =>
    store.exclusive((connection, catalogue) => diskUse(connection, catalogue, directory));
  const use = await measure();
  const above = limit === undefined ? 0 : Math.max(0, use.database + use.archive - limit);
  if (above === 0) return { disk: { ...use, above }, gone: [] };
  const days = await store.exclusive((connection, catalogue) =>
    oldestDays(connection, catalogue, use, above, dayOf(now)),
  );
  const gone = await removeAll(store, days, 'disk', options);
  if (gone.length > 0) await checkpoint(store);
  const after = gone.length > 0 ? await measure() : use;
  return { disk: { ...after, above: Math.max(0, after.database + after.archive - limit!) }, gone };
}

const shown = ({ table, day, rows }: TableDay): DayOfTable => ({ table, day: formatDatetime(day).slice(0, 10), rows });

/** Has the database use the space of deleted rows again; a reader of before may keep it from all of it until the next time. */
async function checkpoint(store: WritableStore): Promise<void> {
  await store.exclusive(async (connection) => {
    await connection.run('CHECKPOINT').catch(() => {});
  });
}
