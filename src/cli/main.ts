import { readArgs } from './args.js';
import { type Command, EXIT, UsageError } from './command.js';
import { COMMANDS } from './commands.js';
import { type Io, processIo } from './io.js';

/** Runs `trawl` with these arguments; sets the process's exit code. */
export async function main(argv: readonly string[]): Promise<void> {
  const controller = new AbortController();
  const io = processIo(controller);
  process.exitCode = await interruptible(controller, io, () => dispatch(argv, io), ENDS_BY_SIGNAL.has(argv[0] ?? ''));
}

/**
 * Runs `work`, which is told of Ctrl-C through the controller's signal and ends in its own time, so that workspaces are
 * closed; a second Ctrl-C ends the process at once.
 * @param endsBySignal whether that is how it is meant to end: the exit code is then the work's own
 */
export async function interruptible(
  controller: AbortController,
  io: Io,
  work: () => Promise<number>,
  endsBySignal = false,
): Promise<number> {
  let interrupted: NodeJS.Signals | undefined;
  const interrupt = (signal: NodeJS.Signals): void => {
    if (interrupted) process.exit(exitCodeOf(interrupted));
    interrupted = signal;
    controller.abort(new Error('interrupted'));
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  try {
    const code = await work();
    return interrupted && !endsBySignal ? exitCodeOf(interrupted) : code;
  } catch (error) {
    if (io.gone) return EXIT.ok;
    if (interrupted) return exitCodeOf(interrupted);
    const { showError } = await import('./show-error.js');
    io.note(showError(error, io));
    return EXIT.error;
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}

const ENDS_BY_SIGNAL = new Set(COMMANDS.flatMap(({ name, endsBySignal }) => (endsBySignal ? [name] : [])));

const exitCodeOf = (signal: NodeJS.Signals): number => (signal === 'SIGTERM' ? 143 : EXIT.interrupted);

async function dispatch(argv: readonly string[], io: Io): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === '--help' || name === '-h' || (name === 'help' && rest.length === 0)) {
    const { generalHelp } = await import('./help.js');
    const text = generalHelp(io.colors);
    if (name !== undefined) await io.write(text);
    else io.note(text);
    return name === undefined ? EXIT.usage : EXIT.ok;
  }
  if (name === '--version' || name === '-v') {
    const { version } = await import('./version.js');
    await io.write(`${version()}\n`);
    return EXIT.ok;
  }
  const wanted = name === 'help' ? rest[0]! : name;
  const row = COMMANDS.find((of) => of.name === wanted);
  if (!row)
    return misused(
      io,
      `There is no command ${wanted}. Commands: ${COMMANDS.map((of) => of.name).join(', ')}`,
      'trawl --help',
    );
  const command = await row.load();
  if (name === 'help' || asksForHelp(rest)) {
    const { commandHelp } = await import('./help.js');
    await io.write(commandHelp(command, io.colors));
    return EXIT.ok;
  }
  return runCommand(command, rest, io);
}

async function runCommand(command: Command, argv: readonly string[], io: Io): Promise<number> {
  try {
    return await command.run(readArgs(command, argv), io);
  } catch (error) {
    if (error instanceof UsageError) return misused(io, error.message, `trawl ${command.name} --help`);
    if (io.signal.aborted && !io.gone) io.note(command.interrupted ?? 'Interrupted.');
    throw error;
  }
}

/** `--help` anywhere before `--`. */
const asksForHelp = (argv: readonly string[]): boolean => {
  const end = argv.indexOf('--');
  return (end < 0 ? argv : argv.slice(0, end)).some((word) => word === '--help' || word === '-h');
};

function misused(io: Io, message: string, help: string): number {
  io.note(`${io.errorColors.red('error')}: ${message}\nSee ${help}`);
  return EXIT.usage;
}
