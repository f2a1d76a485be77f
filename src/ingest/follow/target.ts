import { trawlError } from '../../util/errors.js';
import type { Connector } from '../connector.js';
import { checkSettings } from '../settings.js';

/** What is followed: a file, a folder with all below it, or a glob. */
export interface FollowTarget {
  readonly path: string;
  /** Name of the connector to use, whatever the content looks like. */
  readonly connector?: string;
  /** The table asked for. */
  readonly table?: string;
  /** Settings of connectors by `connector.setting`. */
  readonly settings: Readonly<Record<string, string | number | boolean>>;
}

/** @throws TrawlError `connector-unknown`, `setting-unknown`, `setting-type` */
export function checkTargets(connectors: readonly Connector[], targets: readonly FollowTarget[]): void {
  for (const { connector, settings } of targets) {
    if (connector !== undefined && !connectors.some(({ name }) => name === connector))
      throw trawlError('connector-unknown', { name: connector, known: connectors.map(({ name }) => name) });
    checkSettings(connectors, settings);
  }
}
