import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Decoy, DemoNetwork, Planted } from '../../demo/index.js';
import { UsageError } from '../command.js';

/** What makes a demo network what it is. */
export interface DemoSettings {
  readonly seed: number;
  readonly days: number;
  readonly hosts: number;
  readonly scale: number;
}

/** A demo network on disk: its logs are in `<folder>/logs`, its workspace in `<folder>/.trawl`. */
export interface DemoOnDisk {
  readonly settings: DemoSettings;
  /** Time of the last event, Unix ms. */
  readonly end: number;
  readonly files: DemoNetwork['files'];
  readonly events: number;
  readonly planted: readonly Planted[];
  readonly decoys: readonly Decoy[];
}

export const logsOf = (folder: string): string => join(folder, 'logs');
export const workspaceOf = (folder: string): string => join(folder, '.trawl');
const manifestOf = (folder: string): string => join(folder, 'demo.json');

/** The demo network that is in the folder, if it is whole and was made by this generator with these settings. */
export function existingDemo(folder: string, settings: DemoSettings): DemoOnDisk | undefined {
  try {
    const { generator, ...demo } = JSON.parse(readFileSync(manifestOf(folder), 'utf8')) as DemoOnDisk & {
      generator: string;
    };
    const same = generator === generatorVersion() && JSON.stringify(demo.settings) === JSON.stringify(settings);
    const whole = demo.files.every(({ path, bytes }) => statSync(join(logsOf(folder), path)).size === bytes);
    return same && whole ? demo : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Writes a demo network into a folder of its own; what an earlier one left there goes. Its logs end at three in the
 * afternoon of the last working day. @throws UsageError when the folder holds something else
 */
export async function makeDemo(
  folder: string,
  settings: DemoSettings,
  onProgress: (fraction: number) => void,
  today = Date.now(),
): Promise<DemoOnDisk> {
  if (
    existsSync(folder) &&
    readdirSync(folder).length > 0 &&
    !existsSync(manifestOf(folder)) &&
    !existsSync(join(folder, 'logs'))
  )
    throw new UsageError(`The folder ${folder} holds something else than a demo network`);
  for (const own of [manifestOf(folder), workspaceOf(folder), logsOf(folder)])
    rmSync(own, { recursive: true, force: true });
  await mkdir(logsOf(folder), { recursive: true });
  const { generateDemoNetwork } = await import('../../demo/index.js');
  const end = lastAfternoon(today);
  const { files, events, planted, decoys } = await generateDemoNetwork(logsOf(folder), {
    ...settings,
    end,
    onProgress,
  });
  const demo: DemoOnDisk = { settings, end, files, events, planted, decoys };
  // last, and in one go: a folder with a manifest holds a whole network
  writeFileSync(`${manifestOf(folder)}.new`, JSON.stringify({ generator: generatorVersion(), ...demo }));
  renameSync(`${manifestOf(folder)}.new`, manifestOf(folder));
  return demo;
}

const HOUR = 3_600_000;

/** 15:00 UTC of the last Monday to Friday that has come so far. */
export function lastAfternoon(now: number): number {
  const day = 24 * HOUR;
  let end = Math.floor(now / day) * day + 15 * HOUR;
  while (end > now || [0, 6].includes(new Date(end).getUTCDay())) end -= day;
  return end;
}

/** A digest of the generator's own code: logs of an older one are not taken for its own. */
function generatorVersion(): string {
  const folder = fileURLToPath(new URL('../../demo/', import.meta.url));
  const hash = createHash('sha256');
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort())
    if (/(?<!\.test|\.d)\.[jt]s$/.test(name)) hash.update(readFileSync(join(folder, name)));
  return hash.digest('hex').slice(0, 16);
}
