import { jsonOf, plainText } from './body.js';
import type { HttpClient } from './http.js';
import type { Loaded, Loading } from './loading.js';

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Reads the events of a MISP feed (`manifest.json`, and a file for each event) that are new or changed. */
export async function loadMispFeed({ feed, position, intake }: Loading<'misp'>, client: HttpClient): Promise<Loaded> {
  const manifest = manifestOf(client.url);
  const { etag } = position;
  const answer = await client.get(manifest, etag === undefined ? {} : { 'if-none-match': etag });
  if (answer.status === 304) return { position, unchanged: true, whole: false };
  const listed = await jsonOf(answer.body, 'manifest.json');
  const oldest = feed.since === undefined ? 0 : Math.floor((Date.now() - feed.since) / 1000);
  const events: Record<string, string> = {};
  for (const [uuid, about] of Object.entries(listed)) {
    const timestamp = String((about as { timestamp?: unknown } | null)?.timestamp ?? '');
    if (UUID.test(uuid) && (Number(timestamp) >= oldest || position.events?.[uuid] !== undefined))
      events[uuid] = timestamp;
  }
  const known = position.events ?? {};
  const wanted = Object.keys(events).filter((uuid) => known[uuid] !== events[uuid]);
  for (const uuid of wanted) {
    const { body } = await client.get(new URL(`${uuid}.json`, manifest));
    await intake.document(plainText(body));
  }
  const gone = Object.keys(known).filter((uuid) => events[uuid] === undefined);
  const newEtag = answer.header('etag');
  return {
    position: { events, ...(newEtag === undefined ? {} : { etag: newEtag }) },
    unchanged: wanted.length === 0 && gone.length === 0,
    whole: position.events === undefined && feed.since === undefined,
    events: [...wanted, ...gone],
  };
}

function manifestOf(url: URL): URL {
  if (/\.json$/.test(url.pathname)) return url;
  const folder = new URL(url);
  if (!folder.pathname.endsWith('/')) folder.pathname += '/';
  return new URL('manifest.json', folder);
}
