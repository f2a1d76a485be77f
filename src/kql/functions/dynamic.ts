import { quoteText } from '../sql/duckdb/literal.js';
import { type SqlTemplate, scalars } from './registry.js';

/** `d.a`, `d["a"]`, `d[0]`, `d[-1]`: constant keys become a JSON path. */
const element: SqlTemplate = ([owner, key]) => {
  const value = key!.literal?.value;
  if (typeof value === 'string') return `kql_get(${owner!.sql}, ${quoteText(`$.${JSON.stringify(value)}`)})`;
  if (typeof value === 'bigint') return `kql_get(${owner!.sql}, '$[${value < 0n ? `#${value}` : value}]')`;
  return key!.type === 'string'
    ? `kql_get_key(${owner!.sql}, ${key!.sql})`
    : `kql_get_index(${owner!.sql}, kql_index_of_key(${key!.sql}))`;
};

const bagPack: SqlTemplate = (args) => `json_object(${args.map((arg) => arg.sql).join(', ')})`;

export const DYNAMIC = scalars([
  {
    name: '[]',
    returns: 'dynamic',
    duckdb: element,
    examples: [
      ['dynamic({"a":{"b":5}}).a.b', '5'],
      ['dynamic([1,2,3])[-1]', '3'],
      ['isnull(dynamic({"a":1}).b)', 'True'],
    ],
  },
  {
    name: 'bag_pack',
    aliases: ['pack', 'pack_dictionary'],
    args: (index) => (index % 2 === 0 ? 'string' : 'dynamic'),
    returns: 'dynamic',
    duckdb: bagPack,
    examples: [['bag_pack("a", 1, "b", "x")', '{"a":1,"b":"x"}']],
  },
  {
    name: 'pack_array',
    args: ['dynamic'],
    returns: 'dynamic',
    duckdb: 'json_array($*)',
    examples: [['pack_array(1, "a", 2.5)', '[1,"a",2.5]']],
  },
  {
    name: 'array_length',
    aliases: ['arraylength'],
    args: ['dynamic'],
    returns: 'long',
    duckdb: "CASE WHEN json_type($1) = 'ARRAY' THEN CAST(json_array_length($1) AS BIGINT) END",
    examples: [
      ['array_length(dynamic([1,2]))', '2'],
      ['isnull(array_length(dynamic({})))', 'True'],
    ],
  },
]);
