import { ARITHMETIC, type Arithmetic, type DigestType, type Value } from './digest-values.js';

/** Values standing for one mean. */
export interface Centroid {
  readonly mean: Value;
  readonly weight: number;
}

/**
 * A t-digest: centroids in order. While the values are few each is a centroid of its own and every answer exact;
 * then neighbours merge, the more the nearer they are to the median.
 */
export interface Digest {
  readonly type: DigestType;
  readonly centroids: readonly Centroid[];
  /** True once neighbours have been merged. */
  readonly merged: boolean;
}

/** Different values that are all kept. */
const MOST_EXACT = 1024;
/** About as many centroids are left after merging. */
const COMPRESSION = 500;

/** The digest of weighted values, in any order; values without weight are left out. Null for none. */
export function digestOf(type: DigestType, values: readonly Centroid[], merged = false): Digest | null {
  const of = ARITHMETIC[type];
  const sorted = values.filter(({ weight }) => weight > 0).sort((a, b) => of.compare(a.mean, b.mean));
  const distinct: Centroid[] = [];
  for (const value of sorted) {
    const last = distinct.at(-1);
    if (last && of.compare(last.mean, value.mean) === 0) {
      distinct[distinct.length - 1] = { mean: last.mean, weight: last.weight + value.weight };
    } else distinct.push(value);
  }
  if (distinct.length === 0) return null;
  if (distinct.length <= MOST_EXACT) return { type, centroids: distinct, merged };
  return { type, centroids: compressed(of, distinct), merged: true };
}

/** Merges neighbours as long as they stay within a step of the scale; the least and the greatest value stay as they are. */
function compressed(of: Arithmetic, values: readonly Centroid[]): Centroid[] {
  const total = values.reduce((sum, { weight }) => sum + weight, 0);
  const scale = (share: number): number => (COMPRESSION / Math.PI) * Math.asin(2 * Math.min(share, 1) - 1);
  const out: Centroid[] = [values[0]!];
  let before = values[0]!.weight;
  let current: Centroid[] = [];
  let weight = 0;
  const close = (): void => {
    if (current.length > 0) out.push({ mean: of.mean(current, weight), weight });
    before += weight;
    current = [];
    weight = 0;
  };
  for (const value of values.slice(1, -1)) {
    const after = (before + weight + value.weight) / total;
    if (current.length > 0 && scale(after) - scale(before / total) > 1) close();
    current.push(value);
    weight += value.weight;
  }
  close();
  out.push(values.at(-1)!);
  return out;
}

/** All digests as one; null for none, or when they are of different types. */
export function mergeDigests(digests: readonly Digest[]): Digest | null {
  const [first] = digests;
  if (!first || digests.some((of) => of.type !== first.type)) return null;
  const centroids = digests.flatMap((of) => of.centroids);
  return digestOf(
    first.type,
    centroids,
    digests.some((of) => of.merged),
  );
}

const totalOf = ({ centroids }: Digest): number => centroids.reduce((sum, { weight }) => sum + weight, 0);

/** The least mean below or at which that percentage of the values lies. */
export function percentileOf(digest: Digest, percentage: number): Value {
  const wanted = (Math.min(Math.max(percentage, 0), 100) / 100) * totalOf(digest);
  let seen = 0;
  for (const { mean, weight } of digest.centroids) {
    seen += weight;
    if (seen >= wanted) return mean;
  }
  return digest.centroids.at(-1)!.mean;
}

/** How many values are less or equal; between merged neighbours, as many as lie before the value on the line between them. */
export function rankOf(digest: Digest, value: Value): number {
  const of = ARITHMETIC[digest.type];
  let seen = 0;
  let last: Centroid | undefined;
  for (const centroid of digest.centroids) {
    if (of.compare(centroid.mean, value) > 0) {
      if (!digest.merged || !last) return seen;
      const share = of.share(last.mean, centroid.mean, value);
      return Math.round(seen - last.weight / 2 + share * (last.weight / 2 + centroid.weight / 2));
    }
    seen += centroid.weight;
    last = centroid;
  }
  return seen;
}

/** `rankOf` as a percentage of all values. */
export const percentRankOf = (digest: Digest, value: Value): number => (100 * rankOf(digest, value)) / totalOf(digest);
