import { countHll, type Hll, mergeHlls } from './hll.js';

/**
 * How many values the first sketch, the first two, the first three… have in common. Exact while all of them still hold their
 * hashes; else by inclusion and exclusion of estimates. Undefined for sketches of different accuracies.
 */
export function intersections(sketches: readonly Hll[]): number[] | undefined {
  const hashes = sketches.map((of) => of.hashes);
  if (hashes.every((of) => of !== undefined)) {
    const counts: number[] = [];
    let common = [...(hashes[0] ?? [])];
    for (const set of hashes) {
      common = common.filter((hash) => set.has(hash));
      counts.push(common.length);
    }
    return counts;
  }
  return bySubsets(sketches);
}

function bySubsets(sketches: readonly Hll[]): number[] | undefined {
  // subsets of the sketches before the current one, each with its merged sketch and the sign it is counted with
  let subsets: { readonly merged: Hll | undefined; readonly sign: number }[] = [{ merged: undefined, sign: -1 }];
  const counts: number[] = [];
  let sum = 0;
  for (const sketch of sketches) {
    const more = subsets.map(({ merged, sign }) => ({
      merged: mergeHlls(merged ? [merged, sketch] : [sketch]) ?? undefined,
      sign: -sign,
    }));
    if (more.some(({ merged }) => merged === undefined)) return undefined;
    sum = more.reduce((total, { merged, sign }) => total + sign * countHll(merged!), sum);
    subsets = [...subsets, ...more];
    // estimates may contradict each other: a part is never larger than the whole
    counts.push(Math.max(0, Math.min(sum, counts.at(-1) ?? Number.POSITIVE_INFINITY)));
  }
  return counts;
}
