import { knobsOf } from '../hunting/knobs.js';
import { lookUpHunt } from '../hunting/library.js';
import { listKnobs } from '../hunting/prepare.js';
import type { Hunt, HuntResult, Prepared, Workspace } from '../index.js';
import { TrawlError, trawlError } from '../util/errors.js';
import type { Io } from './io.js';
import { startProgress } from './progress.js';

/** A hunt that is about to run, with the knobs that were typed for it. */
export interface Selected {
  readonly hunt: Hunt;
  /** Its number in the library; undefined for a file. */
  readonly number: number | undefined;
  readonly prepared: Prepared;
}

/** What became of a hunt. */
export interface Outcome extends Selected {
  readonly result?: HuntResult;
  /** Why it could not run. */
  readonly error?: TrawlError;
  readonly ms: number;
}

/**
 * The hunts with what was typed after `--set`: `knob=value` goes to each hunt that has the knob, `hunt.knob=value` to one.
 * @throws TrawlError `unknown-knob` when none of them has it, `bad-knob`
 */
export function select(
  workspace: Workspace,
  hunts: readonly Hunt[],
  set: Readonly<Record<string, string>>,
): Selected[] {
  const library = workspace.hunts();
  const knobs = new Map(hunts.map((hunt) => [hunt, knobsOf(hunt.query)]));
  const given = new Map<Hunt, Record<string, string>>(hunts.map((hunt) => [hunt, {}]));
  for (const [key, value] of Object.entries(set)) {
    const dot = key.lastIndexOf('.');
    const [owner, name] = dot < 0 ? ['', key] : [key.slice(0, dot), key.slice(dot + 1)];
    const only = owner === '' ? undefined : (lookUpHunt([...hunts], owner) ?? lookUpHunt(library, owner));
    const takers = hunts.filter((hunt) =>
      owner === '' ? knobs.get(hunt)!.some((knob) => knob.name === name) : hunt.id === only?.id,
    );
    if (takers.length === 0) throw unknown(key, name, hunts);
    for (const hunt of takers) given.get(hunt)![name] = value;
  }
  return hunts.map((hunt) => ({
    hunt,
    number: numberOf(library, hunt),
    prepared: workspace.prepareHunt(hunt, given.get(hunt)),
  }));
}

const numberOf = (library: readonly Hunt[], hunt: Hunt): number | undefined => {
  const at = library.findIndex(({ file }) => file === hunt.file);
  return at < 0 ? undefined : at + 1;
};

function unknown(key: string, name: string, hunts: readonly Hunt[]): TrawlError {
  const [only] = hunts;
  const owner = hunts.length === 1 ? `the hunt ${only!.id}` : 'these hunts';
  const distinct = new Map(hunts.flatMap((hunt) => knobsOf(hunt.query)).map((knob) => [knob.name, knob]));
  return trawlError('unknown-knob', {
    name: key.includes('.') ? key : name,
    owner,
    knobs: listKnobs([...distinct.values()]),
  });
}

export interface RunOptions {
  readonly asOf: string;
  readonly timeoutMs?: number;
  /** Called after each hunt, in order. */
  readonly onOutcome?: (outcome: Outcome) => Promise<void>;
}

/** Runs hunts one after the other; one that can't run doesn't keep the others from it. */
export async function runHunts(
  io: Io,
  workspace: Workspace,
  selected: readonly Selected[],
  options: RunOptions,
): Promise<Outcome[]> {
  // all hunts of one run read the same clock
  const asOf = options.asOf === 'now' ? new Date().toISOString() : options.asOf;
  const outcomes: Outcome[] = [];
  for (const [at, one] of selected.entries()) {
    const progress = startProgress(io, `hunting ${at + 1} of ${selected.length}: ${one.hunt.name}`);
    const outcome = await runOne(io, workspace, one, { ...options, asOf }).finally(progress.done);
    outcomes.push(outcome);
    await options.onOutcome?.(outcome);
  }
  return outcomes;
}

async function runOne(
  io: Io,
  workspace: Workspace,
  selected: Selected,
  { asOf, timeoutMs }: RunOptions,
): Promise<Outcome> {
  const started = performance.now();
  const took = (): number => performance.now() - started;
  try {
    const limits = timeoutMs === undefined ? {} : { timeoutMs };
    const result = await workspace.runHunt(selected.hunt, selected.prepared, { asOf, ...limits, signal: io.signal });
    return { ...selected, result, ms: took() };
  } catch (error) {
    if (!(error instanceof TrawlError) || io.signal.aborted) throw error;
    return { ...selected, error, ms: took() };
  }
}
