import picocolors from 'picocolors';

export type Colors = ReturnType<typeof picocolors.createColors>;

/** Where a command writes, and what it may assume of it. */
export interface Io {
  /** Writes to standard output; resolves when it is written, also when the reader has gone. */
  write(text: string): Promise<void>;
  writeBytes(bytes: Uint8Array): Promise<void>;
  /** Writes a line to standard error. */
  note(text: string): void;
  readonly colors: Colors;
  readonly errorColors: Colors;
  /** Columns that output is fitted to; Infinity on a pipe or file, unless COLUMNS says otherwise. */
  readonly width: number;
  readonly errorWidth: number;
  readonly outputIsTerminal: boolean;
  readonly errorIsTerminal: boolean;
  /** Aborted when the user interrupts, or when the reader of our output has gone. */
  readonly signal: AbortSignal;
  /** True once nobody reads our output any more. */
  readonly gone: boolean;
}

/** The process's own streams. */
export function processIo(controller: AbortController): Io {
  const { stdout, stderr, env } = process;
  let gone = false;
  const leave = (error: NodeJS.ErrnoException): void => {
    if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') throw error;
    gone = true;
    controller.abort(new Error('the reader of the output has gone'));
  };
  stdout.on('error', leave);
  stderr.on('error', () => {});
  const write = (data: string | Uint8Array): Promise<void> =>
    gone || data.length === 0
      ? Promise.resolve()
      : new Promise((resolve) => {
          stdout.write(data, () => resolve());
        });
  return {
    write,
    writeBytes: write,
    note: (text) => void stderr.write(`${text}\n`),
    colors: picocolors.createColors(coloured(stdout.isTTY, env)),
    errorColors: picocolors.createColors(coloured(stderr.isTTY, env)),
    width: columns(stdout, env),
    errorWidth: Math.min(columns(stderr, env), 200),
    outputIsTerminal: stdout.isTTY === true,
    errorIsTerminal: stderr.isTTY === true,
    signal: controller.signal,
    get gone() {
      return gone;
    },
  };
}

/** Colours only on a terminal; NO_COLOR (https://no-color.org) wins over FORCE_COLOR. */
function coloured(terminal: boolean | undefined, env: NodeJS.ProcessEnv): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== '0';
  return terminal === true && env.TERM !== 'dumb';
}

function columns(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): number {
  const told = Number(env.COLUMNS);
  if (Number.isInteger(told) && told >= 20) return told;
  return stream.isTTY ? Math.max(stream.columns || 80, 20) : Number.POSITIVE_INFINITY;
}
