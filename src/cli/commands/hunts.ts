import type { Column, Hunt, QueryTable, Workspace } from '../../index.js';
import { type Args, type Command, EXIT, UsageError } from '../command.js';
import type { Io } from '../io.js';
import { withWorkspace } from '../open.js';
import { outputOptions, workspaceOptions } from '../options.js';
import { type OutputRequest, outputRequest } from '../output/request.js';

export const hunts: Command = {
  name: 'hunts',
  usage: ['hunts [options]', 'hunts show ID [options]', 'hunts knobs [ID…] [options]'],
  description: `Lists the hunts, shows one with its KQL, or lists knobs: the values you can set with --set or in trawl.yaml.
A hunt goes by its short name, its number or its GUID. Hunts of your own go into the folder hunts/ of the workspace.`,
  options: { ...outputOptions, ...workspaceOptions },
  examples: [
    ['trawl hunts', 'the hunts and their numbers'],
    ['trawl hunts show large-outbound-transfers', 'what it looks for, and its KQL'],
    ['trawl hunts knobs 3', 'its knobs with types and defaults'],
  ],
  async run(args, io) {
    const output = outputRequest(args, Number.POSITIVE_INFINITY);
    const [verb = 'list', ...ids] = args.positionals;
    const act = ACTIONS[verb];
    if (!act) throw new UsageError(`trawl hunts takes list, show or knobs, not ${verb}`);
    return withWorkspace(args, 'read', async ({ workspace }) => {
      await act({ workspace, ids, io, output, args });
      return EXIT.ok;
    });
  },
};

interface Asked {
  readonly workspace: Workspace;
  readonly ids: readonly string[];
  readonly io: Io;
  readonly output: OutputRequest;
  readonly args: Args;
}

const ACTIONS: Readonly<Record<string, (asked: Asked) => Promise<void>>> = { list, show, knobs };

const text = (name: string): Column => ({ name, type: 'string' });

async function list({ workspace, ids, io, output }: Asked): Promise<void> {
  if (ids.length > 0) throw new UsageError('trawl hunts list takes no names; trawl hunts show ID shows one');
  const rows = workspace
    .hunts()
    .map((hunt, at) => [at + 1, hunt.id, hunt.name, [...hunt.tactics].join(', '), [...hunt.techniques].join(', ')]);
  await write(
    io,
    {
      name: 'hunts',
      columns: [{ name: 'number', type: 'long' }, text('id'), text('name'), text('tactics'), text('techniques')],
      rows,
    },
    output,
  );
}

async function show({ workspace, ids, io, output }: Asked): Promise<void> {
  if (ids.length === 0) throw new UsageError('Which hunt? trawl hunts lists them');
  const found = await find(workspace, ids);
  const { writeTexts } = await import('../output/destination.js');
  if (output.format === 'json') {
    const { jsonLines } = await import('../output/json-text.js');
    const documents = found.map((hunt) => ({ ...hunt, knobs: workspace.prepareHunt(hunt).knobs }));
    await writeTexts(io, [`${jsonLines(documents.length === 1 ? documents[0] : documents, 3)}\n`], output.file);
    return;
  }
  if (output.format !== 'table') throw new UsageError('trawl hunts show prints text, or json');
  const { tableStyle } = await import('../output/request.js');
  const { colors } = tableStyle(io, output);
  const texts = found.map((hunt) => {
    const { kql, knobs: settings } = workspace.prepareHunt(hunt);
    const changed = settings.filter((of) => of.changed).map((of) => of.name);
    return [
      colors.bold(hunt.name),
      ...(hunt.description ? [hunt.description] : []),
      '',
      ...facts(hunt).map(([name, value]) => `${colors.dim(name.padEnd(12))}${value}`),
      ...(changed.length > 0 ? [`${colors.dim('set here'.padEnd(12))}${changed.join(', ')}`] : []),
      '',
      kql.trimEnd(),
      '',
    ].join('\n');
  });
  await writeTexts(io, [texts.join('\n')], output.file);
}

const facts = (hunt: Hunt): [string, string][] =>
  (
    [
      ['id', hunt.id],
      ['GUID', hunt.guid],
      ['tactics', hunt.tactics.join(', ')],
      ['techniques', hunt.techniques.join(', ')],
      ['tables', hunt.dataTypes.join(', ')],
      ['version', hunt.version],
      ['file', hunt.file],
    ] satisfies [string, string][]
  ).filter(([, value]) => value !== '');

async function knobs({ workspace, ids, io, output }: Asked): Promise<void> {
  const found = ids.length === 0 ? workspace.hunts() : await find(workspace, ids);
  const rows = found.flatMap((hunt) =>
    workspace
      .prepareHunt(hunt)
      .knobs.map((knob) => [
        hunt.id,
        knob.name,
        knob.type,
        knob.changed ? knob.value : knob.default,
        knob.changed ? knob.default : '',
        knob.help,
      ]),
  );
  const columns = [text('hunt'), text('knob'), text('type'), text('value'), text('default'), text('help')];
  const anyChanged = rows.some((row) => row[4] !== '');
  const keep = columns.map(
    ({ name }) =>
      (name !== 'default' || anyChanged || output.format !== 'table') &&
      (name !== 'hunt' || found.length > 1 || output.format !== 'table'),
  );
  await write(
    io,
    {
      name: 'knobs',
      columns: columns.filter((_, at) => keep[at]),
      rows: rows.map((row) => row.filter((_, at) => keep[at])),
    },
    output,
  );
}

async function find(workspace: Workspace, ids: readonly string[]): Promise<Hunt[]> {
  const { findHunt } = await import('../../hunting/library.js');
  return ids.map((id) => findHunt(workspace.hunts(), id));
}

async function write(io: Io, table: QueryTable, output: OutputRequest): Promise<void> {
  const { writePlainTable } = await import('../output/plain-table.js');
  await writePlainTable(io, table, output);
}
