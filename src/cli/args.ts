import { parseArgs } from 'node:util';
import { type Args, type Command, UsageError } from './command.js';

/**
 * Reads what was typed after a command's name.
 * @throws UsageError for unknown options and missing values
 */
export function readArgs(command: Command, argv: readonly string[]): Args {
  const { tokens } = parse(command, argv);
  const positionals: string[] = [];
  const values = new Map<string, (string | true)[]>();
  let greedy: (string | true)[] | undefined;
  for (const token of tokens) {
    if (token.kind === 'option-terminator') greedy = undefined;
    else if (token.kind === 'positional') (greedy ?? positionals).push(token.value);
    else {
      const given = values.get(token.name) ?? [];
      given.push(token.value ?? true);
      values.set(token.name, given);
      greedy = token.name === command.greedy ? given : undefined;
    }
  }
  const texts = (name: string): string[] => (values.get(name) ?? []).filter((value) => typeof value === 'string');
  return { positionals, texts, text: (name) => texts(name).at(-1), flag: (name) => values.has(name) };
}

function parse(command: Command, argv: readonly string[]) {
  const options = Object.fromEntries(
    Object.entries(command.options).map(([name, { type, short, multiple }]) => [
      name,
      { type, multiple: multiple ?? false, ...(short ? { short } : {}) },
    ]),
  );
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true, tokens: true });
  } catch (error) {
    // Node adds hints about quoting that only puzzle
    throw new UsageError((error as Error).message.split('. To specify')[0]!.replace(/\.$/, ''));
  }
}

/** `name=value` texts as a record. @throws UsageError */
export function pairs(option: string, texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const at = text.indexOf('=');
      if (at < 1) throw new UsageError(`--${option} takes name=value, not ${text}`);
      return [text.slice(0, at).trim(), text.slice(at + 1)];
    }),
  );
}

/** `PLACE=PATH` texts as a record: a place may be an address with `=` in it, a path has none. @throws UsageError */
export function places(option: string, texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const at = text.lastIndexOf('=');
      if (at < 1) throw new UsageError(`--${option} takes PLACE=PATH, not ${text}`);
      return [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}
