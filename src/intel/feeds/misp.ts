import { createHash } from 'node:crypto';
import { jsonOf, plainText } from './body.js';
import { type Answer, type HttpClient, httpClient } from './http.js';
import type { Intake } from './intake.js';
import type { Loaded, Loading } from './loading.js';
import { loadMispFeed } from './misp-feed.js';
import { FeedFailure } from './types.js';

/** Where the API is asked, by what it gives: the time that is asked for, how many at once, and how a page is taken in. */
const ENDPOINTS = {
  events: { path: 'events/restSearch', time: 'publish_timestamp', limit: 50, take: takeEvents },
  attributes: { path: 'attributes/restSearch', time: 'timestamp', limit: 2_000, take: takeAttributes },
} as const;

/** Seconds that an update goes back behind the last one: clocks differ, and events come in while we read. */
const OVERLAP = 300;
const PAGES = 100_000;

/** Reads a MISP server's events or attributes, or a MISP feed's files. */
export async function loadMisp(loading: Loading<'misp'>): Promise<Loaded> {
  const { feed, position, intake, signal } = loading;
  const client = httpClient(feed, signal, true);
  try {
    const endpoint = feed.endpoint ?? (feed.token && !/manifest\.json$/.test(client.url.pathname) ? 'events' : 'feed');
    if (endpoint === 'feed') return await loadMispFeed(loading, client);
    const first = feed.since === undefined ? undefined : Math.floor((Date.now() - feed.since) / 1000);
    const from = position.since === undefined ? first : position.since - OVERLAP;
    const started = await readPages(client, endpoint, from, intake);
    return { position: { since: started }, whole: from === undefined, events: endpoint === 'events' ? 'staged' : [] };
  } finally {
    client.close();
  }
}

/** @returns the server's time at the start, Unix seconds */
async function readPages(
  client: HttpClient,
  endpoint: keyof typeof ENDPOINTS,
  from: number | undefined,
  intake: Intake,
): Promise<number> {
  const { path, time, limit, take } = ENDPOINTS[endpoint];
  const base = new URL(client.url);
  if (!base.pathname.endsWith('/')) base.pathname += '/';
  const target = new URL(path, base);
  let started: number | undefined;
  let before = '';
  for (let page = 1; page <= PAGES; page++) {
    const asked = {
      returnFormat: 'json',
      page,
      limit,
      published: true,
      // deleted ones too: they are to be retired
      deleted: [0, 1],
      includeEventTags: true,
      ...(from === undefined ? {} : { [time]: from }),
    };
    const answer = await client.post(target, asked, { accept: 'application/json' });
    started ??= Math.floor((Date.parse(answer.header('date') ?? '') || Date.now()) / 1000);
    const digest = createHash('sha1');
    const found = await take(intake, hashed(answer, digest));
    const now = digest.digest('hex');
    // a page without any is behind the last one; the same again comes from a server that has no pages
    if (found === 0 || now === before) return started;
    if (intake.counts.events === 0 && intake.counts.rejected > 0) return started;
    before = now;
  }
  throw new FeedFailure('the server has no last page');
}

/** Events come as a document that may be long. @returns how many */
async function takeEvents(intake: Intake, chunks: AsyncIterable<Buffer>): Promise<number> {
  const before = intake.counts.records;
  await intake.document(plainText(chunks));
  return intake.counts.records - before;
}

async function takeAttributes(intake: Intake, chunks: AsyncIterable<Buffer>): Promise<number> {
  const { response } = await jsonOf(chunks, 'what the MISP server says');
  const { Attribute: attributes } = (response ?? {}) as { Attribute?: unknown };
  if (!Array.isArray(attributes)) throw new FeedFailure('the MISP server gives no list of attributes');
  const reader = intake.objects();
  for (const attribute of attributes) await reader.take(attribute);
  await reader.end();
  return attributes.length;
}

async function* hashed({ body }: Answer, digest: ReturnType<typeof createHash>): AsyncGenerator<Buffer> {
  for await (const chunk of body) {
    digest.update(chunk);
    yield chunk;
  }
}
