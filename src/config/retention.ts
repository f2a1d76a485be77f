import { z } from 'zod';

const DAYS: Readonly<Record<string, number>> = { d: 1, w: 7, y: 365 };
const BYTES: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  m: 1e6,
  g: 1e9,
  t: 1e12,
  ki: 2 ** 10,
  mi: 2 ** 20,
  gi: 2 ** 30,
  ti: 2 ** 40,
};

/** `90d`, `12w` or `1y` (365 days) in days; undefined when it is none. */
export function readDays(text: string): number | undefined {
  const [, number, unit] = /^\s*(\d{1,6})\s*([dwy])\s*$/i.exec(text) ?? [];
  const days = number === undefined ? 0 : Number(number) * DAYS[unit!.toLowerCase()]!;
  return days > 0 && days < 3_000_000 ? days : undefined;
}

/** `50GB`, `1.5 TB` or `200GiB` in bytes; undefined when it is none. */
export function readBytes(text: string): number | undefined {
  const [, number, unit] = /^\s*(\d+(?:\.\d+)?)\s*([kmgt]?i?)b\s*$/i.exec(text) ?? [];
  const factor = number === undefined ? undefined : BYTES[unit!.toLowerCase()];
  return factor === undefined ? undefined : Math.round(Number(number) * factor);
}

/** A word or number of the file, read by `read`; what it gives undefined for is no `what`. */
const written = <T>(read: (text: string) => T | undefined, what: string) =>
  z.union([z.string(), z.number()]).transform((value, context): T => {
    const found = read(String(value));
    if (found !== undefined) return found;
    context.addIssue({ code: 'custom', message: `'${value}' is no ${what}` });
    return z.NEVER;
  });

const days = written(readDays, 'number of days such as 90d, 12w or 1y');
const bytes = written(readBytes, 'size such as 50GB or 200GiB');
const kept = written(
  (text) => (text === 'forever' ? null : readDays(text)),
  'number of days such as 90d, 12w or 1y, nor forever',
);

/** What `trawl.yaml` says under `retention`: how long tables are kept, by their names, and three words of its own. */
export const RETENTION = z
  .object({ default: kept.optional(), disk: bytes.optional(), 'archive-after': days.optional() })
  .catchall(kept)
  .transform(
    ({ default: others, disk, 'archive-after': archiveAfter, ...tables }): RetentionConfig => ({
      tables,
      ...(others === undefined ? {} : { default: others }),
      ...(disk === undefined ? {} : { disk }),
      ...(archiveAfter === undefined ? {} : { archiveAfter }),
    }),
  );

/** How long rows are kept, in whole days of `TimeGenerated`; `null` for ever. */
export interface RetentionConfig {
  readonly tables: Readonly<Record<string, number | null>>;
  /** Days for tables that aren't named. */
  readonly default?: number | null;
  /** Bytes of the workspace before the oldest days go. */
  readonly disk?: number;
  /** Days after which a day moves to Parquet files. */
  readonly archiveAfter?: number;
}
