import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { trawlError } from '../util/errors.js';
import { readYaml } from './checked-yaml.js';
import { FEEDS, type FeedConfigs, missingOf } from './feeds.js';
import { FOLLOW, type FollowEntry, followEntries } from './follow.js';
import { RETENTION, type RetentionConfig } from './retention.js';
import { SERVE, type ServeConfig } from './serve.js';

/** The file of a workspace's settings. */
export const CONFIG_FILE = 'trawl.yaml';

const settingValue = z.union([z.string(), z.number(), z.boolean()]);

const SHAPE = z.strictObject({
  hunts: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
  connectors: z.record(z.string(), z.record(z.string(), settingValue)).optional(),
  feeds: FEEDS.optional(),
  serve: SERVE.prefault({}),
  follow: FOLLOW,
  retention: RETENTION.prefault({}),
});

/** What `trawl.yaml` says. */
export interface Config {
  /** The file, for messages; undefined when there is none. */
  readonly file?: string;
  /** Knobs by hunt; those under `defaults` go to every hunt that has them. */
  readonly hunts: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Settings of connectors by `connector.setting`. */
  readonly connectorSettings: Readonly<Record<string, string | number | boolean>>;
  /** Sources of indicators that are read again and again, by name. */
  readonly feeds: FeedConfigs;
  /** What `trawl serve` does. */
  readonly serve: ServeConfig;
  /** Files that `trawl serve` reads as they grow. */
  readonly follow: readonly FollowEntry[];
  /** How long rows are kept, and where. */
  readonly retention: RetentionConfig;
  /** The line (from 1) in the file of what stands at that path. */
  lineOf?(path: readonly PropertyKey[]): number;
}

export const NO_CONFIG: Config = {
  hunts: {},
  connectorSettings: {},
  feeds: {},
  serve: SERVE.parse({}),
  follow: [],
  retention: { tables: {} },
};

/**
 * Reads a `trawl.yaml`; one that doesn't exist says nothing.
 * @throws TrawlError `yaml-invalid` with file and line
 */
export function readConfig(file: string): Config {
  if (!existsSync(file)) return NO_CONFIG;
  const { value, lineOf } = readYaml(file, SHAPE);
  const connectorSettings = Object.fromEntries(
    Object.entries(value.connectors ?? {}).flatMap(([connector, settings]) =>
      Object.entries(settings).map(([setting, given]) => [`${connector}.${setting}`, given] as const),
    ),
  );
  const { hunts = {}, feeds = {}, serve } = value;
  const follow = followEntries(value.follow, dirname(resolve(file)));
  return { file, hunts, connectorSettings, feeds, serve, follow, retention: value.retention, lineOf };
}

/** Checks that what the feeds need is there: secrets, certificates, files. @throws TrawlError `yaml-invalid` */
export function checkFeeds({ file = CONFIG_FILE, feeds, lineOf }: Config): void {
  for (const [name, feed] of Object.entries(feeds)) {
    const missing = missingOf(feed);
    if (!missing) continue;
    const path = ['feeds', name, ...missing.path];
    throw trawlError('yaml-invalid', {
      file,
      line: lineOf?.(path) ?? 1,
      reason: `${path.join('.')}: ${missing.reason}`,
    });
  }
}
