import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { External, Rel } from '../../kql/plan/nodes.js';
import { walk } from '../../kql/plan/walk.js';
import { trawlError } from '../../util/errors.js';
import { type ExternalPlaces, localFile } from './places.js';
import { recordsOf } from './records.js';

/** Reads the files of a plan's `externaldata` and hands their records to the connection. Gives back what takes them away again. */
export async function loadExternal(
  connection: DuckDBConnection,
  rel: Rel,
  places: ExternalPlaces,
): Promise<() => Promise<void>> {
  const found = new Map<string, External>();
  walk(rel, { rel: (node) => void (node.kind === 'external' && found.set(node.id, node)) });
  for (const { id, source } of found.values()) {
    const records = await Promise.all(
      source.places.map(async (place) => recordsOf(await textOf(places, place), source)),
    );
    await connection.run(`SET VARIABLE "${id}" = $1::VARCHAR`, [JSON.stringify(records.flat())]);
  }
  return async () => {
    for (const id of found.keys()) await connection.run(`RESET VARIABLE "${id}"`);
  };
}

async function textOf(places: ExternalPlaces, place: string): Promise<string> {
  const file = localFile(places, place);
  if (file === undefined) throw trawlError('internal', { reason: `externaldata of ${place} was not allowed` });
  try {
    const bytes = await readFile(file);
    const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
    return (isGzip ? await promisify(gunzip)(bytes) : bytes).toString('utf8');
  } catch (error) {
    throw trawlError('bad-argument', { what: `externaldata of ${place}`, why: (error as Error).message });
  }
}
