import type { WatchlistItems } from '../engine/watchlists/types.js';
import { trawlError } from '../util/errors.js';
import { delimiterOf, frameCsv } from './frame-csv.js';
import { openSource, openText } from './source.js';

/**
 * Reads a watchlist from a CSV file (`,`, `;`, tab or `|` between cells; gzip or zstd; UTF-8 or UTF-16): the first row names its
 * columns, rows of other lengths are not let pass in silence. `skip` lines stand before it.
 * @throws TrawlError `watchlist-invalid`, `path-…`
 */
export async function readWatchlistFile(path: string, skip = 0): Promise<WatchlistItems> {
  const text = await textOf(path);
  const body = text.split('\n').slice(skip).join('\n');
  const rows: { readonly cells: readonly string[]; readonly line: number }[] = [];
  const framer = frameCsv(
    {
      record: (cells, line) => rows.push({ cells: cells as string[], line: line + skip }),
      reject: (_text, line, reason) => invalid(path, `line ${line + skip}: ${reason}`),
    },
    delimiterOf(body.slice(0, body.indexOf('\n') < 0 ? undefined : body.indexOf('\n'))),
  );
  framer.push(Buffer.from(body));
  framer.end();
  const [head, ...items] = rows;
  if (!head) return invalid(path, 'it is empty');
  const columns = head.cells.map((name) => name.trim());
  const uneven = items.find(({ cells }) => cells.length !== columns.length);
  if (uneven)
    return invalid(
      path,
      `line ${uneven.line} has ${uneven.cells.length} cells, and the first row names ${columns.length} columns`,
    );
  return { columns, rows: items.map(({ cells }) => cells.map((cell) => cell.replaceAll('\0', ''))) };
}

async function textOf(path: string): Promise<string> {
  const source = await openSource(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw trawlError('path-not-found', { path });
    throw trawlError('path-unreadable', { path, reason: error.message });
  });
  try {
    const opened = await openText(source);
    if (opened.kind === 'empty') return invalid(path, 'it is empty');
    if (opened.kind !== 'text' || opened.binary) return invalid(path, 'it is no text');
    const chunks: Buffer[] = [];
    // a chunk is only good until the next one is asked for
    for await (const chunk of opened.chunks) chunks.push(Buffer.from(chunk));
    return Buffer.concat(chunks).toString('utf8');
  } finally {
    await source.close();
  }
}

const invalid = (file: string, reason: string): never => {
  throw trawlError('watchlist-invalid', { file, reason });
};
