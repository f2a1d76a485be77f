import { plainText } from './body.js';
import { httpClient } from './http.js';
import type { Loaded, Loading } from './loading.js';
import { FeedFailure } from './types.js';

/** Reads a document over HTTP, unless the server says that it is as it was. */
export async function loadList({ feed, position, intake, signal }: Loading<'url'>): Promise<Loaded> {
  const client = httpClient(feed, signal);
  try {
    const { etag, lastModified } = position;
    const answer = await client.get(client.url, {
      ...(etag === undefined ? {} : { 'if-none-match': etag }),
      ...(lastModified === undefined ? {} : { 'if-modified-since': lastModified }),
    });
    if (answer.status === 304) return { position, unchanged: true, whole: true };
    const [newEtag, written] = [answer.header('etag'), answer.header('last-modified')];
    const time = Date.parse(written ?? '');
    if (Number.isFinite(time)) intake.modified = Math.min(time, Date.now());
    await intake.document(nonEmpty(plainText(answer.body)));
    return {
      whole: true,
      position: {
        ...(newEtag === undefined ? {} : { etag: newEtag }),
        ...(written === undefined ? {} : { lastModified: written }),
      },
    };
  } finally {
    client.close();
  }
}

/** A document without a byte is a mistake, not a list that has become empty: nothing is to be retired for it. */
export async function* nonEmpty(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    yield chunk;
  }
  if (length === 0) throw new FeedFailure('it is empty');
}
