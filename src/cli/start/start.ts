import { relative } from 'node:path';
import { openWorkspace, type Workspace } from '../../index.js';
import { readArgs } from '../args.js';
import { type Args, type Command, EXIT, UsageError } from '../command.js';
import { commandHelp } from '../help.js';
import { type Outcome, runHunts, select } from '../hunting.js';
import { type Io, processIo } from '../io.js';
import { interruptible } from '../main.js';
import { ingestOptionsOf } from '../open.js';
import { connectorOptions, dataOptions } from '../options.js';
import { huntText, summaryText } from '../output/hunt-text.js';
import { duration } from '../output/result.js';
import { startProgress } from '../progress.js';
import { noteUnread, readData, readingSummary, refuseNothing } from '../read-data.js';
import { type DemoOnDisk, type DemoSettings, existingDemo, logsOf, makeDemo, workspaceOf } from './demo-files.js';
import { score } from './scorecard.js';
import { scorecardText } from './scorecard-text.js';

/** Rows of findings that are printed for each hunt. */
const ROWS = 12;

const start: Command = {
  name: 'start',
  usage: ['npm start', 'npm start -- --data PATH…'].map((line) => `… as ${line}`),
  description: `Writes the logs of a made-up office network, reads them as any user's, runs the five hunts over them, and says what was
planted there and what was found. With --data it does the same with your own logs.`,
  options: {
    ...dataOptions,
    workspace: {
      type: 'string',
      short: 'w',
      value: 'DIR',
      help: 'with --data: keep what was read there, so that the next run is quick',
    },
    ...connectorOptions,
    fresh: { type: 'boolean', help: 'write the demo network anew' },
    folder: { type: 'string', value: 'DIR', help: 'where the demo network goes (default demo-network)' },
    seed: { type: 'string', value: 'N', help: 'another demo network (default 1)' },
    scale: {
      type: 'string',
      value: 'X',
      help: 'its everyday traffic, against the usual (default 1: some 400,000 events)',
    },
  },
  greedy: 'data',
  examples: [
    ['npm start', 'the demo network; the second run is quick'],
    ['npm start -- --data ./logs', 'your own logs'],
  ],
  async run(args, io) {
    if (args.positionals.length > 0)
      throw new UsageError(`What is ${args.positionals[0]}? Your own logs go after --data`);
    return args.texts('data').length > 0 ? ownLogs(args, io) : demo(args, io);
  },
};

/** `npm start`: sets the process's exit code. */
export async function startMain(argv: readonly string[]): Promise<void> {
  const controller = new AbortController();
  const io = processIo(controller);
  process.exitCode = await interruptible(controller, io, async () => {
    if (argv.includes('--help') || argv.includes('-h')) {
      await io.write(commandHelp(start, io.colors));
      return EXIT.ok;
    }
    try {
      return await start.run(readArgs(start, argv), io);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      io.note(`${io.errorColors.red('error')}: ${error.message}\nSee npm start -- --help`);
      return EXIT.usage;
    }
  });
}

async function demo(args: Args, io: Io): Promise<number> {
  const settings: DemoSettings = {
    seed: number(args, 'seed', 1),
    days: 14,
    hosts: 60,
    scale: number(args, 'scale', 1),
  };
  const folder = args.text('folder') ?? 'demo-network';
  const steps: Step[] = [];
  const network = await timed(io, steps, 'write the logs of a made-up network', async (tell) => {
    const existing = args.flag('fresh') ? undefined : existingDemo(folder, settings);
    const made =
      existing ??
      (await makeDemo(folder, settings, (fraction) => tell('writing the logs of a made-up network', fraction)));
    const megabytes = made.files.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6;
    return [
      made,
      `${existing ? 'there already: ' : ''}${made.events.toLocaleString('en')} events, ${megabytes.toFixed(0)} MB in ${made.files.length} files below ${folder}/logs`,
    ];
  });
  const workspace = await openWorkspace({ path: workspaceOf(folder) });
  try {
    await timed(io, steps, 'read them into a workspace', async () => {
      const report = await readData(io, workspace, [logsOf(folder)], {});
      return [report, readingSummary(report)];
    });
    const outcomes = await hunt(io, workspace, steps);
    await io.write(`${scorecardOf(network, outcomes, io)}\n`);
    await io.write(closing(io, steps, next(folder, io)));
    return outcomes.some(({ error }) => error) ? EXIT.error : EXIT.ok;
  } finally {
    await workspace.close();
  }
}

async function ownLogs(args: Args, io: Io): Promise<number> {
  const path = args.text('workspace');
  const steps: Step[] = [];
  const workspace = await openWorkspace(path === undefined ? {} : { path });
  try {
    const report = await timed(io, steps, 'read your logs', async () => {
      const done = await readData(io, workspace, args.texts('data'), ingestOptionsOf(args));
      return [done, readingSummary(done)];
    });
    noteUnread(io, report);
    refuseNothing(report);
    const outcomes = await hunt(io, workspace, steps);
    await io.write(closing(io, steps, nextForOwn(args.texts('data'), path)));
    return outcomes.some(({ error }) => error) ? EXIT.error : EXIT.ok;
  } finally {
    await workspace.close();
  }
}

interface Step {
  readonly name: string;
  readonly ms: number;
}

type Tell = (label: string, fraction?: number) => void;

/** Does a step with a progress line, says when it is done and what came of it. */
async function timed<T>(
  io: Io,
  steps: Step[],
  name: string,
  work: (tell: Tell) => Promise<readonly [T, string]>,
): Promise<T> {
  const progress = startProgress(io, name);
  const started = performance.now();
  try {
    const [value, summary] = await work(progress.update);
    const ms = performance.now() - started;
    progress.done();
    steps.push({ name, ms });
    await io.write(`${io.colors.green('✔')} ${name}: ${summary} ${io.colors.dim(`(${duration(ms)})`)}\n`);
    return value;
  } finally {
    progress.done();
  }
}

async function hunt(io: Io, workspace: Workspace, steps: Step[]): Promise<Outcome[]> {
  await io.write('\n');
  const style = { width: io.width, colors: io.colors, rows: ROWS, clock: 'the latest event', kql: false };
  const outcomes = await runHunts(io, workspace, select(workspace, workspace.hunts(), {}), {
    asOf: 'latest',
    onOutcome: (outcome) => io.write(huntText(outcome, style)),
  });
  for (const { hunt: of, ms } of outcomes) steps.push({ name: `hunt: ${of.name}`, ms });
  await io.write(`${summaryText(outcomes, io.colors)}\n`);
  return outcomes;
}

function scorecardOf(network: DemoOnDisk, outcomes: readonly Outcome[], io: Io): string {
  const rows = new Map(outcomes.map(({ number: at, result }) => [at!, result?.tables[0]?.rows ?? []]));
  return scorecardText(score(network.planted, network.decoys, rows, network.settings.hosts), io.colors, io.width);
}

function closing(io: Io, steps: readonly Step[], lines: readonly string[]): string {
  const widest = Math.max(...steps.map(({ name }) => name.length));
  const times = steps.map(({ name, ms }) => `  ${name.padEnd(widest)}  ${duration(ms).padStart(7)}`);
  return [
    io.colors.bold('How long it took'),
    ...times,
    '',
    io.colors.bold('What to type next'),
    ...lines.map((line) => `  ${line}`),
    '',
  ].join('\n');
}

const next = (folder: string, io: Io): string[] => {
  const at = `--workspace ${relative('.', workspaceOf(folder))} --as-of latest`;
  const c = io.colors;
  return [
    `npx trawl query 'CommonSecurityLog | summarize Events = count() by DeviceVendor, DeviceAction' ${at}`,
    `npx trawl hunt large-outbound-transfers --set DataThresholdBytes=50000000 ${at}`,
    `npx trawl hunts show 4          ${c.dim('the KQL of a hunt; trawl hunts knobs 4 lists what can be set')}`,
    `npm start -- --data <folder>    ${c.dim('the same with your own logs')}`,
    `npx trawl --help`,
  ];
};

const nextForOwn = (data: readonly string[], path: string | undefined): string[] => [
  ...(path === undefined
    ? [`npx trawl ingest ${data.join(' ')} --workspace my-case   (reads the logs once and keeps them)`]
    : []),
  `npx trawl hunt --workspace ${path ?? 'my-case'} --as-of latest --set lookback=7d`,
  `npx trawl tables --workspace ${path ?? 'my-case'}`,
  'npx trawl --help',
];

function number(args: Args, name: string, otherwise: number): number {
  const text = args.text(name);
  const value = text === undefined ? otherwise : Number(text);
  if (!(value > 0)) throw new UsageError(`--${name} takes a number above 0, not ${text}`);
  return value;
}
