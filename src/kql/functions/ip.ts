import {
  compareIpv4,
  compareIpv6,
  formatIpv4,
  formatIpv6,
  ipv4CidrList,
  ipv4Range,
  ipv6Range,
  parseIpv4Network,
  parseIpv6Network,
} from '../../util/ip.js';
import { constantRanges, ipv4Networks, PRIVATE_IPV4 } from './ip-ranges.js';
import { type SqlArgument, type SqlTemplate, scalars } from './registry.js';

type Value = string | bigint | number | boolean | null;

/** The texts of a JSON array or of one text. */
function rangeTexts(ranges: readonly Value[]): string[] {
  return ranges.flatMap((range) => {
    if (range === null || range === '') return [];
    const text = String(range);
    if (!/^\s*["[]/.test(text)) return [text];
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.map(String) : [String(value)];
  });
}

/** True when any range matches; null when the address is none, false for ranges that are none. */
function anyIpv4(address: Value, ranges: readonly Value[]): boolean | null {
  const own = parseIpv4Network(String(address ?? ''));
  if (!own) return null;
  return rangeTexts(ranges).some((text) => {
    const range = parseIpv4Network(text);
    return range !== null && compareIpv4(own, range) === 0;
  });
}

function anyIpv6(address: Value, ranges: readonly Value[]): boolean | null {
  const own = parseIpv6Network(String(address ?? ''));
  if (!own) return null;
  return rangeTexts(ranges).some((text) => {
    const range = parseIpv6Network(text);
    return range !== null && compareIpv6(own, range) === 0;
  });
}

/**
 * Constant ranges on text: parsed to a number once and compared; a text with a prefix of its own takes the exact,
 * slower way. `optimize/address-keys` does away with the parsing where the store has the numbers.
 */
const inConstantRanges = (address: SqlArgument, texts: readonly string[]): string | undefined => {
  const networks = ipv4Networks(texts);
  if (!networks || networks.length === 0) return undefined;
  const tests = networks.map((network) => {
    const [first, last] = ipv4Range(network);
    return `kql_ipv4(${address.sql}) BETWEEN ${first} AND ${last}`;
  });
  const list = `'${JSON.stringify(texts).replaceAll("'", "''")}'`;
  return `CASE WHEN contains(${address.sql}, '/') THEN kql_js_ipv4_in_any_range_of(${address.sql}, ${list}) ELSE (${tests.join(' OR ')}) END`;
};

const inRanges: SqlTemplate = ([address, ...ranges]) => {
  const texts = constantRanges(ranges.map((range) => range.expr));
  const fast = texts && inConstantRanges(address!, texts);
  if (fast) return fast;
  const list = ranges.map((range) => (range.type === 'dynamic' ? `kql_strings(${range.sql})` : `[${range.sql}]`));
  return `kql_js_ipv4_in_any_range_of(${address!.sql}, CAST(to_json(flatten([${list.join(', ')}])) AS VARCHAR))`;
};

const inIpv6Ranges: SqlTemplate = ([address, ...ranges]) => {
  const list = ranges.map((range) => (range.type === 'dynamic' ? `kql_strings(${range.sql})` : `[${range.sql}]`));
  return `kql_js_ipv6_in_any_range_of(${address!.sql}, CAST(to_json(flatten([${list.join(', ')}])) AS VARCHAR))`;
};

const isList = (index: number): 'string' | 'any' => (index === 0 ? 'string' : 'any');
const bitsOf = (value: Value | undefined, most: number): number | null => {
  if (value === null || value === undefined) return most;
  const bits = Number(value);
  return bits >= 0 && bits <= most ? bits : null;
};

function compare4(a: Value, b: Value, prefix: Value | undefined): number | null {
  const [x, y] = [parseIpv4Network(String(a ?? '')), parseIpv4Network(String(b ?? ''))];
  const bits = bitsOf(prefix, 32);
  return x && y && bits !== null ? compareIpv4(x, y, bits) : null;
}

/** A prefix given as a number counts IPv4 bits when both addresses are IPv4. */
function compare6(a: Value, b: Value, prefix: Value | undefined): number | null {
  const [x, y] = [parseIpv6Network(String(a ?? '')), parseIpv6Network(String(b ?? ''))];
  const bits = bitsOf(prefix, 128);
  if (!x || !y || bits === null) return null;
  const bothIpv4 = parseIpv4Network(String(a)) !== null && parseIpv4Network(String(b)) !== null;
  return compareIpv6(x, y, bothIpv4 && prefix !== null && prefix !== undefined && bits <= 32 ? bits + 96 : bits);
}

const equal = (order: number | null): boolean | null => (order === null ? null : order === 0);
const masked = (address: string, mask: Value): { address: number; bits: number } | null => {
  const own = parseIpv4Network(address);
  const bits = bitsOf(mask, 32);
  return own && bits !== null
    ? {
        address: ipv4Range({ address: own.address, bits: Math.min(own.bits, bits) })[0],
        bits: Math.min(own.bits, bits),
      }
    : null;
};

const ADDRESS = '\\d{1,3}(?:\\.\\d{1,3}){3}';
/** IPv4 addresses in a text, bounded by characters that are neither alphanumeric nor a dot. */
const findAddresses = (text: string): string[] =>
  [...text.matchAll(new RegExp(`(?<![\\w.])${ADDRESS}(?![\\w.])`, 'g'))]
    .map(([found]) => found)
    .filter((found) => parseIpv4Network(found));

const hasIpv4 = (text: Value, wanted: readonly string[]): boolean => {
  const found = findAddresses(String(text ?? ''));
  return wanted.some((address) => found.includes(address));
};
const hasPrefix = (text: Value, prefixes: readonly string[]): boolean => {
  const found = findAddresses(String(text ?? ''));
  // a prefix ends with a dot or is a whole address
  return prefixes.some((prefix) =>
    found.some((address) => address === prefix || (prefix.endsWith('.') && address.startsWith(prefix))),
  );
};
const variadic =
  (name: string): SqlTemplate =>
  ([text, ...rest]) => {
    const list = rest.map((of) => (of.type === 'dynamic' ? `kql_strings(${of.sql})` : `[CAST(${of.sql} AS VARCHAR)]`));
    return `kql_js_${name}(${text!.sql}, CAST(to_json(flatten([${list.join(', ')}])) AS VARCHAR))`;
  };

export const IP = scalars([
  {
    name: 'ipv4_is_private',
    args: ['string'],
    returns: 'bool',
    duckdb: ([address]) => inConstantRanges(address!, PRIVATE_IPV4)!,
    examples: [
      ['ipv4_is_private("192.168.1.1/24")', 'True'],
      ['ipv4_is_private("8.8.8.8")', 'False'],
      ['isnull(ipv4_is_private("host"))', 'True'],
    ],
  },
  {
    name: 'ipv4_is_in_any_range',
    args: isList,
    returns: 'bool',
    duckdb: inRanges,
    examples: [
      ['ipv4_is_in_any_range("192.168.1.6", "192.168.1.1/24", "10.0.0.1/8")', 'True'],
      ['ipv4_is_in_any_range("1.1.1.1", dynamic(["127.0.0.1/8"]))', 'False'],
    ],
  },
  {
    name: 'ipv4_is_in_range',
    args: ['string', 'string'],
    returns: 'bool',
    duckdb: inRanges,
    examples: [['ipv4_is_in_range("127.0.0.1", "127.0.0.1/24")', 'True']],
  },
  {
    name: 'ipv4_is_match',
    args: ['string', 'string', 'long'],
    returns: 'bool',
    duckdb: (args, context) =>
      args.length === 2 && args[1]!.literal
        ? (inRanges as Exclude<SqlTemplate, string>)(args, context)
        : `(kql_js_ipv4_compare(${args.map((arg) => arg.sql).join(', ')}${args.length < 3 ? ', NULL' : ''}) = 0)`,
    examples: [
      ['ipv4_is_match("192.168.1.1/24", "192.168.1.255")', 'True'],
      ['ipv4_is_match("192.168.1.1", "192.168.1.0", 31)', 'True'],
    ],
  },
  {
    name: 'ipv4_compare',
    args: ['string', 'string', 'long'],
    returns: 'long',
    js: (a, b, prefix) => {
      const order = compare4(a!, b!, prefix);
      return order === null ? null : BigInt(order);
    },
    examples: [['ipv4_compare("192.168.1.1", "192.168.1.255", 24)', '0']],
  },
  {
    name: 'ipv4_in_any_range_of',
    args: ['string', 'string'],
    returns: 'bool',
    js: (address, ranges) => anyIpv4(address!, [ranges!]),
    examples: [['ipv4_is_in_any_range(strcat("10.0.0.", "1/8"), "10.0.0.0/8")', 'True']],
  },
  {
    name: 'ipv6_in_any_range_of',
    args: ['string', 'string'],
    returns: 'bool',
    js: (address, ranges) => anyIpv6(address!, [ranges!]),
    examples: [['ipv6_is_in_any_range("fe80::1", dynamic(["fe80::/10"]))', 'True']],
  },
  {
    name: 'ipv6_is_in_any_range',
    args: isList,
    returns: 'bool',
    duckdb: inIpv6Ranges,
    examples: [
      ['ipv6_is_in_any_range("10.1.2.3", dynamic(["10.0.0.0/8", "fc00::/7"]))', 'True'],
      ['ipv6_is_in_any_range("2001:db8::1", dynamic(["10.0.0.0/8", "fc00::/7"]))', 'False'],
    ],
  },
  {
    name: 'ipv6_is_in_range',
    args: ['string', 'string'],
    returns: 'bool',
    duckdb: inIpv6Ranges,
    examples: [
      [
        'ipv6_is_in_range("a5e:f127:8a9d:146d:e102:b5d3:c755:abcd", "a5e:f127:8a9d:146d:e102:b5d3:c755:0000/112")',
        'True',
      ],
    ],
  },
  {
    name: 'ipv6_compare',
    args: ['string', 'string', 'long'],
    returns: 'long',
    js: (a, b, prefix) => {
      const order = compare6(a!, b!, prefix);
      return order === null ? null : BigInt(order);
    },
    examples: [['ipv6_compare("192.168.1.1/24", "::ffff:c0a8:01ff", 127)', '0']],
  },
  {
    name: 'ipv6_is_match',
    args: ['string', 'string', 'long'],
    returns: 'bool',
    js: (a, b, prefix) => equal(compare6(a!, b!, prefix)),
    examples: [['ipv6_is_match("fe80::85d:e82c:9446:7994/120", "fe80::85d:e82c:9446:7998")', 'True']],
  },
  {
    name: 'parse_ipv4',
    args: ['string'],
    returns: 'long',
    duckdb: "CASE WHEN contains($1, '/') THEN kql_js_parse_ipv4_network($1) ELSE kql_ipv4($1) END",
    examples: [
      ['parse_ipv4("192.168.1.1")', '3232235777'],
      ['parse_ipv4("192.168.1.1/24")', '3232235776'],
      ['isnull(parse_ipv4("192.168.1.300"))', 'True'],
    ],
  },
  {
    name: 'parse_ipv4_network',
    args: ['string'],
    returns: 'long',
    js: (text) => {
      const network = parseIpv4Network(String(text ?? ''));
      return network && BigInt(ipv4Range(network)[0]);
    },
    examples: [['parse_ipv4("192.168.1.1/24")', '3232235776']],
  },
  {
    name: 'parse_ipv4_mask',
    args: ['string', 'long'],
    returns: 'long',
    js: (text, mask) => {
      const network = masked(String(text ?? ''), mask!);
      return network && BigInt(network.address);
    },
    examples: [['parse_ipv4_mask("127.0.0.1", 24)', '2130706432']],
  },
  {
    name: 'parse_ipv6',
    args: ['string'],
    returns: 'string',
    js: (text) => {
      const network = parseIpv6Network(String(text ?? ''));
      return network && formatIpv6(ipv6Range(network)[0]);
    },
    examples: [['parse_ipv6("192.168.255.255/24")', '0000:0000:0000:0000:0000:ffff:c0a8:ff00']],
  },
  {
    name: 'parse_ipv6_mask',
    args: ['string', 'long'],
    returns: 'string',
    js: (text, mask) => {
      const network = parseIpv6Network(String(text ?? ''));
      const ipv4 = parseIpv4Network(String(text ?? '')) !== null;
      const bits = bitsOf(mask!, 128);
      if (!network || bits === null) return null;
      return formatIpv6(
        ipv6Range({ address: network.address, bits: Math.min(network.bits, ipv4 && bits <= 32 ? bits + 96 : bits) })[0],
      );
    },
    examples: [['parse_ipv6_mask("fe80::85d:e82c:9446:7994", 120)', 'fe80:0000:0000:0000:085d:e82c:9446:7900']],
  },
  {
    name: 'ipv4_netmask_suffix',
    args: ['string'],
    returns: 'long',
    js: (text) => {
      const network = parseIpv4Network(String(text ?? ''));
      return network && BigInt(network.bits);
    },
    examples: [['ipv4_netmask_suffix("192.168.1.1/24")', '24']],
  },
  {
    name: 'format_ipv4',
    args: (index) => (index === 0 ? 'any' : 'long'),
    returns: 'string',
    duckdb: ([address, mask]) =>
      `coalesce(kql_js_format_ipv4_network(${ipv4Text(address!)}, ${mask?.sql ?? 'NULL'}, false), '')`,
    examples: [
      ['format_ipv4("192.168.1.255", 24)', '192.168.1.0'],
      ['format_ipv4(3232236031, 24)', '192.168.1.0'],
    ],
  },
  {
    name: 'format_ipv4_mask',
    args: (index) => (index === 0 ? 'any' : 'long'),
    returns: 'string',
    duckdb: ([address, mask]) =>
      `coalesce(kql_js_format_ipv4_network(${ipv4Text(address!)}, ${mask?.sql ?? 'NULL'}, true), '')`,
    examples: [['format_ipv4_mask("192.168.1.255", 24)', '192.168.1.0/24']],
  },
  {
    name: 'format_ipv4_network',
    args: ['string', 'long', 'bool'],
    returns: 'string',
    js: (text, mask, withMask) => {
      const network = masked(String(text ?? ''), mask!);
      return network && `${formatIpv4(network.address)}${withMask ? `/${network.bits}` : ''}`;
    },
    examples: [['format_ipv4_mask("192.168.1.1/24", 32)', '192.168.1.0/24']],
  },
  {
    name: 'ipv4_range_to_cidr_list',
    args: ['string', 'string'],
    returns: 'dynamic',
    js: (first, last) => {
      const [a, b] = [parseIpv4Network(String(first ?? '')), parseIpv4Network(String(last ?? ''))];
      return a && b && a.address <= b.address ? JSON.stringify(ipv4CidrList(a.address, b.address)) : null;
    },
    examples: [
      ['ipv4_range_to_cidr_list("1.1.128.0", "1.1.140.255")', '["1.1.128.0/21","1.1.136.0/22","1.1.140.0/24"]'],
    ],
  },
  {
    name: 'has_ipv4',
    args: ['string', 'string'],
    returns: 'bool',
    js: (text, address) => hasIpv4(text!, [String(address)]),
    examples: [['has_ipv4("05:04:54 127.0.0.1 GET /favicon.ico 404", "127.0.0.1")', 'True']],
  },
  {
    name: 'has_ipv4_prefix',
    args: ['string', 'string'],
    returns: 'bool',
    js: (text, prefix) => hasPrefix(text!, [String(prefix)]),
    examples: [
      ['has_ipv4_prefix("05:04:54127.0.0.1 GET /favicon.ico 404", "127.0.")', 'False'],
      ['has_ipv4_prefix("05:04:54 127.0.0.1 GET", "127.0.")', 'True'],
      ['has_ipv4_prefix("05:04:54 127.0.0.1 GET", "127.0")', 'False'],
    ],
  },
  {
    name: 'has_any_ipv4',
    args: isList,
    returns: 'bool',
    duckdb: variadic('has_any_ipv4_of'),
    examples: [['has_any_ipv4("at 127.0.0.1 GET", "127.0.0.1", "127.0.0.2")', 'True']],
  },
  {
    name: 'has_any_ipv4_prefix',
    args: isList,
    returns: 'bool',
    duckdb: variadic('has_any_ipv4_prefix_of'),
    examples: [['has_any_ipv4_prefix("at 127.0.0.1 GET", dynamic(["127.0.", "192.168."]))', 'True']],
  },
  {
    name: 'has_any_ipv4_of',
    args: ['string', 'string'],
    returns: 'bool',
    js: (text, list) => hasIpv4(text!, rangeTexts([list!])),
    examples: [['has_any_ipv4("at 127.0.0.9 GET", "127.0.0.1", "127.0.0.2")', 'False']],
  },
  {
    name: 'has_any_ipv4_prefix_of',
    args: ['string', 'string'],
    returns: 'bool',
    js: (text, list) => hasPrefix(text!, rangeTexts([list!])),
    examples: [['has_any_ipv4_prefix("at 10.0.0.1 GET", "127.0.", "192.168.")', 'False']],
  },
  {
    name: 'ipv4_network_first',
    args: ['string'],
    returns: 'long',
    internal: true,
    js: (text) => bound(parseIpv4Network(String(text ?? '')), (network) => BigInt(ipv4Range(network)[0])),
    examples: [],
  },
  {
    name: 'ipv4_network_last',
    args: ['string'],
    returns: 'long',
    internal: true,
    js: (text) => bound(parseIpv4Network(String(text ?? '')), (network) => BigInt(ipv4Range(network)[1])),
    examples: [],
  },
  {
    name: 'ipv6_network_last',
    args: ['string'],
    returns: 'string',
    internal: true,
    js: (text) => bound(parseIpv6Network(String(text ?? '')), (network) => formatIpv6(ipv6Range(network)[1])),
    examples: [],
  },
]);

/** A network's bound, or null when the text is no network. */
function bound<N, T>(network: N | null, of: (network: N) => T): T | null {
  return network === null ? null : of(network);
}

/** A number is the address itself. */
function ipv4Text(address: SqlArgument): string {
  if (address.type === 'string') return address.sql;
  const text = address.type === 'dynamic' ? `json_extract_string(${address.sql}, '$')` : undefined;
  const n = `TRY_CAST(${text ?? (address.type === 'guid' ? 'NULL' : address.sql)} AS BIGINT)`;
  const dotted = `(${n} // 16777216 || '.' || ${n} // 65536 % 256 || '.' || ${n} // 256 % 256 || '.' || ${n} % 256)`;
  return text ? `coalesce(${dotted}, ${text})` : dotted;
}
