/** Pieces of hand-written SQL over the store: columns that may be absent, and tests of addresses in two ways. */

const number4 = (text) => text.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
const range4 = (cidr) => {
  const [address, bits] = cidr.split('/');
  return [number4(address), number4(address) + (1n << (32n - BigInt(bits))) - 1n];
};
/** IPv4 addresses written as IPv6 (`::ffff:10.0.0.1`). */
const mapped = (ranges) => ranges.map(([from, to]) => [from + 0xffff00000000n, to + 0xffff00000000n]);
const sorted = (ranges) => [...ranges].sort(([a], [b]) => (a < b ? -1 : 1));
const both = (v4, v6, text6) => ({ v4: sorted(v4), v6: sorted([...mapped(v4), ...v6]), text6 });

const PRIVATE = both(
  ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '127.0.0.0/8', '169.254.0.0/16', '100.64.0.0/10'].map(range4),
  [
    [1n, 1n],
    [0xfcn << 120n, (0xfen << 120n) - 1n],
    [0xfe80n << 112n, (0xfec0n << 112n) - 1n],
  ],
  '^(::1$|f[cd]|fe[89ab])',
);
const NEVER = both(
  ['0.0.0.0/8', '224.0.0.0/3'].map(range4),
  [
    [0n, 0n],
    [0xffn << 120n, (1n << 128n) - 1n],
  ],
  '^(::$|ff)',
);
const OUTSIDE = {
  v4: sorted([...PRIVATE.v4, ...NEVER.v4]),
  v6: sorted([...PRIVATE.v6, ...NEVER.v6]),
};

const between = (value, ranges) => ranges.map(([from, to]) => `${value} BETWEEN ${from} AND ${to}`).join(' OR ');

/** Whether a number is within sorted ranges, by halving: the quickest form that was found, measured against BETWEEN … OR …. */
function within(value, ranges, last, suffix = '') {
  const print = (number) => (suffix ? `'${number}'${suffix}` : `${number}`);
  const edges = ranges.flatMap(([from, to]) => [from, to + 1n]).filter((edge) => edge > 0n && edge <= last);
  const starts = ranges[0][0] === 0n;
  const part = (from, to) => {
    const inside = (from % 2 === 1) !== starts;
    if (from === to) return from < edges.length ? String(inside) : part(from - 1, to);
    if (to - from === 1) return `${value} ${inside ? '<' : '>='} ${print(edges[from])}`;
    const middle = (from + to) >> 1;
    return `CASE WHEN ${value} < ${print(edges[middle])} THEN ${part(from, middle)} ELSE ${part(middle + 1, to)} END`;
  };
  return part(0, edges.length);
}

/** SQL for a table's columns as the store has them. */
export function tableSql(store, name) {
  const table = store.table(name);
  const quoted = (column) => `"${column}"`;
  const keys = (column) => table?.addressKeys.get(column) ?? {};
  /** A column, or what it reads as when the store has none. */
  const column = (name, absent = "''") => (table?.physical.has(name) ? quoted(table.physical.get(name)) : absent);
  const tests = {
    /** The store's numbers: null for what is no address, as Kusto has it. */
    keys: (name, { v4, v6 }) => {
      const { ipv4, ipv6 } = keys(name);
      const in4 = ipv4 ? within(quoted(ipv4), v4, 2n ** 32n - 1n) : 'NULL::BOOLEAN';
      if (!ipv6) return `(${in4})`;
      return `CASE WHEN ${quoted(ipv6)} IS NOT NULL THEN ${within(quoted(ipv6), v6, 2n ** 128n - 1n, '::UHUGEINT')} ELSE ${in4} END`;
    },
    /** The text taken apart, as a translation without keys must. */
    text: (name, { v4, text6 }) =>
      `coalesce(${between(`bench_number(${column(name)})`, v4)} OR regexp_matches(${column(name)}, '${text6}'), false)`,
  };
  return {
    from: table?.relation ?? '(SELECT 0::BIGINT AS "TimeGenerated" WHERE false)',
    column,
    /** Tests of an address column, `how` being 'keys' or 'text'. */
    isPrivate: (name, how) => tests[how](name, PRIVATE),
    isNever: (name, how) => tests[how](name, NEVER),
    isExternal: (name, how) =>
      how === 'keys'
        ? `NOT ${tests.keys(name, OUTSIDE)}`
        : `((bench_number(${column(name)}) IS NOT NULL OR ${column(name)} LIKE '%:%') AND NOT ${tests.text(name, PRIVATE)} AND NOT ${tests.text(name, NEVER)})`,
  };
}

/** Macros the texts use. */
export const PRELUDE = `CREATE OR REPLACE TEMP MACRO bench_number(ip) AS
  try_cast(split_part(ip, '.', 1) AS BIGINT) * 16777216 + try_cast(split_part(ip, '.', 2) AS BIGINT) * 65536
  + try_cast(split_part(ip, '.', 3) AS BIGINT) * 256 + try_cast(split_part(ip, '.', 4) AS BIGINT)`;

/** A list of texts or numbers for IN. */
export const list = (values) =>
  `(${values.map((value) => (typeof value === 'number' ? value : `'${String(value).replaceAll("'", "''")}'`)).join(', ')})`;

/** A text among constant ones, in the form that measured best: an IN of that length becomes a join. */
export const among = (text, values) => `list_contains([${list(values).slice(1, -1)}], ${text})`;

/** The constant of a hunt's top-level `let NAME = dynamic([…])`. */
export const constant = (kql, name) => JSON.parse(new RegExp(`let ${name} = dynamic\\((\\[.*?\\])\\)`).exec(kql)[1]);

export const DAY = 864_000_000_000n;
