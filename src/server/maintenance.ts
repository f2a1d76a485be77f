import { maintain } from '../engine/maintenance/maintain.js';
import type { ServerParts } from './server.js';

const FIRST = 60_000;
const EVERY = 3_600_000;

/** Has the workspace maintained every hour as `trawl.yaml` says. @returns how to end that, at once */
export function keepMaintained({ engine, config, log }: Pick<ServerParts, 'engine' | 'config' | 'log'>): () => void {
  const controller = new AbortController();
  const { signal } = controller;
  let timer: NodeJS.Timeout;
  const run = async (): Promise<void> => {
    try {
      const { archived, removed, disk, unknown } = await maintain(engine.store, config.retention, { signal });
      const rows = (of: readonly { readonly rows: number }[]): number => of.reduce((sum, day) => sum + day.rows, 0);
      if (archived.length + removed.length > 0)
        log.info({ archived: rows(archived), deleted: rows(removed), ...disk }, 'maintained');
      if (unknown.length > 0) log.warn({ tables: unknown }, 'retention names tables that the workspace does not have');
      if (disk && disk.above > 0) log.warn({ above: disk.above }, 'today alone takes more than retention.disk allows');
    } catch (error) {
      if (!signal.aborted) log.error({ err: error }, 'maintenance failed; it is tried again in an hour');
    }
    if (!signal.aborted) wait(EVERY);
  };
  const wait = (ms: number): void => {
    timer = setTimeout(() => void run(), ms);
    timer.unref();
  };
  wait(FIRST);
  return () => {
    clearTimeout(timer);
    controller.abort();
  };
}
