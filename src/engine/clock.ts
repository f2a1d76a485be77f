import { parseDatetimeLiteral } from '../kql/lower/literals.js';
import { trawlError } from '../util/errors.js';
import { ticksFromUnixMilliseconds } from '../util/ticks.js';
import type { Engine } from './engine.js';
import type { Store } from './store/types.js';

/** Ticks of the clock a query reads. */
export async function queryClock(engine: Pick<Engine, 'store'>, asOf = 'now'): Promise<bigint> {
  if (asOf === 'now') return ticksFromUnixMilliseconds(Date.now());
  if (asOf === 'latest') return (await latestEvent(engine.store)) ?? ticksFromUnixMilliseconds(Date.now());
  const ticks = parseDatetimeLiteral(asOf);
  if (ticks === undefined)
    throw trawlError('bad-argument', {
      what: asOf,
      why: 'the query clock is now, latest or a datetime such as 2026-01-31T12:00:00Z',
    });
  return ticks;
}

/** Tables that hold no events: their dates are not those of what happened on the network. */
const REFERENCE_TABLES = /^(?:ThreatIntel|Watchlist$)/;

/** The time of the last stored event of any table, indicators and watchlists aside. */
async function latestEvent(store: Store): Promise<bigint | undefined> {
  let latest: bigint | undefined;
  for (const table of store.tables()) {
    if (REFERENCE_TABLES.test(table.name)) continue;
    const timed = table.columns.some((of) => of.name === 'TimeGenerated' && of.type === 'datetime');
    const range = timed ? await table.timeRange() : null;
    if (range && (latest === undefined || range.last > latest)) latest = range.last;
  }
  return latest;
}
