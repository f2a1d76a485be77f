import type { Feeds } from './feeds.js';
import type { FeedReport, FeedState, FeedStatus } from './types.js';

const FIRST_RETRY = 30_000;
const LAST_RETRY = 6 * 3_600_000;
const SHORTEST_LAST_RETRY = 300_000;

/** Updates feeds as often as their settings say, for as long as it runs. */
export interface Schedule {
  /** Aborts what is under way, and waits until it is over. */
  close(): Promise<void>;
}

export interface ScheduleEvents {
  /** After each update. */
  readonly updated: (report: FeedReport) => void;
  /** An update couldn't even be written down. */
  readonly broken: (name: string, error: Error) => void;
}

/** Starts updating: at once what is due, the rest when it is. */
export function startSchedule(feeds: Feeds, { updated, broken }: ScheduleEvents): Schedule {
  const stop = new AbortController();
  const { signal } = stop;
  const run = async (name: string): Promise<void> => {
    let failures = 0;
    let retryAfter = 0;
    for (;;) {
      const status = (await feeds.list()).find((of) => of.name === name)!;
      const next = nextUpdate({ ...status, failures: Math.max(status.failures, failures) }, retryAfter);
      feeds.plan(name, next);
      await pause(next - Date.now(), signal);
      if (signal.aborted) return;
      try {
        const [report] = await feeds.update([name], signal);
        failures = 0;
        retryAfter = report!.retryAfter ?? 0;
        updated(report!);
      } catch (error) {
        if (signal.aborted) return;
        failures++;
        broken(name, error as Error);
        // nothing is remembered of it
        await pause(backoff(status.every, failures), signal);
      }
    }
  };
  const running = Promise.all(
    feeds.names.map((name) => run(name).catch((error: Error) => (signal.aborted ? undefined : broken(name, error)))),
  );
  return {
    async close() {
      stop.abort(new Error('the server ends'));
      await running;
    },
  };
}

/** When a feed is due, Unix ms; a little earlier or later than others of the same interval. */
export function nextUpdate(
  { attempted, every, failures }: Pick<FeedState & FeedStatus, 'attempted' | 'every' | 'failures'>,
  retryAfter = 0,
): number {
  if (attempted === 0) return Date.now();
  const wait = failures > 0 ? Math.max(backoff(every, failures), retryAfter) : every * (0.95 + Math.random() * 0.1);
  // a clock that was set back must not stop a feed
  return Math.min(attempted, Date.now()) + Math.round(wait);
}

/** ms until a feed that failed so often in a row is tried again: twice as long each time, less up to a quarter by chance. */
function backoff(every: number, failures: number): number {
  const last = Math.max(Math.min(every, LAST_RETRY), SHORTEST_LAST_RETRY);
  const wait = Math.min(Math.min(FIRST_RETRY, every) * 2 ** Math.min(failures - 1, 20), last);
  return wait * (0.75 + Math.random() * 0.25);
}

/** Timers don't take longer ones. */
const LONGEST_PAUSE = 2 ** 31 - 1;

function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, Math.min(Math.max(ms, 0), LONGEST_PAUSE));
    signal.addEventListener('abort', end);
  });
}
