import { existsSync } from 'node:fs';
import { z } from 'zod';
import { readYaml } from './checked-yaml.js';
import { SERVE, type ServeConfig } from './serve.js';

/** The file of a workspace's settings. */
export const CONFIG_FILE = 'trawl.yaml';

const settingValue = z.union([z.string(), z.number(), z.boolean()]);

const SHAPE = z.strictObject({
  hunts: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
  connectors: z.record(z.string(), z.record(z.string(), settingValue)).optional(),
  serve: SERVE.prefault({}),
});

/** What `trawl.yaml` says. */
export interface Config {
  /** The file, for messages; undefined when there is none. */
  readonly file?: string;
  /** Knobs by hunt; those under `defaults` go to every hunt that has them. */
  readonly hunts: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Settings of connectors by `connector.setting`. */
  readonly connectorSettings: Readonly<Record<string, string | number | boolean>>;
  /** What `trawl serve` does. */
  readonly serve: ServeConfig;
}

export const NO_CONFIG: Config = { hunts: {}, connectorSettings: {}, serve: SERVE.parse({}) };

/**
 * Reads a `trawl.yaml`; one that doesn't exist says nothing.
 * @throws TrawlError `yaml-invalid` with file and line
 */
export function readConfig(file: string): Config {
  if (!existsSync(file)) return NO_CONFIG;
  const { value } = readYaml(file, SHAPE);
  const connectorSettings = Object.fromEntries(
    Object.entries(value.connectors ?? {}).flatMap(([connector, settings]) =>
      Object.entries(settings).map(([setting, given]) => [`${connector}.${setting}`, given] as const),
    ),
  );
  return { file, hunts: value.hunts ?? {}, connectorSettings, serve: value.serve };
}
