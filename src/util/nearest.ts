/** Names like what was typed, the most alike first: spelled almost alike, or one the beginning or a part of the other. */
export function nearest(typed: string, names: Iterable<string>, most = 3): string[] {
  const wanted = typed.toLowerCase();
  const ranked: { readonly name: string; readonly distance: number }[] = [];
  for (const name of new Set(names)) {
    const distance = distanceOf(wanted, name.toLowerCase());
    if (distance !== undefined) ranked.push({ name, distance });
  }
  ranked.sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1));
  const best = ranked[0]?.distance ?? 0;
  return ranked
    .filter(({ distance }) => distance <= best + 1)
    .slice(0, most)
    .map(({ name }) => name);
}

/** How far apart two names are, from 0; undefined when they are not alike. */
function distanceOf(typed: string, name: string): number | undefined {
  if (typed === name) return 0;
  const allowed = Math.min(3, Math.floor(Math.max(typed.length, name.length) / 3));
  const edits = editDistance(typed, name, allowed);
  if (edits <= allowed) return edits;
  const plain = (text: string): string => text.replace(/[_\W]/g, '');
  if (plain(typed) === plain(name)) return 1;
  const [short, long] = typed.length < name.length ? [typed, name] : [name, typed];
  return short.length >= 4 && short.length * 2 >= long.length && long.includes(short)
    ? 3 + long.length - short.length
    : undefined;
}

/** Letters to change, add, leave out or swap with their neighbour; more than `limit` is `limit + 1`. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      row[j] = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        row[j] = Math.min(row[j]!, before[j - 2]! + 1);
    }
    if (Math.min(...row) > limit) return limit + 1;
    [before, last] = [last, row];
  }
  return last[b.length]!;
}
