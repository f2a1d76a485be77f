import { resolve } from 'node:path';
import { z } from 'zod';

const settingValue = z.union([z.string(), z.number(), z.boolean()]);

const ENTRY = z.preprocess(
  (value) => (typeof value === 'string' ? { path: value } : value),
  z.strictObject({
    path: z.string().min(1),
    connector: z.string().optional(),
    table: z.string().optional(),
    settings: z.record(z.string(), settingValue).optional(),
  }),
);

/** What `trawl.yaml` says under `follow`: paths, folders and globs, with a connector, table and settings of their own where wanted. */
export const FOLLOW = z.array(ENTRY).default([]);

/** Files that `trawl serve` reads as they grow. */
export interface FollowEntry {
  /** A file, folder or glob; absolute. */
  readonly path: string;
  /** Name of the connector to use, whatever the content looks like. */
  readonly connector?: string;
  /** Table for data already in a table's shape; means the connector `table` unless another is named. */
  readonly table?: string;
  /** Settings of connectors by `connector.setting`. */
  readonly settings: Readonly<Record<string, string | number | boolean>>;
}

/** @param folder the one of `trawl.yaml`, which relative paths start at */
export function followEntries(given: z.output<typeof FOLLOW>, folder: string): FollowEntry[] {
  return given.map(({ path, connector, table, settings = {} }) => {
    const forced = connector ?? (table === undefined ? undefined : 'table');
    // a connector that is named needs no name in front of its settings
    const named = Object.entries(settings).map(
      ([name, value]) => [forced === undefined || name.includes('.') ? name : `${forced}.${name}`, value] as const,
    );
    return {
      path: resolve(folder, path),
      ...(forced === undefined ? {} : { connector: forced }),
      ...(table === undefined ? {} : { table }),
      settings: Object.fromEntries(named),
    };
  });
}
