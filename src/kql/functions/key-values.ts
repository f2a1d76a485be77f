export interface KeyValueOptions {
  readonly keys: readonly string[];
  /** What separates pairs, as a whole text; a space unless told. */
  readonly pair_delimiter?: string;
  /** What separates a key from its value; without it every character that is not of a word separates. */
  readonly kv_delimiter?: string;
  /** Pairs of quotes, each one character for both or an opening and a closing one. */
  readonly quotes: readonly string[];
  /** Characters that take the next one as it is, within quotes. */
  readonly escapes: readonly string[];
  /** Values may hold the pair delimiter, up to the next key. */
  readonly greedy?: boolean;
  /** The text is a JSON array of pairs already. */
  readonly paired?: boolean;
}

/** `parse-kv` on one text: JSON of the wanted keys that were found; the first value of a repeated key counts. */
export function parseKeyValues(text: string, options: KeyValueOptions): string {
  const found = new Map<string, string>();
  for (const [key, value] of pairsOf(text, options))
    if (options.keys.includes(key) && !found.has(key)) found.set(key, value);
  return JSON.stringify(Object.fromEntries(found));
}

type Pair = readonly [key: string, value: string];

function pairsOf(text: string, options: KeyValueOptions): readonly Pair[] {
  if (options.paired) return (JSON.parse(text || '[]') ?? []) as Pair[];
  return options.kv_delimiter ? delimited(text, options) : guessed(text, options);
}

/** What stands in quotes at a place, and where it ends; undefined where no quotes open or they don't close. */
function quotedAt(text: string, start: number, { quotes, escapes }: KeyValueOptions) {
  const kind = quotes.find((of) => of !== '' && text.startsWith(of[0]!, start));
  if (!kind) return undefined;
  const close = kind[1] ?? kind[0]!;
  let value = '';
  for (let at = start + 1; at < text.length; at++) {
    if (escapes.includes(text[at]!) && at + 1 < text.length) value += text[++at];
    else if (text[at] === close) return { value, end: at + 1 };
    else value += text[at];
  }
  return undefined;
}

/** A word that is a wanted key has the next word as its value, whatever stands between them. */
function guessed(text: string, options: KeyValueOptions): Pair[] {
  const words: string[] = [];
  for (let at = 0; at < text.length; ) {
    const inside = quotedAt(text, at, options);
    const word = inside?.value ?? /^[\p{L}\p{N}_]+/u.exec(text.slice(at))?.[0];
    if (word !== undefined) words.push(word);
    at = inside?.end ?? at + (word?.length ?? 1);
  }
  const pairs: Pair[] = [];
  for (let i = 0; i + 1 < words.length; i++) if (options.keys.includes(words[i]!)) pairs.push([words[i]!, words[++i]!]);
  return pairs;
}

function delimited(text: string, options: KeyValueOptions): Pair[] {
  const { pair_delimiter: between = ' ', kv_delimiter: equals = '=' } = options;
  const pairs: Pair[] = [];
  let at = 0;
  const isAt = (delimiter: string): boolean => delimiter !== '' && text.startsWith(delimiter, at);
  const word = (stops: readonly string[]): { value: string; quoted: boolean } => {
    let value = '';
    let quoted = false;
    while (at < text.length) {
      const inside = !quoted && value.trim() === '' ? quotedAt(text, at, options) : undefined;
      if (inside) {
        value = inside.value;
        at = inside.end;
        quoted = true;
      } else if (stops.some(isAt)) break;
      else if (quoted) at++;
      else value += text[at++];
    }
    return { value: quoted ? value : value.trim(), quoted };
  };
  const valueAfterEquals = (): string => {
    at += equals.length;
    while (between === ' ' && text[at] === ' ') at++;
    return word([between]).value;
  };
  let pending: string | undefined;
  while (at < text.length) {
    const key = word([equals, between]);
    if (isAt(equals) && key.value !== '') pairs.push([key.value, valueAfterEquals()]);
    else if (isAt(equals) && pending !== undefined) pairs.push([pending, valueAfterEquals()]);
    else if (options.greedy && pairs.length > 0) {
      const [last, value] = pairs.pop()!;
      pairs.push([last, `${value}${between}${key.value}`]);
    }
    pending = key.value || pending;
    if (isAt(between)) at += between.length;
    else if (isAt(equals) && key.value === '' && pending === undefined) at += equals.length;
    else if (at < text.length && !isAt(equals)) at++;
  }
  return pairs;
}
