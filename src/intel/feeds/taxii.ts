import { type Json, jsonOf } from './body.js';
import type { Answer, HttpClient } from './http.js';
import { httpClient } from './http.js';
import type { Loaded, Loading } from './loading.js';
import { keptObject } from './stix-objects.js';
import { FeedFailure } from './types.js';

const MEDIA_TYPE = 'application/taxii+json;version=2.1';
/** Objects asked for at a time; a server may give fewer. */
const PAGE = 1_000;
const ACCEPT = { accept: MEDIA_TYPE };

interface Collection {
  /** Its address, with a slash at the end. */
  readonly url: URL;
  readonly id: string;
  readonly title: string;
}

/** Reads what was added to the collections of a TAXII 2.1 server. */
export async function loadTaxii(loading: Loading<'taxii'>): Promise<Loaded> {
  const { feed, position, intake, signal } = loading;
  const client = httpClient(feed, signal);
  try {
    const collections = await collectionsOf(client, feed.collection);
    const reader = intake.objects();
    const kept = new Map<string, string>();
    const take = async (object: unknown): Promise<void> => {
      const keep = keptObject(object);
      if (keep) kept.set(...keep);
      await reader.take(object);
    };
    const whole = position.addedAfter === undefined;
    if (!whole) for (const text of await loading.objects()) await reader.take(JSON.parse(text));
    const addedAfter: Record<string, string> = {};
    let objects = 0;
    for (const collection of collections) {
      const key = collection.url.href;
      const from = position.addedAfter?.[key];
      const last = await readCollection(client, collection, from, async (object) => {
        objects++;
        await take(object);
      });
      if (last !== undefined) addedAfter[key] = last;
    }
    await reader.end();
    return { position: { addedAfter }, whole, objects: kept, unchanged: !whole && objects === 0 };
  } finally {
    client.close();
  }
}

/** Goes through the pages of a collection. @returns the date that the next update goes on from */
async function readCollection(
  client: HttpClient,
  { url }: Collection,
  from: string | undefined,
  take: (object: unknown) => Promise<void>,
): Promise<string | undefined> {
  let last = from;
  let next: string | undefined;
  const seen = new Set<string>();
  for (;;) {
    const page = new URL('objects/', url);
    page.searchParams.set('limit', String(PAGE));
    const after = next === undefined ? last : from;
    if (after !== undefined) page.searchParams.set('added_after', after);
    if (next !== undefined) page.searchParams.set('next', next);
    if (seen.has(page.href)) throw new FeedFailure('the server gives the same page again and again');
    seen.add(page.href);
    const answer = await client.get(page, ACCEPT);
    const envelope = await jsonOf(answer.body, 'a page of objects');
    const { objects = [], more } = envelope;
    if (!Array.isArray(objects)) throw new FeedFailure('a page has no list of objects');
    for (const object of objects) await take(object);
    last = answer.header('x-taxii-date-added-last') ?? last;
    if (more !== true) return last ?? dateOf(answer);
    next = typeof envelope.next === 'string' ? envelope.next : undefined;
  }
}

/** The server's time, for a server that doesn't say when it added what it gave. */
function dateOf(answer: Answer): string | undefined {
  const time = Date.parse(answer.header('date') ?? '');
  return Number.isFinite(time) ? new Date(time).toISOString() : undefined;
}

/** The collections that may be read: of all roots that a discovery names, of one root, or the one that the address is of. */
async function collectionsOf(client: HttpClient, wanted: string | undefined): Promise<Collection[]> {
  const start = slashed(new URL(client.url.href.replace(/\/objects\/?$/, '/')));
  const first = await resource(client, start);
  if (typeof first.id === 'string' && 'can_read' in first) return [collectionAt(start, first)];
  const roots = rootsOf(first, start);
  const found: Collection[] = [];
  for (const root of roots) {
    const { collections = [] } = await resource(client, new URL('collections/', root));
    for (const of of Array.isArray(collections) ? (collections as Json[]) : [])
      if (of.can_read === true && typeof of.id === 'string' && isWanted(of, wanted))
        found.push(collectionAt(new URL(`collections/${encodeURIComponent(of.id)}/`, root), of));
  }
  if (found.length > 0) return found;
  throw new FeedFailure(
    wanted === undefined
      ? 'the server has no collection that may be read'
      : `the server has no collection ${wanted} that may be read`,
  );
}

function rootsOf(answer: Json, start: URL): URL[] {
  if (Array.isArray(answer.api_roots)) {
    const named = answer.api_roots.filter(
      (root): root is string => typeof root === 'string' && URL.canParse(root, start.href),
    );
    return [...new Set(named)].map((root) => slashed(new URL(root, start)));
  }
  if (Array.isArray(answer.versions) || Array.isArray(answer.collections)) {
    return [Array.isArray(answer.collections) ? new URL('../', start) : start];
  }
  throw new FeedFailure('the address is no discovery, API root or collection of a TAXII 2.1 server');
}

async function resource(client: HttpClient, url: URL): Promise<Json> {
  const answer = await client.get(url, ACCEPT);
  return jsonOf(answer.body, 'what the TAXII server says');
}

const isWanted = ({ id, title, alias }: Json, wanted: string | undefined): boolean =>
  wanted === undefined || [id, title, alias].some((name) => String(name).toLowerCase() === wanted.toLowerCase());

const collectionAt = (url: URL, { id, title }: Json): Collection => ({
  url,
  id: String(id),
  title: String(title ?? ''),
});

const slashed = (url: URL): URL => {
  const with_ = new URL(url);
  if (!with_.pathname.endsWith('/')) with_.pathname += '/';
  return with_;
};
