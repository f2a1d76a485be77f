import { type Sequence, STEP_COLUMN } from '../../plan/nodes.js';
import type { KqlType } from '../../types.js';
import { compiled, constantValue, type FindFunction } from './evaluate.js';
import type { Value } from './operations.js';

/** What a scan does, of its plan node just what the machine needs. */
export type Program = Pick<Sequence, 'declared' | 'steps' | 'begins'>;

/** A row that a step matched: its number, and what the declared columns have become. */
interface Matched {
  readonly row: number;
  readonly values: readonly Value[];
}
/** The state of a step: what it and the steps before it matched last, and the number of the match. */
interface State {
  readonly matched: readonly Matched[];
  readonly match: number;
}

/** A row that is given: its number in the input, the step, the number of the match, the declared columns. */
export interface Given {
  readonly row: number;
  readonly step: number;
  readonly match: number;
  readonly values: readonly Value[];
}

interface Env {
  row: number;
  state: State | undefined;
}

/**
 * Runs a scan over rows in their order: each row is tried against the steps from the last to the first, with the state of the
 * step before (which it then takes over) or the step's own. `columns` are the rows' values by the name of the column.
 */
export function runScan(
  { declared, steps, begins }: Program,
  columns: ReadonlyMap<string, readonly Value[]>,
  size: number,
  find: FindFunction,
): Given[] {
  const own = new Map(declared.map(({ name }, i) => [name, i]));
  const missing = (type: KqlType): Value => (type === 'string' ? '' : null);
  const initial = declared.map(({ expr }) => (expr.kind === 'literal' ? constantValue(expr) : missing(expr.type)));
  const read = (name: string, type: KqlType): ((env: Env) => Value) => {
    const of = STEP_COLUMN.exec(name);
    if (!of) {
      const values = columns.get(name)!;
      return ({ row }) => values[row]!;
    }
    const [step, column] = [Number(of[1]), of[2]!];
    const at = own.get(column);
    if (at !== undefined)
      return ({ state }) => state?.matched[step]?.values[at] ?? (state?.matched[step] ? null : initial[at]!);
    const values = columns.get(column)!;
    const none = missing(type);
    return ({ state }) => {
      const matched = state?.matched[step];
      return matched ? values[matched.row]! : none;
    };
  };
  const machine = steps.map((step) => ({
    output: step.output,
    holds: compiled(step.condition, read, find),
    values: declared.map(({ name, expr }) =>
      compiled(step.assignments.find((of) => of.name === name)?.expr ?? expr, read, find),
    ),
  }));
  const starts = begins === undefined ? undefined : columns.get(begins)!;
  const states: (State | undefined)[] = steps.map(() => undefined);
  const pending: (Given | undefined)[] = steps.map(() => undefined);
  const given: Given[] = [];
  const flush = (k: number): void => {
    const last = pending[k];
    if (last) given.push(last);
    pending[k] = undefined;
  };
  let matches = -1;
  const env: Env = { row: 0, state: undefined };
  for (let row = 0; row < size; row++) {
    if (starts?.[row] === true) {
      states.fill(undefined);
      matches = -1;
      for (const k of steps.keys()) flush(k);
    }
    env.row = row;
    for (let k = steps.length - 1; k >= 0; k--) {
      const { output, holds, values } = machine[k]!;
      const before = k > 0 ? states[k - 1] : undefined;
      env.state = before;
      const promoted = before !== undefined && holds(env) === true;
      const mine = states[k];
      if (!promoted) {
        if (k > 0 && mine === undefined) continue;
        env.state = mine;
        if (holds(env) !== true) continue;
      }
      const assigned = values.map((value) => value(env));
      const matched: Matched = { row, values: assigned };
      const match = promoted ? before.match : mine ? mine.match : ++matches;
      const earlier = promoted ? before.matched : (mine?.matched.slice(0, k) ?? []);
      states[k] = { matched: [...earlier, matched], match };
      if (promoted) states[k - 1] = undefined;
      if (output === 'none') continue;
      const one: Given = { row, step: k, match, values: assigned };
      if (output === 'all') given.push(one);
      else {
        const repeated = !promoted && mine !== undefined;
        if (!repeated) flush(k);
        pending[k] = one;
      }
    }
  }
  for (const k of steps.keys()) flush(k);
  return given;
}
