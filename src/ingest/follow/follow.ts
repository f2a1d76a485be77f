import { open } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import type { DuckDBConnection } from '@duckdb/node-api';
import { readFiles } from '../../engine/store/files.js';
import { readFollowed, saveFollowed } from '../../engine/store/followed.js';
import type { WritableStore } from '../../engine/store/open.js';
import { Batcher } from '../batcher.js';
import type { Connector } from '../connector.js';
import { nextFileId } from '../file-ids.js';
import { FileIngest } from '../file-ingest.js';
import { beginsWith } from '../fingerprint.js';
import type { LiveWriter } from '../live/live-writer.js';
import type { Sender, Senders } from '../live/sender.js';
import type { FollowContext } from './context.js';
import { lookAt } from './look.js';
import { findEntry } from './match.js';
import { type SeenFile, scanTargets } from './scan.js';
import { Tail } from './tail.js';
import type { FollowTarget } from './target.js';

/** Between two looks; longer when a look takes long. */
const MILLISECONDS_A_LOOK = 1000;
/** Looking where files are may take this part of the time, whatever their number. */
const SHARE = 0.1;
const LONGEST_PAUSE = 10_000;
/** Others that read files get their turn after this. */
const MILLISECONDS_A_TURN = 4000;
/** Pulls of one file before it is the next one's turn. */
const PULLS = 8;
/** A file that nobody has written for so long is whole. */
const STABLE = 3000;
/** One of which too little is there to tell, or that looks like a copy of another, waits so long. */
const UNCLEAR = 10_000;
/** A file that is no longer where it was looked for ends when it has rested for so long. */
const AWAY = 60_000;
/** Files held open: a renamed one is only found by that. */
const OPEN = 500;

/** A file that is not read line by line, or not yet. */
interface Waiting {
  size: number;
  modified: number;
  /** Unix ms: since when it is as it is. */
  since: number;
  /** What was done with it as it is. */
  done: boolean;
  refused: boolean;
}

export interface FollowOptions {
  readonly store: WritableStore;
  readonly writer: LiveWriter;
  readonly connectors: readonly Connector[];
  readonly senders: Senders;
  readonly targets: readonly FollowTarget[];
  /** Told of what goes wrong beyond a single file. */
  readonly onError: (error: unknown) => void;
}

export interface Following {
  /** Reads no more; what was read is with the writer then. */
  stop(): Promise<void>;
}

/** Follows files for as long as it isn't stopped. */
export async function startFollowing(options: FollowOptions): Promise<Following> {
  const follower = new Follower(options, await options.store.connect());
  const running = follower.run();
  return {
    async stop() {
      follower.stop();
      await running;
    },
  };
}

class Follower {
  private readonly context: FollowContext;
  private readonly tails = new Map<string, Tail>();
  private readonly waiting = new Map<string, Waiting>();
  /** Targets that can't be looked at. */
  private readonly troubled: Sender[] = [];
  private state = '';
  /** Whether one that is gone isn't read to its end: what it was packed into has to wait. */
  private isBehind = false;
  /** How long the last scan took, ms. */
  private scanning = 0;
  private stopped = false;
  private wake = (): void => {};

  constructor(
    private readonly options: FollowOptions,
    private readonly connection: DuckDBConnection,
  ) {
    const { store, writer, connectors, senders } = options;
    this.context = {
      store,
      writer,
      connectors,
      senders,
      batcher: new Batcher(writer, Number.POSITIVE_INFINITY),
      entries: new Map(),
      followed: new Map(),
      stopping: () => this.stopped,
    };
  }

  stop(): void {
    this.stopped = true;
    this.wake();
  }

  async run(): Promise<void> {
    while (!this.stopped) {
      let more = false;
      try {
        more = await this.look();
      } catch (error) {
        this.options.onError(error);
      }
      const pause = Math.min(Math.max(MILLISECONDS_A_LOOK, this.scanning / SHARE), LONGEST_PAUSE);
      if (!more && !this.stopped) await this.sleep(pause);
    }
    for (const tail of this.tails.values()) await tail.close().catch(() => {});
  }

  private sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** @returns whether there is more to read */
  private async look(): Promise<boolean> {
    const { store, targets, senders } = this.options;
    const started = performance.now();
    const { files, problems } = await scanTargets(targets, store.path);
    this.scanning = performance.now() - started;
    for (const sender of this.troubled.splice(0)) delete sender.problem;
    for (const { path, reason } of problems) {
      const sender = senders.get(urlOf(path));
      sender.problem = reason;
      this.troubled.push(sender);
    }
    for (const key of this.waiting.keys()) if (!files.has(key)) this.waiting.delete(key);
    const missing: Tail[] = [];
    const grown: Tail[] = [];
    for (const tail of this.tails.values()) {
      const seen = files.get(tail.key);
      if (!seen) {
        missing.push(tail);
        continue;
      }
      tail.path = seen.path;
      tail.sender.lag = Math.max(0, seen.size - tail.noted.position);
      if (seen.size !== tail.size || seen.modified !== tail.modified || !tail.atEnd || tail.isHolding) grown.push(tail);
    }
    const fresh = [...files.values()].filter((seen) => !this.tails.has(seen.key) && this.isDue(seen));
    if (missing.length + grown.length + fresh.length === 0) return false;
    return store.reading(() => this.turn([...missing, ...grown], new Set(missing), files, fresh));
  }

  /** Whether a file that isn't followed yet may have become something. */
  private isDue({ key, size, modified }: SeenFile): boolean {
    const known = this.waiting.get(key);
    if (!known || known.size !== size || known.modified !== modified) {
      const refused = known?.refused === true && size >= known.size;
      this.waiting.set(key, { size, modified, since: Date.now(), done: refused, refused });
      return size > 0 && !refused;
    }
    return size > 0 && !known.done;
  }

  private async turn(
    tails: readonly Tail[],
    missing: ReadonlySet<Tail>,
    files: ReadonlyMap<string, SeenFile>,
    fresh: readonly SeenFile[],
  ): Promise<boolean> {
    const { batcher, writer } = this.context;
    const until = performance.now() + MILLISECONDS_A_TURN;
    const isOver = (): boolean => this.stopped || performance.now() > until;
    let more = false;
    this.isBehind = false;
    await this.refresh();
    try {
      for (const tail of tails) {
        if (isOver()) return true;
        if (!this.tails.has(tail.key)) continue;
        const pulled = await this.guarded(tail.sender, () => this.read(tail));
        if (pulled === 'more') {
          more = true;
          if (missing.has(tail)) this.isBehind = true;
        }
        if (pulled === 'replaced') {
          await this.drop(tail);
          const seen = files.get(tail.key);
          if (seen) this.isDue(seen);
          more = true;
        } else if (missing.has(tail) && pulled === 'end') await this.part(tail);
      }
      for (const seen of fresh) {
        if (isOver()) return true;
        const sender = this.context.senders.get(urlOf(seen.path));
        if (await this.guarded(sender, () => this.admit(seen, sender))) more = true;
      }
    } finally {
      if (!batcher.isEmpty()) {
        await batcher.handOver();
        await writer.flush();
        this.state = await this.stateOfFiles();
      }
    }
    await this.closeSome();
    return more;
  }

  /** Takes in what somebody else has recorded meanwhile. */
  private async refresh(): Promise<void> {
    const { entries, followed } = this.context;
    const state = await this.stateOfFiles();
    if (state === this.state) return;
    this.state = state;
    entries.clear();
    for (const entry of await readFiles(this.connection)) entries.set(entry.id, entry);
    followed.clear();
    for (const [key, of] of await readFollowed(this.connection)) followed.set(key, of);
    for (const tail of [...this.tails.values()])
      if (entries.get(tail.id)?.size !== tail.noted.position && tail.noted.position > 0) await this.drop(tail);
  }

  private async stateOfFiles(): Promise<string> {
    const found = await this.connection.runAndReadAll(
      'SELECT count(*), max(id), sum(size), max(recorded_at)::VARCHAR FROM trawl.files',
    );
    return found.getRows().join();
  }

  private async read(tail: Tail): Promise<'more' | 'end' | 'replaced'> {
    for (let pulls = 0; pulls < PULLS && !this.stopped; pulls++) {
      const pulled = await tail.pull();
      tail.sender.lag = Math.max(0, tail.size - tail.noted.position);
      if (pulled !== 'more') return pulled;
      await this.handOverWhenFull();
    }
    return 'more';
  }

  private async handOverWhenFull(): Promise<void> {
    if (this.context.batcher.isFull()) await this.context.batcher.handOver();
  }

  /** A file that isn't where it was looked for: deleted ones end at once, others when they have rested. */
  private async part(tail: Tail): Promise<void> {
    const file = await tail.handle();
    const links = file ? (await file.stat()).nlink : 0;
    if (links > 0 && Date.now() - tail.grown < AWAY) return;
    if (file) await tail.finish();
    await this.drop(tail);
    tail.sender.lag = 0;
  }

  private async drop(tail: Tail): Promise<void> {
    this.tails.delete(tail.key);
    await tail.close();
  }

  /** Begins with a file, if it is time. @returns whether there is something to do about it at once */
  private async admit(seen: SeenFile, sender: Sender): Promise<boolean> {
    const { context } = this;
    const state = this.waiting.get(seen.key)!;
    const age = Date.now() - state.since;
    const file = await open(seen.path, 'r');
    let kept = false;
    try {
      const match = await findEntry(context, this.tails, file, seen);
      const entry = match.kind === 'own' || match.kind === 'copy' ? match.entry : undefined;
      if (entry?.status === 'unrecognized' && (await beginsWith(file, entry))) {
        Object.assign(state, { done: true, refused: true });
        return false;
      }
      if (entry?.status === 'partial') return this.readWhole(seen, state, sender);
      const look = await lookAt(
        file,
        seen.path,
        seen.size,
        context.connectors,
        seen.target.connector ?? entry?.connector,
      );
      if (look.kind === 'partial') return false;
      if (look.kind === 'whole') return age >= STABLE && !this.isBehind && this.readWhole(seen, state, sender);
      if (look.kind === 'unclear') return (look.enough || age >= UNCLEAR) && this.readWhole(seen, state, sender);
      if ((match.kind === 'copy' || match.kind === 'copying') && age < UNCLEAR) return false;
      const start = {
        id: match.kind === 'own' ? match.entry.id : nextFileId(context.store, context.entries),
        entry: match.kind === 'own' ? match.entry : undefined,
        position: entry?.size ?? 0,
        lines: 'lines' in match ? match.lines : 0,
        records: entry?.records ?? 0,
        detected: look.detected,
        sample: look.sample,
      };
      const tail = new Tail(context, seen, start, sender, file);
      if ((await tail.begin()) !== undefined) return this.readWhole(seen, state, sender);
      kept = true;
      sender.mayRest = !seen.named;
      this.tails.set(seen.key, tail);
      this.waiting.delete(seen.key);
      const pulled = await this.read(tail);
      if (pulled === 'replaced') await this.drop(tail);
      return pulled !== 'end';
    } finally {
      if (!kept) await file.close();
    }
  }

  /** Takes a file in as `trawl ingest` would. */
  private async readWhole(seen: SeenFile, state: Waiting, sender: Sender): Promise<boolean> {
    const { context } = this;
    const { store, connectors, batcher, entries } = context;
    const { connector, table, settings } = seen.target;
    const options = {
      settings,
      ...(connector === undefined ? {} : { connector }),
      ...(table === undefined ? {} : { table }),
    };
    const ingest = new FileIngest({ store, connectors, batcher, entries, options }, seen.path);
    const { status, events, rejected, connector: taken } = await ingest.run();
    state.done = true;
    state.refused = status === 'unrecognized';
    if (status === 'unreadable') return false;
    sender.mayRest = true;
    if (status !== 'recorded') {
      sender.messages += events + rejected;
      sender.rejected += rejected;
      sender.bytes += seen.size;
      sender.last = Date.now();
      sender.first ||= sender.last;
      if (taken !== '' && sender.connectors[0] !== taken) sender.connectors.unshift(taken);
    }
    sender.lag = 0;
    const entry = entries.get(ingest.id);
    if (entry) {
      const followed = { fileId: entry.id, key: seen.key, position: entry.size, lines: entry.records };
      context.followed.set(seen.key, followed);
      batcher.also(`followed ${entry.id}`, (connection) => saveFollowed(connection, followed));
    }
    await this.handOverWhenFull();
    return false;
  }

  /** Runs what concerns one file; its failure is that file's problem, and is tried again. */
  private async guarded<T>(sender: Sender, work: () => Promise<T>): Promise<T | undefined> {
    try {
      const result = await work();
      delete sender.problem;
      return result;
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === undefined) throw error;
      if (code !== 'ENOENT') sender.problem = `cannot be read (${code || message})`;
      return undefined;
    }
  }

  /** Few enough files stay open: those that grew last. */
  private async closeSome(): Promise<void> {
    const open = [...this.tails.values()].filter((tail) => tail.isOpen);
    if (open.length <= OPEN) return;
    open.sort((a, b) => a.grown - b.grown);
    for (const tail of open.slice(0, open.length - OPEN)) await tail.close();
  }
}

const urlOf = (path: string): string => pathToFileURL(path).href;
