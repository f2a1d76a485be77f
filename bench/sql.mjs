/** Pieces of hand-written SQL over the store: columns that may be absent, and tests of addresses in two ways. */

const number4 = (text) => text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
const range4 = (cidr) => {
  const [address, bits] = cidr.split('/');
  return [number4(address), number4(address) + 2 ** (32 - bits) - 1];
};

const PRIVATE = {
  v4: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '127.0.0.0/8', '169.254.0.0/16', '100.64.0.0/10'].map(range4),
  v6: [
    [1n, 1n],
    [0xfcn << 120n, (0xfen << 120n) - 1n],
    [0xfe80n << 112n, (0xfec0n << 112n) - 1n],
  ],
  text6: '^(::1$|f[cd]|fe[89ab])',
};
const NEVER = {
  v4: ['0.0.0.0/8', '224.0.0.0/4', '240.0.0.0/4'].map(range4),
  v6: [
    [0n, 0n],
    [0xffn << 120n, (1n << 128n) - 1n],
  ],
  text6: '^(::$|ff)',
};

const between = (value, ranges, suffix = '') =>
  ranges.map(([from, to]) => `${value} BETWEEN ${from}${suffix} AND ${to}${suffix}`).join(' OR ');

/** SQL for a table's columns as the store has them. */
export function tableSql(store, name) {
  const table = store.table(name);
  const quoted = (column) => `"${column}"`;
  const keys = (column) => table?.addressKeys.get(column) ?? {};
  /** A column, or what it reads as when the store has none. */
  const column = (name, absent = "''") => (table?.physical.has(name) ? quoted(table.physical.get(name)) : absent);
  const by = {
    /** The store's numbers: the best there is. */
    keys: (name, { v4, v6 }) => {
      const { ipv4, ipv6 } = keys(name);
      const tests = [ipv4 && between(quoted(ipv4), v4), ipv6 && between(quoted(ipv6), v6, '::UHUGEINT')];
      return `(${tests.filter(Boolean).join(' OR ') || 'false'})`;
    },
    /** The text taken apart, as a translation without keys must. */
    text: (name, { v4, text6 }) =>
      `(${between(`bench_number(${column(name)})`, v4)} OR regexp_matches(${column(name)}, '${text6}'))`,
  };
  const isAddress = {
    keys: (name) => {
      const { ipv4, ipv6 } = keys(name);
      return `(${
        [ipv4, ipv6]
          .filter(Boolean)
          .map((key) => `${quoted(key)} IS NOT NULL`)
          .join(' OR ') || 'false'
      })`;
    },
    text: (name) => `(bench_number(${column(name)}) IS NOT NULL OR ${column(name)} LIKE '%:%')`,
  };
  return {
    from: table?.relation ?? '(SELECT 0::BIGINT AS "TimeGenerated" WHERE false)',
    column,
    /** Tests of an address column, `how` being 'keys' or 'text'. */
    isPrivate: (name, how) => `coalesce(${by[how](name, PRIVATE)}, false)`,
    isNever: (name, how) => `coalesce(${by[how](name, NEVER)}, false)`,
    isAddress: (name, how) => isAddress[how](name),
    isExternal: (name, how) =>
      `(${isAddress[how](name)} AND NOT coalesce(${by[how](name, PRIVATE)}, false) AND NOT coalesce(${by[how](name, NEVER)}, false))`,
  };
}

/** Macros the texts use. */
export const PRELUDE = `CREATE OR REPLACE TEMP MACRO bench_number(ip) AS
  try_cast(split_part(ip, '.', 1) AS BIGINT) * 16777216 + try_cast(split_part(ip, '.', 2) AS BIGINT) * 65536
  + try_cast(split_part(ip, '.', 3) AS BIGINT) * 256 + try_cast(split_part(ip, '.', 4) AS BIGINT)`;

/** A list of texts or numbers for IN. */
export const list = (values) =>
  `(${values.map((value) => (typeof value === 'number' ? value : `'${String(value).replaceAll("'", "''")}'`)).join(', ')})`;

/** The constant of a hunt's top-level `let NAME = dynamic([…])`. */
export const constant = (kql, name) => JSON.parse(new RegExp(`let ${name} = dynamic\\((\\[.*?\\])\\)`).exec(kql)[1]);

export const DAY = 864_000_000_000n;
