/** A pattern that stands for all texts that are like no others. */
export const OTHERS = 'others';

/**
 * The pattern of each text, by Vaarandi's clustering of log lines: a text is taken apart into terms, a term that stands at its
 * place in enough texts is kept, the rest become `*`; texts whose pattern is shared by too few are `others`.
 * Terms of digits alone are never kept: they tell one event from another, not what the events are.
 * `counts` says how often each text occurs; `threshold` is the part of all texts that is enough (at least two);
 * `separators` are the characters between terms, all that are no ASCII letters or digits unless given.
 */
export function reducePatterns(
  texts: readonly string[],
  counts: readonly number[],
  threshold: number,
  separators?: string,
): string[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const enough = Math.max(2, Math.ceil(threshold * total - 1e-9));
  const split = splitter(separators);
  const pieces = texts.map(split);
  const support = new Map<string, number>();
  const place = (term: string, at: number): string => `${at} ${term}`;
  for (const [i, { terms }] of pieces.entries()) {
    for (const [at, term] of terms.entries()) add(support, place(term, at), counts[i]!);
  }
  const isKept = (term: string, at: number): boolean => !/^\d+$/.test(term) && support.get(place(term, at))! >= enough;
  const patterns = pieces.map((of) => patternOf(of, isKept, separators === undefined));
  const shared = new Map<string, number>();
  for (const [i, pattern] of patterns.entries()) if (pattern !== undefined) add(shared, pattern, counts[i]!);
  return patterns.map((pattern) => (pattern !== undefined && shared.get(pattern)! >= enough ? pattern : OTHERS));
}

const add = (map: Map<string, number>, key: string, count: number): void => {
  map.set(key, (map.get(key) ?? 0) + count);
};

/** A text's terms, and what stands before each of them and after the last. */
interface Pieces {
  readonly terms: readonly string[];
  readonly between: readonly string[];
}

function splitter(separators: string | undefined): (text: string) => Pieces {
  const inside = separators === undefined ? '^A-Za-z0-9' : separators.replace(/[\\\]^-]/g, '\\$&');
  const separator = separators === '' ? undefined : new RegExp(`([${inside}]+)`);
  return (text) => {
    if (!separator) return { terms: text === '' ? [] : [text], between: ['', ''] };
    const parts = text.split(separator);
    // terms and separators take turns; the text may begin or end with a separator
    const terms: string[] = [];
    const between: string[] = [''];
    for (const [i, part] of parts.entries()) {
      if (i % 2 === 1) between[terms.length] = part;
      else if (part !== '') {
        terms.push(part);
        between.push('');
      }
    }
    return { terms, between };
  };
}

/** The kept terms with `*` for each run of others; undefined when no term is kept. */
function patternOf(
  { terms, between }: Pieces,
  isKept: (term: string, at: number) => boolean,
  showsSeparators: boolean,
): string | undefined {
  const kept = terms.map(isKept);
  if (!kept.includes(true)) return undefined;
  let pattern = '';
  for (const [at, term] of terms.entries()) {
    const [before, now] = [kept[at - 1], kept[at]];
    if (before === false && !now) continue;
    // separators that were named are part of the `*` beside them
    const bare = showsSeparators || before === undefined || (before && now);
    pattern += `${bare ? between[at] : ''}${now ? term : '*'}`;
  }
  return showsSeparators || kept.at(-1) ? pattern + between[terms.length]! : pattern;
}
