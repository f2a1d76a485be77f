import { readJson } from '../text/json.js';
import { ARITHMETIC, type DigestType } from './digest-values.js';
import type { Centroid, Digest } from './tdigest.js';

/**
 * A digest as JSON: `[[type], [mean, …], [weight, …]]`. The type is 7, as in Kusto, for whole numbers, otherwise its name;
 * a 1 behind it says that neighbours have been merged.
 */
export function digestJson({ type, centroids, merged }: Digest): string {
  const head = `${type === 'long' ? '7' : `"${type}"`}${merged ? ',1' : ''}`;
  const means = centroids.map(({ mean }) => ARITHMETIC[type].json(mean)).join(',');
  return `[[${head}],[${means}],[${centroids.map(({ weight }) => weight).join(',')}]]`;
}

/** Long whole numbers come marked from `readJson`. */
const plain = (value: unknown): unknown => (typeof value === 'string' ? value.replace(/^\0#/, '') : value);

/** The digest in JSON text, in a JSON string that holds such text too; undefined when it is none. */
export function readDigest(json: unknown): Digest | undefined {
  const value: unknown = typeof json === 'string' ? parsed(json) : json;
  if (typeof value === 'string') return value.startsWith('[') ? readDigest(value) : undefined;
  if (!Array.isArray(value) || value.length < 3 || !value.every(Array.isArray)) return undefined;
  const [[head, merged], means, weights] = value as [unknown[], unknown[], unknown[]];
  const type: DigestType | undefined = typeof head === 'number' ? 'long' : isDigestType(head) ? head : undefined;
  if (!type || means.length !== weights.length) return undefined;
  const centroids: Centroid[] = [];
  for (const [i, of] of means.entries()) {
    const [mean, weight] = [ARITHMETIC[type].read(plain(of)), Number(plain(weights[i]))];
    if (mean === undefined || !(weight > 0)) return undefined;
    centroids.push({ mean, weight });
  }
  return { type, centroids, merged: merged === 1 };
}

const isDigestType = (name: unknown): name is DigestType => typeof name === 'string' && Object.hasOwn(ARITHMETIC, name);

function parsed(text: string): unknown {
  try {
    return readJson(text);
  } catch {
    return undefined;
  }
}
