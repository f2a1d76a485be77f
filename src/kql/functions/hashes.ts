import type { KqlType } from '../types.js';
import { type SqlArgument, scalars } from './registry.js';
import { bytesOfGuid } from './text/guid-bytes.js';
import { xxhash64, xxhash64OfInt, xxhash64OfLong, xxhash64OfReal } from './text/xxhash64.js';

const textToText = { args: ['string'], returns: 'string' } as const;

/** Which bytes of a value are hashed: those it has in Kusto's columns; of the types not listed, the text's. */
const HASHED: Partial<Record<KqlType, string>> = {
  int: 'int',
  long: 'long',
  datetime: 'long',
  timespan: 'long',
  real: 'real',
  bool: 'bool',
  guid: 'guid',
};

/** The 64-bit hash of a value as SQL; null of null. */
export function hashed({ sql, type }: SqlArgument): string {
  const kind = HASHED[type];
  if (kind === 'guid') return `kql_js_hash_guid(CAST(${sql} AS VARCHAR))`;
  if (kind) return `kql_js_hash_${kind}(${sql})`;
  const text = type === 'dynamic' ? `json_extract_string(${sql}, '$')` : `CAST(${sql} AS VARCHAR)`;
  return `kql_js_hash_text(${type === 'string' ? sql : text})`;
}

const combined = (hashes: readonly string[]): string => hashes.reduce((all, one) => `kql_js_hash_pair(${all}, ${one})`);

/** The golden ratio's digits scatter what is added, the shifts what was there before: the usual way to chain hashes. */
function chain(all: bigint, one: bigint): bigint {
  const before = BigInt.asUintN(64, all);
  return BigInt.asIntN(64, before ^ (one + 0x9e3779b97f4a7c15n + (before << 12n) + (before >> 4n)));
}

/** What is said of a function whose numbers only hold within Trawl. */
const ownNumber = (name: string) => ({
  differs: "Equal values give equal numbers, but not Kusto's number: how Kusto combines hashes is not published.",
  warning: {
    code: 'own-hash',
    message: `${name}() gives other numbers than Kusto, which does not publish how it combines hashes: use them within this query only, and compare them with nothing that Kusto computed.`,
  },
});

export const HASHES = scalars([
  {
    name: 'hash_md5',
    ...textToText,
    duckdb: 'md5($1)',
    examples: [['hash_md5("World")', 'f5a7924e621e84c9280a9a27e1bcb7f6']],
  },
  {
    name: 'hash_sha1',
    ...textToText,
    duckdb: 'sha1($1)',
    examples: [['hash_sha1("World")', '70c07ec18ef89c5309bbb0937f3a6342411e1fdd']],
  },
  {
    name: 'hash_sha256',
    ...textToText,
    duckdb: 'sha256($1)',
    examples: [
      ['hash_sha256("World")', '78ae647dc5544d227130a0682a51e30bc7777fbb6d8a8f17007463a3ecd1d524'],
      ['hash_sha256(datetime(2020-01-01))', 'ba666752dc1a20eb750b0eb64e780cc4c968bc9fb8813461c1d7e750f302d71d'],
    ],
  },
  {
    name: 'hash',
    aliases: ['hash_xxhash64'],
    args: (index) => (index === 0 ? 'any' : 'long'),
    returns: 'long',
    duckdb: ([value, modulo]) => (modulo ? `kql_mod(${hashed(value!)}, ${modulo.sql})` : hashed(value!)),
    differs: 'The number of a decimal or dynamic value is that of its text.',
    examples: [
      ['hash("World")', '1846988464401551951'],
      ['hash("World", 100)', '51'],
      ['hash(datetime(2015-01-01))', '1380966698541616202'],
      ['hash(0)', '3803688792395291579'],
      ['hash(int(0))', '4246796580750024372'],
    ],
  },
  {
    name: 'hash_combine',
    args: ['long'],
    returns: 'long',
    duckdb: (args) => combined(args.map((arg) => arg.sql)),
    ...ownNumber('hash_combine'),
    examples: [['hash_combine(hash("a"), hash("b")) == hash_many("a", "b")', 'True']],
  },
  {
    name: 'hash_many',
    args: ['any'],
    returns: 'long',
    duckdb: (args) => combined(args.map(hashed)),
    ...ownNumber('hash_many'),
    examples: [['hash_many("a", 1) == hash_many("b", 1)', 'False']],
  },
  {
    name: 'hash_pair',
    args: ['long', 'long'],
    returns: 'long',
    internal: true,
    js: (all, one) => chain(BigInt(all ?? 0), BigInt(one ?? 0)),
    examples: [],
  },
  {
    name: 'hash_text',
    args: ['string'],
    returns: 'long',
    internal: true,
    js: (text) => (text === null ? null : xxhash64(Buffer.from(String(text), 'utf8'))),
    examples: [],
  },
  {
    name: 'hash_long',
    args: ['long'],
    returns: 'long',
    internal: true,
    js: (value) => (value === null ? null : xxhash64OfLong(BigInt(value))),
    examples: [],
  },
  {
    name: 'hash_int',
    args: ['int'],
    returns: 'long',
    internal: true,
    js: (value) => (value === null ? null : xxhash64OfInt(Number(value))),
    examples: [],
  },
  {
    name: 'hash_real',
    args: ['real'],
    returns: 'long',
    internal: true,
    js: (value) => (value === null ? null : xxhash64OfReal(Number(value))),
    examples: [],
  },
  {
    name: 'hash_bool',
    args: ['bool'],
    returns: 'long',
    internal: true,
    js: (value) => (value === null ? null : xxhash64(Uint8Array.of(value ? 1 : 0))),
    examples: [],
  },
  {
    name: 'hash_guid',
    args: ['string'],
    returns: 'long',
    internal: true,
    js: (guid) => (guid === null ? null : xxhash64(bytesOfGuid(String(guid)))),
    examples: [],
  },
]);
