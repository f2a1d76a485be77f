import type { Hunt, Workspace } from '../../index.js';
import { pairs } from '../args.js';
import { type Args, type Command, EXIT, UsageError } from '../command.js';
import type { Outcome } from '../hunting.js';
import type { Io } from '../io.js';
import { maxRowsOf, timeoutOf } from '../limits.js';
import { ingestOptionsOf, withWorkspace, workspacePath } from '../open.js';
import {
  clockOptions,
  connectorOptions,
  dataOptions,
  outputOptions,
  queryOptions,
  workspaceOptions,
} from '../options.js';
import { outputRequest } from '../output/request.js';

export const hunt: Command = {
  name: 'hunt',
  usage: ['hunt [ID…] [--data PATH…] [options]'],
  description: `Runs hunts over a workspace, or over log files with --data. Without names all hunts are run.
A hunt goes by its short name, number or GUID (trawl hunts lists them), or is a .kql or .yaml file.`,
  options: {
    ...dataOptions,
    ...queryOptions,
    ...clockOptions,
    kql: { type: 'boolean', help: 'also print the KQL that ran' },
    ...connectorOptions,
    ...outputOptions,
    ...workspaceOptions,
  },
  greedy: 'data',
  examples: [
    ['trawl hunt --data ./logs', 'all hunts over log files, as of the last event in them'],
    [
      'trawl hunt large-outbound-transfers --set DataThresholdBytes=50000000 --set lookback=7d',
      'one hunt in ./.trawl with knobs set',
    ],
    [
      'trawl hunt 1 2 --set \'PrivateIPRanges=["10.0.0.0/8","2001:db8::/32"]\' --data ./logs',
      'a knob goes to each hunt that has it; 1.lookback=7d sets it for one',
    ],
    ['trawl hunt beacons.kql --as-of 2026-01-31T18:00:00Z', 'a query of your own, at another time'],
    ['trawl hunt --format csv --output findings/', 'a file for each hunt'],
  ],
  interrupted: 'Interrupted: the hunt was cancelled.',
  async run(args, io) {
    const output = outputRequest(args, 50);
    const set = pairs('set', args.texts('set'));
    const limits = { ...timeoutOf(args), ...maxRowsOf(args) };
    const hasData = args.texts('data').length > 0;
    if (!hasData && workspacePath(args, 'read') === undefined)
      throw new UsageError(
        'There is nothing to hunt in: no workspace here. Name log files with --data PATH, or a workspace with --workspace DIR',
      );
    return withWorkspace(args, hasData ? 'scratch' : 'read', async ({ workspace }) => {
      const { hunts, data } = chosen(workspace, args, await import('../../hunting/library.js'));
      const { runHunts, select } = await import('../hunting.js');
      const selected = select(workspace, hunts, set);
      if (data.length > 0) {
        const { readForOnce } = await import('../read-data.js');
        await readForOnce(io, workspace, data, ingestOptionsOf(args));
        io.note('');
      }
      const asOf = args.text('as-of') ?? (hasData ? 'latest' : 'now');
      const print = output.format === 'table' && output.file === undefined ? await printer(io, args, asOf) : undefined;
      const outcomes = await runHunts(io, workspace, selected, {
        asOf,
        ...limits,
        ...(print ? { onOutcome: print } : {}),
      });
      await finish(io, args, workspace, outcomes, asOf);
      return outcomes.some(({ error }) => error) ? EXIT.error : EXIT.ok;
    });
  },
};

/** The hunts named, and the files; a hunt's name among the files is that hunt unless there is such a file. */
function chosen(
  workspace: Workspace,
  args: Args,
  library: typeof import('../../hunting/library.js'),
): { hunts: readonly Hunt[]; data: readonly string[] } {
  const known = workspace.hunts();
  const isStray = (path: string): boolean => library.lookUpHunt(known, path) !== undefined && !library.exists(path);
  const data = args.texts('data').filter((path) => !isStray(path));
  const names = [...args.positionals, ...args.texts('data').filter(isStray)];
  const hunts = names.length === 0 ? known : names.map((name) => library.findHunt(known, name));
  return { hunts: [...new Set(hunts)], data };
}

const CLOCKS: Readonly<Record<string, string>> = { now: 'now', latest: 'the latest event' };
const clockOf = (asOf: string): string => CLOCKS[asOf] ?? 'as you asked';

async function printer(io: Io, args: Args, asOf: string): Promise<(outcome: Outcome) => Promise<void>> {
  const [{ huntText }, { tableStyle, outputRequest: request }] = await Promise.all([
    import('../output/hunt-text.js'),
    import('../output/request.js'),
  ]);
  const style = { ...tableStyle(io, request(args, 50)), clock: clockOf(asOf), kql: args.flag('kql') };
  return (outcome) => io.write(huntText(outcome, style));
}

async function finish(
  io: Io,
  args: Args,
  workspace: Workspace,
  outcomes: readonly Outcome[],
  asOf: string,
): Promise<void> {
  const output = outputRequest(args, 50);
  if (output.format !== 'table') {
    const { writeHuntData } = await import('../output/hunt-data.js');
    await writeHuntData(io, outcomes, output);
    const { showError, ErrorInSource } = await import('../show-error.js');
    for (const { hunt: of, error, prepared } of outcomes)
      if (error) io.note(`${of.id}: ${showError(new ErrorInSource(error, { text: prepared.kql, file: of.file }), io)}`);
    for (const clock of new Set(outcomes.flatMap(({ result }) => (result ? [result.asOf] : []))))
      io.note(io.errorColors.dim(`as of ${clock}`));
    return;
  }
  const { huntText, summaryText } = await import('../output/hunt-text.js');
  const { tableStyle } = await import('../output/request.js');
  const style = { ...tableStyle(io, output), clock: clockOf(asOf), kql: args.flag('kql') };
  const tail = outcomes.length > 1 ? summaryText(outcomes, style.colors) : '';
  if (output.file === undefined) await io.write(tail);
  else {
    const { writeTexts } = await import('../output/destination.js');
    await writeTexts(io, [...outcomes.map((outcome) => huntText(outcome, style)), tail], output.file);
  }
  const [first] = outcomes;
  if (first && !args.flag('kql'))
    io.note(
      io.errorColors.dim(
        `The KQL of a hunt: trawl hunts show ${first.hunt.guid ? first.hunt.id : '…'}, or --kql here. Its knobs: trawl hunts knobs.`,
      ),
    );
  await hintAtOldData(io, workspace, outcomes, asOf);
}

/** A clock at now over old logs finds nothing, and looks like good news. */
async function hintAtOldData(io: Io, workspace: Workspace, outcomes: readonly Outcome[], asOf: string): Promise<void> {
  if (asOf !== 'now' || outcomes.some(({ result }) => (result?.findings.length ?? 0) > 0)) return;
  const { formatDatetime, TICKS_PER_DAY, ticksFromUnixMilliseconds } = await import('../../util/ticks.js');
  let latest = 0n;
  for (const table of workspace.tables()) {
    if (
      /^ThreatIntel/.test(table.name) ||
      !table.columns.some(({ name, type }) => name === 'TimeGenerated' && type === 'datetime')
    )
      continue;
    const last = (await table.timeRange())?.last ?? 0n;
    if (last > latest) latest = last;
  }
  if (latest === 0n || latest > ticksFromUnixMilliseconds(Date.now()) - TICKS_PER_DAY) return;
  const { readableTime } = await import('../output/cell.js');
  io.note(
    io.errorColors.yellow(
      `The latest event here is of ${readableTime(formatDatetime(latest))} UTC: try --as-of latest.`,
    ),
  );
}
