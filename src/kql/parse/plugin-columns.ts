import type { Column } from '../types.js';

/** The columns that calls of plugins were found to give by looking at the data, where the query's text can't be told of them. */
export type PluginColumns = ReadonlyMap<string, FoundColumns>;

export interface FoundColumns {
  readonly columns: readonly Column[];
  /** Whether they come behind the input's own columns, without the one that the plugin is given. */
  readonly keepsInput: boolean;
  /** The inputs that were looked at, as texts of their plans. */
  readonly inputs: ReadonlySet<string>;
}

/** What a call is known by: the same text over the same columns is the same call, wherever it stands. */
export const pluginKey = (plugin: string, args: readonly string[], input: readonly string[]): string =>
  `${plugin}(${args.map((arg) => arg.trim()).join(', ')}) over ${input.join(', ')}`;

/** The columns with what a further look found: a name with two types becomes dynamic. */
export function withFound(known: FoundColumns | undefined, more: FoundColumns): FoundColumns {
  const columns = new Map((known?.columns ?? []).map((of) => [of.name, of]));
  for (const of of more.columns) {
    const other = columns.get(of.name);
    columns.set(of.name, other && other.type !== of.type ? { ...of, type: 'dynamic' } : of);
  }
  return { ...more, columns: [...columns.values()], inputs: new Set([...(known?.inputs ?? []), ...more.inputs]) };
}
