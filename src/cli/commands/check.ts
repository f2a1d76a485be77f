import type { Diagnostic, Workspace } from '../../index.js';
import { type Command, EXIT, UsageError } from '../command.js';
import { position, type Source } from '../excerpt.js';
import type { Io } from '../io.js';
import { withWorkspace } from '../open.js';
import { workspaceOptions } from '../options.js';

export const check: Command = {
  name: 'check',
  usage: ['check FILE… [options]'],
  description: `Checks queries (.kql) and hunts (.yaml) without running them: mistakes, what Sentinel would refuse (with a portable
rewrite), and what Trawl can't run yet. Exits with 3 when it finds any of these, with 0 when all is well.`,
  options: {
    format: { type: 'string', value: 'FORMAT', help: 'table for text (default), or json' },
    rewrite: { type: 'boolean', help: 'print the portable query instead of the lines that change' },
    ...workspaceOptions,
  },
  examples: [
    ['trawl check hunts/*.yaml', 'each mistake with file, line and column'],
    ['trawl check q1.kql --rewrite', 'the query as Sentinel accepts it'],
    ['trawl check q1.kql --format json', 'for an editor or a pipeline'],
  ],
  async run(args, io) {
    if (args.positionals.length === 0) throw new UsageError('Say what to check: trawl check FILE…');
    const format = args.text('format') ?? 'table';
    if (format !== 'table' && format !== 'json') throw new UsageError('trawl check reports as table or json');
    return withWorkspace(args, 'read', async ({ workspace }) => {
      const checks: Checked[] = [];
      for (const file of args.positionals) {
        io.signal.throwIfAborted();
        const checked = await checkFile(workspace, file);
        checks.push(checked);
        if (format === 'table') await printCheck(io, checked, args.flag('rewrite'));
      }
      if (format === 'json') {
        const { jsonLines } = await import('../output/json-text.js');
        await io.write(`${jsonLines({ files: checks.map(fileObject) }, 4)}\n`);
      }
      if (checks.some(({ unreadable }) => unreadable)) return EXIT.error;
      return checks.some(isRefused) ? EXIT.refused : EXIT.ok;
    });
  },
};

interface Checked {
  readonly source: Source;
  readonly file: string;
  readonly findings: readonly Diagnostic[];
  /** The portable text, when the query needs one. */
  readonly rewrite?: string;
  /** The file itself can't be read. */
  readonly unreadable?: boolean;
}

/** Findings that Sentinel or Trawl refuses a query for: all errors, and relaxed mistakes. */
const refuses = ({ severity, rewrite }: Diagnostic): boolean => severity === 'error' || rewrite !== undefined;
const isRefused = ({ findings }: Checked): boolean => findings.some(refuses);

async function checkFile(workspace: Workspace, file: string): Promise<Checked> {
  const [{ loadHunt }, { TrawlError }] = await Promise.all([
    import('../../hunting/load.js'),
    import('../../util/errors.js'),
  ]);
  const asFinding = (error: unknown): Diagnostic => {
    if (!(error instanceof TrawlError)) throw error;
    return { code: error.code, severity: 'error', message: error.message, ...(error.span ? { span: error.span } : {}) };
  };
  let source: Source = { text: '', file };
  try {
    const hunt = loadHunt(file);
    source = { text: hunt.query, file, place: hunt.queryPlace };
  } catch (error) {
    const finding = asFinding(error);
    return { source, file, findings: [finding], unreadable: finding.code === 'path-unreadable' };
  }
  try {
    const { diagnostics, text } = await workspace.explain(source.text);
    const relaxed = diagnostics.some(({ rewrite }) => rewrite !== undefined);
    return {
      source,
      file,
      findings: diagnostics.filter(({ severity }) => severity !== 'information'),
      ...(relaxed ? { rewrite: text } : {}),
    };
  } catch (error) {
    return { source, file, findings: [asFinding(error)] };
  }
}

async function printCheck(io: Io, checked: Checked, whole: boolean): Promise<void> {
  const [{ showDiagnostic }, { visible }, { changedLines }] = await Promise.all([
    import('../diagnostics.js'),
    import('../output/visible.js'),
    import('../output/changed-lines.js'),
  ]);
  const { colors } = io;
  const { file, findings, source, rewrite } = checked;
  if (whole && rewrite !== undefined) {
    await io.write(rewrite.endsWith('\n') ? rewrite : `${rewrite}\n`);
    return;
  }
  const style = { errorColors: colors, errorWidth: Math.min(io.width, 160) };
  if (findings.length === 0) await io.write(`${colors.green('ok')} ${visible(file)}\n`);
  for (const finding of findings) await io.write(`${showDiagnostic(style, finding, source)}\n`);
  if (rewrite !== undefined) {
    await io.write(`${colors.dim('Sentinel refuses the query as it is. Portable:')}\n`);
    for (const { sign, text } of changedLines(source.text, rewrite))
      await io.write(`${(sign === '-' ? colors.red : colors.green)(`${sign} ${visible(text)}`)}\n`);
  }
}

function fileObject({ file, findings, source, rewrite }: Checked) {
  return {
    file,
    ok: !findings.some(refuses),
    findings: findings.map(({ rewrite: _, span, ...finding }) => ({
      ...finding,
      ...(span ? { ...position(source, span.start), span } : {}),
    })),
    rewrite,
  };
}
