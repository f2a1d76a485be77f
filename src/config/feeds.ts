import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

/** A text that stands elsewhere: in an environment variable, or alone in a file. */
export type Secret = { readonly env: string } | { readonly file: string };

const secret = z.union([z.strictObject({ env: z.string().min(1) }), z.strictObject({ file: z.string().min(1) })], {
  error: 'a secret stands elsewhere: {env: NAME} or {file: PATH}',
});

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A time such as `90s`, `15m`, `1h` or `7d`, as milliseconds. */
const duration = z.string().transform((text, context): number => {
  const [, count, unit] = /^(\d{1,6})\s*([smhd])$/.exec(text.trim()) ?? [];
  if (unit !== undefined && Number(count) > 0) return Number(count) * UNITS[unit]!;
  context.addIssue({ code: 'custom', message: `'${text}' is no time such as 15m, 1h or 7d` });
  return z.NEVER;
});

const address = z.string().superRefine((text, context) => {
  const refuse = (message: string): void => context.addIssue({ code: 'custom', message });
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) return refuse('no http:// or https:// address');
  const { username, password } = new URL(text);
  if (username !== '' || password !== '') refuse('credentials go under user and password');
});

/** What all kinds share. */
const EVERY = {
  /** Time between two updates, in ms. */
  every: duration.prefault('1h'),
  /** IndicatorProvider of all rows, in place of what the source calls itself. */
  provider: z.string().optional(),
  /** ConfidenceScore of indicators that come without one. */
  confidence: z.number().min(0).max(100).optional(),
  /** Days after which an indicator without an end expires, counted from its date. */
  'default-validity-days': z.number().positive().optional(),
};

const REMOTE = {
  /** The address; as a secret when it holds a key. */
  url: z.union([address, secret]),
  token: secret.optional(),
  user: z.union([z.string(), secret]).optional(),
  password: secret.optional(),
  headers: z.record(z.string().regex(/^[!#$%&'*+.^_`|~\w-]+$/), z.union([z.string(), secret])).optional(),
  /** A PEM file of certificate authorities, besides the usual ones. */
  ca: z.string().optional(),
};

const taxii = z.strictObject({ kind: z.literal('taxii'), ...EVERY, ...REMOTE, collection: z.string().optional() });
const misp = z.strictObject({
  kind: z.literal('misp'),
  ...EVERY,
  ...REMOTE,
  /** What is asked: whole events or attributes of the API, or the files of a feed (`manifest.json` and events). */
  endpoint: z.enum(['events', 'attributes', 'feed']).optional(),
  /** How far back the first update goes, in ms; without, it takes everything. */
  since: duration.optional(),
});
const url = z.strictObject({ kind: z.literal('url'), ...EVERY, ...REMOTE });
const file = z.strictObject({ kind: z.literal('file'), ...EVERY, path: z.string().min(1) });

/** What `trawl.yaml` says under `feeds`: sources of indicators that are read again and again, by name. */
export const FEEDS = z.record(
  z
    .string()
    .regex(/^[\p{L}\p{N}][\p{L}\p{N}_. -]{0,62}$/u, 'a name has letters, digits, and . _ - or a space between them')
    // what files of indicators have there when they are ingested
    .refine((name) => !['Feed', 'STIX', 'MISP'].includes(name), 'the name is taken: it stands for files ingested'),
  z.discriminatedUnion('kind', [taxii, misp, url, file]).superRefine((feed, context) => {
    if (feed.kind === 'file') return;
    if ((feed.user === undefined) !== (feed.password === undefined))
      context.addIssue({ code: 'custom', message: 'user and password go together' });
    const clear = typeof feed.url === 'string' && /^http:\/\/(?!127\.|localhost[:/]|\[::1\])/i.test(feed.url);
    if (clear && (feed.token ?? feed.password) !== undefined)
      context.addIssue({ code: 'custom', path: ['url'], message: 'credentials need https://' });
  }),
);

export type FeedConfigs = z.output<typeof FEEDS>;
export type FeedConfig = FeedConfigs[string];
export type RemoteFeed = Exclude<FeedConfig, { kind: 'file' }>;

/** The text of a secret, without the line break at its end. @throws Error in words for the user, without the text */
export function secretText(of: string | Secret): string {
  if (typeof of === 'string') return of;
  if ('env' in of) {
    const text = process.env[of.env];
    if (text === undefined || text === '') throw new Error(`the environment variable ${of.env} is not set`);
    return text;
  }
  let text: string;
  try {
    text = readFileSync(of.file, 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    throw new Error(`the file ${of.file} can't be read (${(error as NodeJS.ErrnoException).code})`);
  }
  if (text === '') throw new Error(`the file ${of.file} is empty`);
  return text;
}

/** What a feed needs and isn't there: the place below its entry, and why; undefined when all is. */
export function missingOf(feed: FeedConfig): { readonly path: readonly string[]; readonly reason: string } | undefined {
  const needed: (readonly [path: readonly string[], of: string | Secret | undefined])[] =
    feed.kind === 'file'
      ? []
      : [
          [['url'], feed.url],
          [['token'], feed.token],
          [['user'], feed.user],
          [['password'], feed.password],
          ...Object.entries(feed.headers ?? {}).map(([name, of]) => [['headers', name], of] as const),
        ];
  for (const [path, of] of needed)
    try {
      if (of !== undefined) secretText(of);
    } catch (error) {
      return { path, reason: (error as Error).message };
    }
  const [key, path] = feed.kind === 'file' ? ['path', feed.path] : ['ca', feed.ca];
  return path !== undefined && !existsSync(path) ? { path: [key!], reason: `there is no file ${path}` } : undefined;
}
