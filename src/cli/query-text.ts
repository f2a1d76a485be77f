import { loadHunt } from '../hunting/load.js';
import { prepare } from '../hunting/prepare.js';
import { pairs } from './args.js';
import { type Args, UsageError } from './command.js';
import type { Source } from './excerpt.js';
import { standardInput } from './stdin.js';

export const fileOption = {
  file: {
    type: 'string',
    short: 'f',
    value: 'FILE',
    help: 'read the query from a file (.kql, or a hunt in YAML); - is standard input',
  },
} as const;

/**
 * The query that was typed, read from a file or from standard input, with its knobs set.
 * @throws UsageError; TrawlError `unknown-knob`, `bad-knob`, `path-unreadable`
 */
export async function queryText(args: Args): Promise<Source> {
  const { text, ...place } = await given(args);
  if (text.trim() === '') throw new UsageError('The query is empty');
  const { kql } = prepare('the query', text, pairs('set', args.texts('set')));
  return { text: kql, ...place };
}

async function given(args: Args): Promise<Source> {
  const file = args.text('file');
  const [typed, ...more] = args.positionals;
  if (more.length > 0)
    throw new UsageError(`One query at a time: put it in quotes (got ${args.positionals.length} words)`);
  if (file !== undefined && typed !== undefined && typed !== '-')
    throw new UsageError('Give a query or --file, not both');
  if (file === '-' || (file === undefined && typed === '-'))
    return { text: await standardInput(), file: 'standard input' };
  if (file !== undefined) {
    const { query, queryPlace } = loadHunt(file);
    return { text: query, file, place: queryPlace };
  }
  if (typed === undefined) throw new UsageError("Give a query, as in trawl query 'print 1'");
  return { text: typed };
}
