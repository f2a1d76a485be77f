import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const CHUNK_BYTES = 1 << 20;

/** A file written in order. */
export interface WrittenFile {
  /** Path below the demo's folder, with forward slashes. */
  readonly path: string;
  readonly connector: string;
  /** Events in the file: lines or records, without headers. */
  readonly events: number;
  readonly bytes: number;
}

export interface LogFile {
  /** Adds text (ASCII) that counts as one event, or as none. */
  append(text: string, time: number, events?: 0 | 1): void;
  /** Has what has gathered written, in the background. Memory stays flat if this is awaited now and then. */
  flush(): Promise<void>;
  /** Writes the rest, dates the file by its last event, and says what is in it. */
  close(): Promise<WrittenFile>;
}

/** Opens a file anew; its folder is made. The date matters: times without a year take it from the file's date. */
export async function createLogFile(folder: string, path: string, connector: string): Promise<LogFile> {
  const place = join(folder, path);
  await mkdir(dirname(place), { recursive: true });
  const handle: FileHandle = await open(place, 'w');
  let chunk: Buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  let filled = 0;
  let full: Buffer[] = [];
  let writing: Promise<void> = Promise.resolve();
  let events = 0;
  let bytes = 0;
  let latest = 0;

  const turnChunk = (room: number): void => {
    if (filled > 0) full.push(chunk.subarray(0, filled));
    chunk = Buffer.allocUnsafe(Math.max(CHUNK_BYTES, room));
    filled = 0;
  };
  const write = async (chunks: readonly Buffer[]): Promise<void> => {
    for (const one of chunks) {
      for (let done = 0; done < one.length; ) done += (await handle.write(one, done)).bytesWritten;
    }
  };
  return {
    append(line, time, counted = 1) {
      if (filled + line.length > chunk.length) turnChunk(line.length);
      filled += chunk.write(line, filled, 'latin1');
      bytes += line.length;
      events += counted;
      latest = time;
    },
    async flush() {
      if (full.length === 0) return;
      await writing;
      writing = write(full);
      // Whoever awaits it next gets the error; until then it must not count as unhandled.
      writing.catch(() => {});
      full = [];
    },
    async close() {
      try {
        await writing;
        turnChunk(0);
        await write(full);
        await handle.utimes(latest / 1000, latest / 1000);
      } finally {
        await handle.close();
      }
      return { path, connector, events, bytes };
    },
  };
}

/** One file a day, `name` giving the path of a day's file; the day before is closed when the next begins. */
export interface DailyLog {
  append(text: string, time: number): void;
  /** Opens the file of the day of `time`; to be awaited before lines of that day are appended. */
  turnTo(time: number): Promise<void>;
  flush(): Promise<void>;
  close(): Promise<WrittenFile[]>;
}

export function createDailyLog(folder: string, connector: string, name: (time: number) => string): DailyLog {
  const closed: WrittenFile[] = [];
  let path = '';
  let file: LogFile | null = null;
  return {
    append: (text, time) => file!.append(text, time),
    async turnTo(time) {
      if (name(time) === path) return;
      if (file) closed.push(await file.close());
      path = name(time);
      file = await createLogFile(folder, path, connector);
    },
    flush: async () => file?.flush(),
    async close() {
      const last = file;
      file = null;
      if (last) closed.push(await last.close());
      return closed;
    },
  };
}
