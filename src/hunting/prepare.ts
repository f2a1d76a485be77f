import { CONFIG_FILE, type Config } from '../config/config.js';
import { kqlLiteral } from '../kql/literal-text.js';
import type { Literal } from '../kql/plan/nodes.js';
import type { KqlType } from '../kql/types.js';
import { trawlError } from '../util/errors.js';
import type { Hunt } from './hunt.js';
import { knobTakes, knobValue } from './knob-value.js';
import { type Knob, knobsOf, withKnobs } from './knobs.js';

/** Values for knobs by name: texts as typed, or values of YAML or JavaScript. */
export type KnobInputs = Readonly<Record<string, unknown>>;

/** A knob of a hunt as it is run. */
export interface KnobSetting {
  readonly name: string;
  readonly type: KqlType;
  /** As KQL text. */
  readonly value: string;
  readonly default: string;
  /** Whether someone set it to another value than the hunt's own. */
  readonly changed: boolean;
  readonly help: string;
}

/** A query with its knobs set: ready to run. */
export interface Prepared {
  readonly kql: string;
  readonly knobs: readonly KnobSetting[];
}

/**
 * Sets knobs of a query. `owner` says whose they are, for messages.
 * @throws TrawlError `unknown-knob`, `bad-knob`, each with the list of knobs, their types and defaults
 */
export function prepare(owner: string, query: string, given: KnobInputs): Prepared {
  const knobs = knobsOf(query);
  const values = new Map<string, Literal>();
  for (const [name, input] of Object.entries(given)) {
    const knob = knobs.find((of) => of.name === name);
    if (!knob) throw trawlError('unknown-knob', { name, owner, knobs: listKnobs(knobs) });
    const value = knobValue(knob, input);
    if (!value)
      throw trawlError('bad-knob', {
        name,
        owner,
        takes: knobTakes(knob),
        value: shown(input),
        knobs: listKnobs(knobs),
      });
    values.set(name, value);
  }
  if (values.size === 0) return { kql: query, knobs: knobs.map((knob) => setting(knob, knob)) };
  const kql = withKnobs(query, knobs, values);
  // read anew: a knob may be made of others
  const after = new Map(knobsOf(kql).map((knob) => [knob.name, knob]));
  return { kql, knobs: knobs.map((knob) => setting(knob, after.get(knob.name) ?? knob)) };
}

/** Sets a hunt's knobs: `trawl.yaml`'s defaults for all hunts that have them, then what it says of this one, then `given`. */
export function prepareHunt(hunt: Hunt, config: Config, given: KnobInputs = {}): Prepared {
  const has = new Set(knobsOf(hunt.query).map(({ name }) => name));
  const defaults = Object.entries(config.hunts.defaults ?? {}).filter(([name]) => has.has(name));
  const own = Object.entries(config.hunts)
    .filter(([name]) => [hunt.id, hunt.guid].includes(name.toLowerCase()))
    .flatMap(([, knobs]) => Object.entries(knobs));
  const configured = Object.fromEntries([...defaults, ...own]);
  // a mistake in the file is told as one
  if (Object.keys(configured).length > 0)
    prepare(`the hunt ${hunt.id} (set in ${config.file ?? CONFIG_FILE})`, hunt.query, configured);
  return prepare(`the hunt ${hunt.id}`, hunt.query, { ...configured, ...given });
}

/**
 * Refuses a `trawl.yaml` that speaks of hunts there are not, or sets a default that no hunt has.
 * @throws TrawlError `unknown-hunt`, `unknown-knob`
 */
export function checkConfig(config: Config, library: readonly Hunt[]): void {
  for (const name of Object.keys(config.hunts)) {
    if (name === 'defaults' || library.some(({ id, guid }) => [id, guid].includes(name.toLowerCase()))) continue;
    throw trawlError('unknown-hunt', {
      name: `${name} (in ${config.file ?? CONFIG_FILE})`,
      hunts: library.map(({ id }) => id),
    });
  }
  const defaults = Object.keys(config.hunts.defaults ?? {});
  if (defaults.length === 0) return;
  const knobs = library.flatMap(({ query }) => knobsOf(query));
  const unknown = defaults.find((name) => !knobs.some((knob) => knob.name === name));
  const distinct = [...new Map(knobs.map((knob) => [knob.name, knob])).values()];
  if (unknown !== undefined)
    throw trawlError('unknown-knob', {
      name: unknown,
      owner: `any hunt (defaults in ${config.file ?? CONFIG_FILE})`,
      knobs: listKnobs(distinct),
    });
}

const setting = (before: Knob, after: Knob): KnobSetting => {
  const value = kqlLiteral(after.default);
  return {
    name: before.name,
    type: before.type,
    value,
    default: before.defaultText,
    changed: value !== kqlLiteral(before.default),
    help: before.help,
  };
};

const shown = (input: unknown): string =>
  typeof input === 'string'
    ? input
    : (JSON.stringify(input, (_, of) => (typeof of === 'bigint' ? String(of) : of)) ?? String(input));

const LONGEST = 60;

/** Knobs with their types and defaults, a line each. */
export const listKnobs = (knobs: readonly Knob[]): string =>
  knobs.length === 0
    ? '  (none)'
    : knobs
        .map(
          ({ name, type, defaultText }) =>
            `  ${name}: ${type} = ${defaultText.length > LONGEST ? `${defaultText.slice(0, LONGEST)}…` : defaultText}`,
        )
        .join('\n');
