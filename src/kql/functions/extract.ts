import { trawlError } from '../../util/errors.js';
import { quoteText } from '../sql/duckdb/literal.js';
import { type Regex, readRegex, withRegex } from './regex.js';
import { type SqlArgument, scalars } from './registry.js';
import { numberOf, readJson, writeJson } from './text/json.js';
import { atSteps, pathSteps } from './text/json-path.js';

/** Numbers of the groups an array names by number or by name; all of them without one. */
function groupsWanted(chosen: SqlArgument | undefined, regex: Regex): number[] {
  if (!chosen) return regex.groups.map((_, i) => i + 1);
  if (!chosen.literal || !Array.isArray(chosen.literal.value)) {
    throw trawlError('unsupported', { what: 'extract_all() with groups that are not a constant array' });
  }
  return (chosen.literal.value as readonly unknown[]).map((group) => {
    const at = typeof group === 'string' ? regex.groups.indexOf(group) + 1 : Number(group);
    if (!(at >= 1)) {
      throw trawlError('bad-argument', { what: `extract_all()`, why: `the pattern has no group ${String(group)}` });
    }
    return at;
  });
}

/** All matches of a pattern that is not a constant: how many groups it has is known at each row alone. */
function everyMatch(pattern: SqlArgument, value: SqlArgument, chosen: SqlArgument | undefined): string {
  const count = `CAST(kql_js_regex_group_count(${pattern.sql}) AS INTEGER)`;
  if (!chosen) return `kql_every_match(${value.sql}, ${pattern.sql}, ${count})`;
  const groups = chosen.literal?.value;
  if (!Array.isArray(groups) || !groups.every((group) => Number(group) >= 1)) {
    throw trawlError('unsupported', { what: 'extract_all() of named groups of a pattern that is not a constant' });
  }
  return `kql_matches_of(${value.sql}, ${pattern.sql}, ${count}, [${groups.join(', ')}])`;
}

/** What stands at a path of a JSON text: a string bare, anything else as JSON; null when there is nothing. */
function textAtPath(path: string, text: string): string | null {
  const steps = pathSteps(path);
  if (!steps) return null;
  let value: unknown;
  try {
    value = readJson(text);
  } catch {
    return null;
  }
  for (const step of steps) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, step)) return null;
    value = (value as Record<string | number, unknown>)[step];
  }
  if (value === null) return null;
  return typeof value === 'string' && numberOf(value) === undefined ? value : writeJson(value);
}

/** What patterns and paths find in a text. */
export const EXTRACTING = scalars([
  {
    name: 'extract',
    args: ['string', 'long', 'string'],
    returns: 'string',
    duckdb: withRegex(0, ([pattern, group, value], regex) => {
      const at = group!.literal ? Number(group!.literal.value) : undefined;
      if (at === undefined) throw trawlError('unsupported', { what: 'extract() of a group that is not a constant' });
      if (at < 0 || (regex && at > regex.groups.length)) return "''";
      const found = `regexp_extract(${value!.sql}, ${pattern!.sql}, ${at})`;
      return regex || at === 0
        ? found
        : `CASE WHEN ${at} <= kql_js_regex_group_count(${pattern!.sql}) THEN ${found} ELSE '' END`;
    }),
    examples: [
      ['extract("x=([0-9.]+)", 1, "hello x=45.6|wo")', '45.6'],
      ['extract("x=(y)", 1, "none")', ''],
      ['extract("(\\\\d+)ms", 1, "took 15ms", typeof(long)) + 1', '16'],
      ['isnull(extract("x=(y)", 1, "none", typeof(int)))', 'True'],
    ],
  },
  {
    name: 'extract_all',
    aliases: ['extractall'],
    args: (index, count) => (index === 1 && count === 3 ? 'dynamic' : 'string'),
    returns: 'dynamic',
    duckdb: withRegex(0, (args, regex) => {
      const [pattern, value] = [args[0]!, args.at(-1)!];
      if (!regex) return everyMatch(pattern, value, args.length === 3 ? args[1] : undefined);
      if (regex.groups.length === 0) {
        throw trawlError('bad-argument', { what: 'extract_all()', why: 'the pattern has no capturing group' });
      }
      const chosen = args.length === 3 ? args[1] : undefined;
      const wanted = groupsWanted(chosen, regex);
      // a group that the pattern does not have matches nothing
      const lists = wanted.map((group) => {
        const all = `regexp_extract_all(${value.sql}, ${pattern.sql}, ${group > regex.groups.length ? 0 : group})`;
        return group > regex.groups.length ? `list_transform(${all}, lambda g: '')` : all;
      });
      const all =
        lists.length === 1
          ? `list_transform(${lists[0]}, lambda g: coalesce(g, ''))`
          : `list_transform(list_zip(${lists.join(', ')}), lambda g: [${wanted.map((_, i) => `coalesce(g[${i + 1}], '')`).join(', ')}])`;
      return `CASE WHEN len(${lists[0]}) > 0 THEN to_json(${all}) END`;
    }),
    examples: [
      ['extract_all("(\\\\d+)", "a set of numbers: 123, 567")', '["123","567"]'],
      ['extract_all("(\\\\w)(\\\\d)", "a1 b2")', '[["a","1"],["b","2"]]'],
      ['extract_all("(\\\\w)(?P<n>\\\\d)?", dynamic(["n"]), "a1 b")', '["1",""]'],
      ['extract_all("(a)(b)", dynamic([2, 7]), "ab")', '[["b",""]]'],
      ['isnull(extract_all("(x)", "abc"))', 'True'],
    ],
  },
  {
    name: 'extract_json',
    aliases: ['extractjson'],
    args: ['string'],
    returns: 'string',
    duckdb: ([path, value]) => {
      if (!path!.literal) return `coalesce(kql_js_json_at_path(${path!.sql}, ${value!.sql}), '')`;
      const steps = pathSteps(String(path!.literal.value));
      if (!steps) return "''";
      const found = atSteps(value!.sql, steps, quoteText);
      return `coalesce(CASE WHEN json_valid(${value!.sql}) THEN json_extract_string(${found}, '$') END, '')`;
    },
    examples: [
      ['extract_json("no path", "{}")', ''],
      ['extract_json("$.a.b", "{\\"a\\":{\\"b\\":\\"x\\"}}")', 'x'],
      ['extract_json("$.a", "{\\"a\\":5}", typeof(int)) + 1', '6'],
      ['extract_json("$.a", "no json")', ''],
    ],
  },
  {
    name: 'regex_pattern',
    args: ['string'],
    returns: 'string',
    internal: true,
    js: (source) => readRegex(String(source ?? '')).pattern,
    examples: [],
  },
  {
    name: 'regex_group_count',
    args: ['string'],
    returns: 'long',
    internal: true,
    js: (source) => BigInt(readRegex(String(source ?? '')).groups.length),
    examples: [],
  },
  {
    name: 'json_at_path',
    args: ['string', 'string'],
    returns: 'string',
    internal: true,
    js: (path, text) => textAtPath(String(path), String(text)),
    examples: [],
  },
]);
