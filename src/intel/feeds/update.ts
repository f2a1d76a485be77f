import { createHash } from 'node:crypto';
import type { FeedConfig } from '../../config/feeds.js';
import { Inserter } from '../../engine/store/insert.js';
import { inTransaction, type WritableStore } from '../../engine/store/open.js';
import { insertRejected } from '../../engine/store/rejected.js';
import { DamagedSource } from '../../ingest/compression.js';
import { ticksFromUnixMilliseconds } from '../../util/ticks.js';
import { NOT_INDICATORS, openIntake, rejectedUnder } from './intake.js';
import { LOADERS } from './kinds.js';
import type { Loaded, Loading } from './loading.js';
import { openStaging, type Staging } from './staging.js';
import { readObjects, saveObjects, saveState } from './state.js';
import { FeedFailure, type FeedReport, type FeedState } from './types.js';
import { upsert } from './upsert.js';

/** An update that takes longer is given up. */
const LONGEST = 3_600_000;

export interface Updating {
  readonly store: WritableStore;
  readonly name: string;
  readonly feed: FeedConfig;
  readonly state: FeedState;
  /** Settings of connectors by `connector.setting`. */
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  readonly signal: AbortSignal;
}

/**
 * Brings a feed's indicators up to date: what the source sends is read beside the workspace, then goes in with what is
 * remembered of it in one transaction. One that fails changes nothing but what is remembered.
 * Rejects when it was aborted, or when the workspace can't be written.
 */
export async function updateFeed(
  updating: Updating,
): Promise<{ readonly report: FeedReport; readonly state: FeedState }> {
  const { store, name, feed, settings } = updating;
  const attempted = Date.now();
  const fingerprint = fingerprintOf(feed, settings);
  // with other settings everything is another: it is read anew
  const state: FeedState =
    updating.state.fingerprint === fingerprint ? updating.state : { ...updating.state, position: {}, fingerprint };
  const signal = AbortSignal.any([updating.signal, AbortSignal.timeout(LONGEST)]);
  const staging = await openStaging(store);
  try {
    const { loaded, counts, modified } = await load({ ...updating, state, signal }, staging);
    const { validityDays, confidence } = { validityDays: days(feed, settings), confidence: feed.confidence };
    const succeeded: FeedState = {
      ...state,
      attempted,
      succeeded: Date.now(),
      failingSince: 0,
      failures: 0,
      problem: '',
      position: loaded.position,
    };
    const now = ticksFromUnixMilliseconds(Date.now());
    let final = succeeded;
    const done = await upsert(store, staging, {
      name,
      now,
      modified: ticksFromUnixMilliseconds(modified),
      ...(confidence === undefined ? {} : { confidence }),
      validityDays,
      whole: loaded.whole && loaded.unchanged !== true,
      events: loaded.unchanged === true ? [] : (loaded.events ?? []),
      rejected: loaded.unchanged ? state.counts.rejected : counts.rejected,
      keepRejected: loaded.unchanged === true,
      async also(connection, merged) {
        const moved = merged.added + merged.changed + merged.retired > 0;
        const counts = loaded.unchanged ? { ...state.counts, active: merged.active } : merged;
        final = { ...succeeded, changed: moved ? attempted : state.changed, counts };
        if (loaded.objects) await saveObjects(connection, name, loaded.objects, loaded.whole);
        await saveState(connection, name, final);
      },
    });
    const moved = done.added + done.changed + done.retired > 0;
    return { state: final, report: { name, outcome: moved ? 'updated' : 'unchanged', counts: done } };
  } catch (error) {
    updating.signal.throwIfAborted();
    const problem = problemOf(error, signal);
    const failed: FeedState = {
      ...state,
      attempted,
      failures: state.failures + 1,
      failingSince: state.failingSince || attempted,
      problem,
    };
    await remember(store, name, failed, staging);
    const { counts } = failed;
    const retryAfter = error instanceof FeedFailure ? error.retryAfter : 0;
    return { state: failed, report: { name, outcome: 'failed', counts, problem, retryAfter } };
  } finally {
    staging.close();
  }
}

interface Read {
  readonly loaded: Loaded;
  readonly counts: { readonly events: number; readonly rejected: number };
  readonly modified: number;
}

async function load(updating: Updating, staging: Staging): Promise<Read> {
  const { store, name, feed, state, settings, signal } = updating;
  const intake = openIntake(store, staging, { name, settings: settingsOf(feed, settings) });
  const loading: Loading = {
    feed,
    position: state.position,
    intake,
    objects: () => readObjects(staging.connection, name),
    signal,
  };
  try {
    const loader = LOADERS[feed.kind] as (loading: Loading) => Promise<Loaded>;
    const loaded = await loader(loading);
    const { events, rejected } = intake.counts;
    if (rejected > events)
      throw new FeedFailure(
        events === 0 ? NOT_INDICATORS : `${rejected} of ${events + rejected} records could not be read`,
      );
    return { loaded, counts: { ...intake.counts }, modified: intake.modified };
  } finally {
    await intake.flush();
  }
}

/** Remembers a failure, and what it rejected, in place of what was rejected before. */
function remember(store: WritableStore, name: string, state: FeedState, { rejected }: Staging): Promise<void> {
  return store.exclusive((connection) =>
    inTransaction(connection, store, async () => {
      if (rejected.length > 0) {
        await connection.run('DELETE FROM trawl.rejected WHERE file = $1', [rejectedUnder(name)]);
        const inserter = new Inserter(connection);
        await insertRejected(inserter, rejected);
        inserter.close();
      }
      await saveState(connection, name, state);
    }),
  );
}

const PROVIDER = 'threat-intel.provider';
const VALIDITY = 'threat-intel.default-validity-days';
type Settings = Updating['settings'];

const settingsOf = (feed: FeedConfig, settings: Settings): Settings => ({
  ...settings,
  ...(feed.provider === undefined ? {} : { [PROVIDER]: feed.provider }),
  [VALIDITY]: days(feed, settings),
});

const days = (feed: FeedConfig, settings: Settings): number =>
  feed['default-validity-days'] ?? Number(settings[VALIDITY] ?? 0);

/** Tells settings apart; secrets stand elsewhere, and how often it is updated changes nothing. */
function fingerprintOf({ every: _every, ...feed }: FeedConfig, settings: Settings): string {
  const connector = Object.entries(settings).filter(([name]) => name.startsWith('threat-intel.'));
  return createHash('sha256')
    .update(JSON.stringify([feed, connector]))
    .digest('hex')
    .slice(0, 32);
}

function problemOf(error: unknown, signal: AbortSignal): string {
  if (error instanceof FeedFailure || error instanceof DamagedSource) return error.message;
  if (signal.aborted) return `it took longer than ${LONGEST / 60_000} min`;
  return `it could not be taken in: ${(error as Error).message}`;
}
