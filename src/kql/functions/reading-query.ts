import { scalars } from './registry.js';

/**
 * Functions that read the query rather than values. They have no SQL of their own: lowering puts something else in their
 * place (`lower/special-functions.ts`, `lower/query-functions.ts`).
 */
export const QUERY_READERS = scalars([
  {
    name: 'now',
    examples: [
      ['now()', '2026-01-15T12:00:00.0000000Z'],
      ['now(-1d)', '2026-01-14T12:00:00.0000000Z'],
    ],
  },
  { name: 'ago', examples: [['ago(1h)', '2026-01-15T11:00:00.0000000Z']] },
  {
    name: 'ingestion_time',
    differs: 'The time of the event stands for the time it was taken in.',
    examples: [['isnull(ingestion_time())', 'True']],
  },
  {
    name: 'column_ifexists',
    aliases: ['columnifexists'],
    examples: [
      ['toscalar(print a = 5 | project column_ifexists("a", 0))', '5'],
      ['toscalar(print a = 5 | project column_ifexists("b", 0))', '0'],
    ],
  },
  { name: 'iscolumnexists', examples: [['toscalar(print a = 5 | project iscolumnexists("a"))', 'True']] },
  { name: 'column_names_of', examples: [['column_names_of((print a = 5, b = "x"))', '["a","b"]']] },
  {
    name: 'pack_all',
    examples: [
      ['toscalar(print a = 5, b = "" | project pack_all())', '{"a":5,"b":""}'],
      ['toscalar(print a = 5, b = "" | project pack_all(true))', '{"a":5}'],
    ],
  },
  {
    name: 'bag_pack_columns',
    examples: [['toscalar(print a = 5, b = "x" | project bag_pack_columns(b, a))', '{"b":"x","a":5}']],
  },
  {
    name: 'bin_auto',
    examples: [
      [
        'set query_bin_auto_size = 1h; set query_bin_auto_at = datetime(2017-01-01 00:05); print bin_auto(datetime(2017-01-01 02:00))',
        '2017-01-01T01:05:00.0000000Z',
      ],
      ['set query_bin_auto_size = 5; print bin_auto(12)', '10'],
    ],
  },
  {
    name: 'assert',
    differs: 'A condition that depends on the rows is judged when the first of them is read.',
    examples: [['assert(1 < 2, "one is less than two")', 'True']],
  },
  {
    name: '__cast',
    examples: [
      ['__cast(typeof(long), "5") + 1', '6'],
      ['isnull(__cast(typeof(int), "x"))', 'True'],
    ],
  },
  {
    name: 'database',
    differs: 'The open workspace is the only database: it is called `workspace`.',
    examples: [['toscalar(database("workspace").SecurityEvent | count)', '0']],
  },
  {
    name: 'current_database',
    differs: 'The open workspace is always called `workspace`.',
    examples: [['current_database()', 'workspace']],
  },
  {
    name: 'current_cluster_endpoint',
    differs: 'There is no cluster: the query runs on this machine.',
    examples: [['current_cluster_endpoint()', 'localhost']],
  },
  {
    name: 'current_principal_is_member_of',
    differs: 'There are no groups here: always false.',
    examples: [['current_principal_is_member_of("aadgroup=admins@example.com")', 'False']],
  },
  {
    name: 'current_principal',
    differs: 'The name of the user of this machine.',
    examples: [['isnotempty(current_principal())', 'True']],
  },
  {
    name: 'current_principal_details',
    differs: 'The name of the user of this machine; there is no tenant.',
    examples: [['bag_keys(current_principal_details())', '["UserPrincipalName","DisplayName","Type"]']],
  },
  {
    name: 'extent_id',
    aliases: ['extentid'],
    differs: 'Rows lie in no extents here, for which Kusto gives the empty GUID.',
    examples: [['extent_id()', '00000000-0000-0000-0000-000000000000']],
  },
  { name: 'extent_tags', differs: 'Rows lie in no extents here.', examples: [['extent_tags()', '[]']] },
]);
