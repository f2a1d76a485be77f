import type { FeedStatus, QueryTable } from '../../index.js';
import { formatDatetime, ticksFromUnixMilliseconds } from '../../util/ticks.js';

/** How a feed stands, in a word. */
export const feedState = ({ updating, failures, succeeded }: FeedStatus): string =>
  updating ? 'updating' : failures > 0 ? 'failing' : succeeded > 0 ? 'up to date' : 'not yet read';

/** The feeds as a table. */
export const feedTable = (feeds: readonly FeedStatus[]): QueryTable => ({
  name: 'feeds',
  columns: [
    { name: 'feed', type: 'string' },
    { name: 'kind', type: 'string' },
    { name: 'source', type: 'string' },
    { name: 'state', type: 'string' },
    { name: 'indicators', type: 'long' },
    { name: 'updated', type: 'datetime' },
    { name: 'changed', type: 'datetime' },
    { name: 'next', type: 'datetime' },
    { name: 'problem', type: 'string' },
  ],
  rows: feeds.map((of) => [
    of.name,
    of.kind,
    of.source,
    feedState(of),
    of.counts.active,
    timeOf(of.succeeded),
    timeOf(of.changed),
    timeOf(of.next ?? 0),
    of.problem,
  ]),
});

const timeOf = (ms: number): string | null => (ms === 0 ? null : formatDatetime(ticksFromUnixMilliseconds(ms)));
