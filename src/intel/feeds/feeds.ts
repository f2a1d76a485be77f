import type { Config } from '../../config/config.js';
import type { FeedConfig } from '../../config/feeds.js';
import type { WritableStore } from '../../engine/store/open.js';
import { trawlError } from '../../util/errors.js';
import { nearest } from '../../util/nearest.js';
import { limitOf, makeQueue, type Queue } from '../../util/queue.js';
import { NO_STATE, readStates } from './state.js';
import type { FeedReport, FeedState, FeedStatus } from './types.js';
import { updateFeed } from './update.js';

/** Feeds updated at a time. */
const AT_A_TIME = 2;

/** The feeds of the settings. */
export interface Feeds {
  readonly names: readonly string[];
  /** How they stand, in the order of the settings. */
  list(): Promise<readonly FeedStatus[]>;
  /**
   * Updates those named, or all; failures are in the reports.
   * @throws TrawlError `feed-unknown`, `workspace-read-only`
   */
  update(names?: readonly string[], signal?: AbortSignal): Promise<readonly FeedReport[]>;
  /** When a feed is updated next, Unix ms: told by whoever plans it. */
  plan(name: string, next: number): void;
}

export function openFeeds(store: WritableStore, { feeds, connectorSettings: settings }: Config): Feeds {
  const turn = limitOf(AT_A_TIME);
  const known = new Map(
    Object.entries(feeds).map(([name, feed]) => [
      name,
      { name, feed, queue: makeQueue() as Queue, updating: false, next: 0 },
    ]),
  );
  let states: Promise<Map<string, FeedState>> | undefined;
  const remembered = (): Promise<Map<string, FeedState>> => {
    states ??= known.size === 0 ? Promise.resolve(new Map()) : readStates(store);
    return states;
  };

  const updateOne = (entry: { name: string; feed: FeedConfig; queue: Queue; updating: boolean }, signal: AbortSignal) =>
    entry.queue(() =>
      turn(async (): Promise<FeedReport> => {
        signal.throwIfAborted();
        entry.updating = true;
        try {
          const { name, feed } = entry;
          const before = (await remembered()).get(name) ?? NO_STATE;
          const { report, state } = await updateFeed({ store, name, feed, state: before, settings, signal });
          (await remembered()).set(name, state);
          return report;
        } finally {
          entry.updating = false;
        }
      }),
    );

  return {
    names: [...known.keys()],
    async list() {
      const all = await remembered();
      return [...known.values()].map(({ name, feed, updating, next }): FeedStatus => {
        const { fingerprint: _fingerprint, position: _position, ...state } = all.get(name) ?? NO_STATE;
        return {
          name,
          kind: feed.kind,
          source: shownSource(feed),
          every: feed.every,
          ...state,
          updating,
          ...(next === 0 ? {} : { next }),
        };
      });
    },
    async update(names = [...known.keys()], signal = new AbortController().signal) {
      if (store.readOnly) throw trawlError('workspace-read-only', undefined);
      const wanted = names.map((name) => {
        const entry = known.get(name);
        if (!entry) throw trawlError('feed-unknown', { name, nearest: nearest(name, [...known.keys()]) });
        return entry;
      });
      return Promise.all([...new Set(wanted)].map((entry) => updateOne(entry, signal)));
    },
    plan(name, next) {
      const entry = known.get(name);
      if (entry) entry.next = next;
    },
  };
}

/** Where a feed comes from, for people: without query, which may hold a key, and without what stands elsewhere. */
function shownSource(feed: FeedConfig): string {
  if (feed.kind === 'file') return feed.path;
  if (typeof feed.url !== 'string') return 'env' in feed.url ? `(${feed.url.env})` : `(${feed.url.file})`;
  const { origin, pathname, search } = new URL(feed.url);
  return `${origin}${pathname}${search === '' ? '' : '?…'}`;
}
