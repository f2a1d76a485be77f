import type { FileReport, IngestReport } from '../../index.js';
import { type Command, EXIT, UsageError } from '../command.js';
import type { Io } from '../io.js';
import { ingestOptionsOf, withWorkspace } from '../open.js';
import { connectorOptions, outputOptions, workspaceOptions } from '../options.js';
import { outputRequest } from '../output/request.js';
import { visible } from '../output/visible.js';

export const ingest: Command = {
  name: 'ingest',
  usage: ['ingest PATH… [options]'],
  description: `Reads log files into a workspace: files, folders, globs, or - for standard input. The format is recognised from the
content; gzip and zstd are unpacked. A file that was read before is not read again, one that has grown is read on.`,
  options: {
    ...connectorOptions,
    workspace: { ...workspaceOptions.workspace, help: 'the workspace, made when missing; ./.trawl unless given' },
    config: workspaceOptions.config,
    'memory-limit': workspaceOptions['memory-limit'],
    threads: workspaceOptions.threads,
    format: { ...outputOptions.format, help: 'table, or json for the report as a document' },
    output: outputOptions.output,
    rows: { ...outputOptions.rows, help: 'files the printed report lists at most; all for all' },
  },
  examples: [
    ['trawl ingest ./logs', 'all files below a folder, into ./.trawl'],
    [
      "trawl ingest 'firewall/*.log.gz' feeds/indicators.json --workspace case-7",
      'several at once, into a workspace of their own',
    ],
    ['zcat old.log.gz | trawl ingest - --connector cef', 'from standard input'],
    ['trawl ingest signins.json --table SigninLogs', "data that is in a table's shape already"],
  ],
  interrupted: 'Interrupted. What was read until now is in the workspace; run the same command again to go on.',
  async run(args, io) {
    if (args.positionals.length === 0) throw new UsageError('Say what to read: trawl ingest PATH…');
    const output = outputRequest(args, 40);
    if (output.format !== 'table' && output.format !== 'json')
      throw new UsageError('trawl ingest reports as table or json');
    return withWorkspace(args, 'write', async ({ workspace, path }) => {
      const { readData } = await import('../read-data.js');
      const started = performance.now();
      const report = await readData(io, workspace, args.positionals, ingestOptionsOf(args));
      const ms = performance.now() - started;
      const { writeTexts } = await import('../output/destination.js');
      const { jsonLines } = await import('../output/json-text.js');
      const text =
        output.format === 'json' ? `${jsonLines(report, 3)}\n` : await reportText(io, report, ms, output, path);
      await writeTexts(io, [text], output.file);
      return report.files.some(({ status }) => status === 'unreadable') ? EXIT.error : EXIT.ok;
    });
  },
};

async function reportText(
  io: Io,
  report: IngestReport,
  ms: number,
  output: ReturnType<typeof outputRequest>,
  path: string | undefined,
): Promise<string> {
  const [{ tableText }, { tableStyle }, { readingSummary }, { duration }] = await Promise.all([
    import('../output/table.js'),
    import('../output/request.js'),
    import('../read-data.js'),
    import('../output/result.js'),
  ]);
  const style = tableStyle(io, output);
  const columns = [
    { name: 'file', type: 'string' },
    { name: 'connector', type: 'string' },
    { name: 'events', type: 'long' },
    { name: 'rejected', type: 'long' },
    { name: 'outcome', type: 'string' },
  ] as const;
  const rows = report.files.map((file) => [file.path, file.connector, file.events, file.rejected, outcome(file)]);
  const lines = [
    tableText({ columns, rows }, style),
    '\n',
    `${readingSummary(report)}, in ${duration(ms)}${path === undefined ? '' : `; workspace ${visible(path)}`}\n`,
  ];
  for (const [table, columnTypes] of Object.entries(report.newColumns ?? {}))
    lines.push(
      `New columns of ${visible(table)}: ${Object.entries(columnTypes)
        .map(([name, type]) => `${visible(name)} (${type})`)
        .join(', ')}\n`,
    );
  for (const [table, counts] of Object.entries(report.misfits ?? {}))
    lines.push(
      `Values that did not fit their column of ${visible(table)}, kept as text: ${Object.entries(counts)
        .map(([name, count]) => `${visible(name)}_s ${count}`)
        .join(', ')}\n`,
    );
  if (report.rejected > 0)
    lines.push(
      `${style.colors.yellow('See what was rejected')} with: trawl rejected${path === undefined || path === '.trawl' ? '' : ` --workspace ${path}`}\n`,
    );
  return lines.join('');
}

const outcome = ({ status, note }: FileReport): string =>
  note === undefined || note === ''
    ? status
    : status === 'ingested'
      ? `${status}: ${note}`
      : note.startsWith(status)
        ? note
        : `${status}: ${note}`;
