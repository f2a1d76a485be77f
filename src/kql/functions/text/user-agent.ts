import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parse } from 'yaml';

/** Parts of a user agent that `parse_user_agent` looks for, by their names in a query. */
export type Target = 'browser' | 'os' | 'device';

type Rule = Readonly<Record<string, string>>;
interface Pattern {
  readonly regex: RegExp;
  /** What each field of the answer is: a text with `$1` for groups, or the group itself. */
  readonly fields: readonly (string | number)[];
}
interface Kind {
  readonly key: string;
  readonly list: string;
  readonly fields: readonly string[];
  /** The key that replaces each field, and the group it is otherwise. */
  readonly from: readonly (readonly [replacement: string, group: number | undefined])[];
}

const KINDS: Readonly<Record<Target, Kind>> = {
  browser: {
    key: 'Browser',
    list: 'user_agent_parsers',
    fields: ['Family', 'MajorVersion', 'MinorVersion', 'Patch'],
    from: [
      ['family_replacement', 1],
      ['v1_replacement', 2],
      ['v2_replacement', 3],
      ['v3_replacement', 4],
    ],
  },
  os: {
    key: 'OperatingSystem',
    list: 'os_parsers',
    fields: ['Family', 'MajorVersion', 'MinorVersion', 'Patch', 'PatchMinor'],
    from: [
      ['os_replacement', 1],
      ['os_v1_replacement', 2],
      ['os_v2_replacement', 3],
      ['os_v3_replacement', 4],
      ['os_v4_replacement', 5],
    ],
  },
  device: {
    key: 'Device',
    list: 'device_parsers',
    fields: ['Family', 'Brand', 'Model'],
    from: [
      ['device_replacement', 1],
      ['brand_replacement', undefined],
      ['model_replacement', 1],
    ],
  },
};

let patterns: Readonly<Record<Target, readonly Pattern[]>> | undefined;

/** The patterns of the uap-core project, read when first needed (about 200 kB of YAML). */
function load(): Readonly<Record<Target, readonly Pattern[]>> {
  if (patterns) return patterns;
  const file = createRequire(import.meta.url).resolve('uap-core/regexes.yaml');
  const lists = parse(readFileSync(file, 'utf8')) as Readonly<Record<string, readonly Rule[]>>;
  const read = ({ list, from }: Kind): Pattern[] =>
    lists[list]!.map((rule) => ({
      regex: new RegExp(rule.regex!, rule.regex_flag === 'i' ? 'i' : ''),
      fields: from.map(([replacement, group]) => rule[replacement] ?? group ?? ''),
    }));
  patterns = { browser: read(KINDS.browser), os: read(KINDS.os), device: read(KINDS.device) };
  return patterns;
}

const RECENT = 10_000;
const recent = new Map<string, string>();

/** The parts of a user agent as JSON text; what isn't known is of the family `Other`. Recent answers are kept: logs repeat themselves. */
export function parseUserAgent(agent: string, targets: readonly Target[]): string {
  const key = `${targets.join()}\n${agent}`;
  const known = recent.get(key);
  if (known !== undefined) return known;
  const parts = targets.map((target) => [KINDS[target].key, look(agent, KINDS[target], load()[target])] as const);
  const answer = JSON.stringify(Object.fromEntries(parts));
  if (recent.size >= RECENT) recent.clear();
  recent.set(key, answer);
  return answer;
}

function look(agent: string, { fields }: Kind, list: readonly Pattern[]): Record<string, string> {
  for (const pattern of list) {
    const match = pattern.regex.exec(agent);
    if (!match) continue;
    const values = pattern.fields.map((field) =>
      typeof field === 'number'
        ? (match[field] ?? '')
        : field.replace(/\$(\d)/g, (_, at: string) => match[Number(at)] ?? ''),
    );
    return Object.fromEntries(fields.map((name, i) => [name, values[i]!.trim()]));
  }
  return Object.fromEntries(fields.map((name, i) => [name, i === 0 ? 'Other' : '']));
}
