export interface KeyValueOptions {
  readonly keys: readonly string[];
  readonly pair_delimiter?: string;
  readonly kv_delimiter?: string;
  /** One quote character, or an opening and a closing one. */
  readonly quote?: string;
  readonly escape?: string;
  /** Values may hold the pair delimiter, up to the next key. */
  readonly greedy?: boolean;
  /** A pattern whose two groups are key and value, instead of delimiters. */
  readonly regex?: string;
}

/** `parse-kv` on one text: JSON of the wanted keys that were found; the first value of a repeated key counts. */
export function parseKeyValues(text: string, options: KeyValueOptions): string {
  const pairs = options.regex
    ? regexPairs(text, options.regex)
    : options.kv_delimiter
      ? delimited(text, options)
      : guessed(text);
  const found: Record<string, string> = {};
  for (const [key, value] of pairs) if (options.keys.includes(key) && !(key in found)) found[key] = value;
  return JSON.stringify(found);
}

const regexPairs = (text: string, pattern: string): [string, string][] =>
  [...text.matchAll(new RegExp(pattern, 'g'))].map((match) => [match[1] ?? '', match[2] ?? '']);

/** Without delimiters: any run of characters that are neither alphanumeric nor quoted separates. */
const guessed = (text: string): [string, string][] =>
  [...text.matchAll(/(\w+)\s*[=:]\s*(?:"([^"]*)"|'([^']*)'|([^\s,;=:]+))/g)].map((match) => [
    match[1]!,
    match[2] ?? match[3] ?? match[4] ?? '',
  ]);

function delimited(text: string, options: KeyValueOptions): [string, string][] {
  const { pair_delimiter: between = ' ', kv_delimiter: equals = '=', escape: escaper = '' } = options;
  const [open = '', close = open] = [...(options.quote ?? '')];
  const pairs: [string, string][] = [];
  let at = 0;
  const word = (stops: readonly string[]): { value: string; quoted: boolean } => {
    let value = '';
    let quoted = false;
    while (at < text.length) {
      if (escaper && text.startsWith(escaper, at) && at + escaper.length < text.length) {
        value += text[at + escaper.length];
        at += escaper.length + 1;
      } else if (open && value.trim() === '' && !quoted && text.startsWith(open, at)) {
        const end = text.indexOf(close, at + open.length);
        if (end < 0) break;
        value = text.slice(at + open.length, end);
        at = end + close.length;
        quoted = true;
      } else if (stops.some((stop) => stop !== '' && text.startsWith(stop, at))) break;
      else if (quoted) at++;
      else value += text[at++];
    }
    return { value, quoted };
  };
  let pending: string | undefined;
  while (at < text.length) {
    const key = word([equals, between]);
    if (at < text.length && text.startsWith(equals, at) && key.value.trim() !== '') {
      at += equals.length;
      while (between === ' ' && text[at] === ' ') at++;
      const value = word([between]);
      pairs.push([key.quoted ? key.value : key.value.trim(), value.quoted ? value.value : value.value.trim()]);
    } else if (text.startsWith(equals, at) && pending !== undefined) {
      at += equals.length;
      while (between === ' ' && text[at] === ' ') at++;
      pairs.push([pending, word([between]).value]);
    } else if (options.greedy && pairs.length > 0) {
      const last = pairs.at(-1)!;
      pairs[pairs.length - 1] = [last[0], `${last[1]}${between}${key.value}`];
    }
    pending = key.value.trim() || pending;
    if (text.startsWith(between, at)) at += between.length;
    else if (at < text.length && !text.startsWith(equals, at)) at++;
    else if (at < text.length && key.value === '' && pending === undefined) at += equals.length;
  }
  return pairs;
}
