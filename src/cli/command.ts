import type { Io } from './io.js';

/** An option of a command, declared once: parsing and help come from it. */
export interface OptionSpec {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  readonly multiple?: boolean;
  /** What stands for the value in help: `DIR`. */
  readonly value?: string;
  readonly help: string;
}

export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

/** What was typed after the command's name. */
export interface Args {
  readonly positionals: readonly string[];
  /** The last value of an option, or undefined. */
  text(name: string): string | undefined;
  /** All values of an option. */
  texts(name: string): readonly string[];
  flag(name: string): boolean;
}

/** A command of `trawl`: one file each. Its module must not load the engine before `run` is called. */
export interface Command {
  readonly name: string;
  /** Lines after `trawl`: `query '<kql>' [options]`. */
  readonly usage: readonly string[];
  readonly description: string;
  readonly options: OptionSpecs;
  /** What to type, and what it does. */
  readonly examples: readonly (readonly [command: string, meaning: string])[];
  /** Said when the user interrupts it. */
  readonly interrupted?: string;
  /** An option that takes all words up to the next option: `--data a b c`. */
  readonly greedy?: string;
  /** @returns the exit code */
  run(args: Args, io: Io): Promise<number>;
}

/** Exit codes of `trawl`. */
export const EXIT = { ok: 0, error: 1, usage: 2, refused: 3, interrupted: 130 } as const;

/** The command line itself is wrong: message, a hint to `--help`, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
