import { buildHosts } from '../../demo/hosts.js';
import type { Decoy, Planted } from '../../demo/index.js';

/** The findings of the shipped hunts, by hunt number from 1: rows as lists of values. */
export type FoundRows = ReadonlyMap<number, readonly (readonly unknown[])[]>;

export interface Scorecard {
  readonly planted: readonly {
    readonly item: Planted;
    readonly found: boolean /** Other hunts that show it. */;
    readonly alsoIn: readonly number[];
  }[];
  readonly decoys: readonly {
    readonly item: Decoy /** Findings of its hunt that show it. */;
    readonly findings: number;
  }[];
  /** Findings that are neither, by hunt. */
  readonly others: ReadonlyMap<number, number>;
}

/** Holds the findings against what was planted: a finding is about an incident when it names both its ends. */
export function score(
  planted: readonly Planted[],
  decoys: readonly Decoy[],
  found: FoundRows,
  hostCount: number,
): Scorecard {
  const names = namesOfHosts(hostCount);
  const rows = new Map([...found].map(([hunt, list]) => [hunt, list.map(textsOf)]));
  const explained = new Set<ReadonlySet<string>>();
  const matching = (hunt: number, ends: readonly (readonly string[])[]): number => {
    const hits = (rows.get(hunt) ?? []).filter((row) => ends.every((end) => end.some((name) => row.has(name))));
    for (const row of hits) explained.add(row);
    return hits.length;
  };
  const all = (host: string): string[] => names.get(host.toLowerCase()) ?? [host.toLowerCase()];
  const scoredPlanted = planted.map((item) => {
    const ends = [[...all(item.host), item.address.toLowerCase()], [(item.remote || item.domain).toLowerCase()]];
    const hits = new Map([...rows.keys()].map((hunt) => [hunt, matching(hunt, ends)]));
    return { item, found: hits.get(item.hunt)! > 0, alsoIn: item.also.filter((hunt) => hits.get(hunt)! > 0) };
  });
  const scoredDecoys = decoys.map((item) => {
    const ends = [item.sources.flatMap(all), item.targets.flatMap(all)];
    for (const hunt of rows.keys()) if (hunt !== item.hunt) matching(hunt, ends);
    return { item, findings: matching(item.hunt, ends) };
  });
  const others = new Map([...rows].map(([hunt, list]) => [hunt, list.filter((row) => !explained.has(row)).length]));
  return { planted: scoredPlanted, decoys: scoredDecoys, others };
}

/** All texts in a row, also those in lists, in lower case. */
function textsOf(row: readonly unknown[]): ReadonlySet<string> {
  const texts = new Set<string>();
  const add = (value: unknown): void => {
    if (typeof value === 'string') texts.add(value.toLowerCase());
    else if (Array.isArray(value)) value.forEach(add);
  };
  row.forEach(add);
  return texts;
}

/** Every name and address of each machine, by its short name. */
function namesOfHosts(count: number): Map<string, string[]> {
  return new Map(
    buildHosts(count).map(({ name, fqdn, address, otherAddress, address6, published }) => [
      name.toLowerCase(),
      [name, fqdn, address, otherAddress, address6, published].filter((of) => of !== '').map((of) => of.toLowerCase()),
    ]),
  );
}
