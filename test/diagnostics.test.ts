import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkspace, type TrawlError, type Workspace } from '../src/index.js';

/**
 * What people are told of their mistakes, in full: code, message and the part of the query that is pointed at. Messages of the
 * official parser keep its words; hints behind them are ours.
 */
type Mistake = readonly [kql: string, code: string, message: string, place: string | undefined];

const NAMES: readonly Mistake[] = [
  [
    'CommonSecurityLogs | take 1',
    'KS204',
    "The name 'CommonSecurityLogs' does not refer to any known table, tabular variable or function. Did you mean CommonSecurityLog?",
    'CommonSecurityLogs',
  ],
  [
    'dnsevents | take 1',
    'KS204',
    "The name 'dnsevents' does not refer to any known table, tabular variable or function. Did you mean DnsEvents?",
    'dnsevents',
  ],
  [
    'union DnsEvents, DeviceNetworkEvent | count',
    'KS204',
    "The name 'DeviceNetworkEvent' does not refer to any known table, tabular variable or function. Did you mean DeviceNetworkEvents?",
    'DeviceNetworkEvent',
  ],
  [
    "table('DnsEvent') | count",
    'KS204',
    "The name 'DnsEvent' does not refer to any known table, tabular variable or function. Did you mean DnsEvents?",
    "'DnsEvent'",
  ],
  [
    "DnsEvents | where ClientIp == '10.0.0.1'",
    'KS142',
    "The name 'ClientIp' does not refer to any known column, table, variable or function. Did you mean ClientIP?",
    'ClientIp',
  ],
  [
    'DnsEvents | project Nmae, TimeGenerated, QueryTyp',
    'KS142',
    "The name 'Nmae' does not refer to any known column, table, variable or function. Did you mean Name?\nKS142: The name 'QueryTyp' does not refer to any known column, table, variable or function. Did you mean QueryType?",
    'Nmae',
  ],
  [
    'let limit_ = 3; DnsEvents | take limt_',
    'KS142',
    "The name 'limt_' does not refer to any known column, table, variable or function. Did you mean limit_?",
    'limt_',
  ],
  [
    'DnsEvents | summarize dcount(Nam) by ClientIP',
    'KS142',
    "The name 'Nam' does not refer to any known column, table, variable or function. Did you mean Name?",
    'Nam',
  ],
  [
    'DnsEvents | where isnotempt(Name)',
    'KS211',
    "The name 'isnotempt' does not refer to any known function. Did you mean isnotempty?",
    'isnotempt',
  ],
  [
    'DnsEvents | summarize cuont() by ClientIP',
    'KS211',
    "The name 'cuont' does not refer to any known function. Did you mean count or dcount?",
    'cuont',
  ],
  [
    'DnsEvents | where Contoso_IsBad(Name)',
    'KS211',
    "The name 'Contoso_IsBad' does not refer to any known function.",
    'Contoso_IsBad',
  ],
  [
    'DnsEvents | evaluate bagunpack(Name)',
    'KS124',
    "The plug-in function 'bagunpack' is not defined. Did you mean bag_unpack?",
    'bagunpack',
  ],
  [
    'DnsEvents | project-awy Name',
    'KS142',
    "The name 'awy' does not refer to any known column, table, variable or function. Did you mean project-away?",
    'awy',
  ],
  [
    'DnsEvents | join CommonSecurityLog on ClientIP',
    'KS145',
    "The column 'ClientIP' must exist on both sides of the join. The right side has no column ClientIP: compare two of different names, as in on $left.ClientIP == $right.COLUMN.",
    'ClientIP',
  ],
  [
    'DnsEvents | join CommonSecurityLog on SourceIP',
    'KS145',
    "The column 'SourceIP' must exist on both sides of the join. The left side has no column SourceIP: compare two of different names, as in on $left.COLUMN == $right.SourceIP.",
    'SourceIP',
  ],
  [
    'DnsEvents | serialize | extend x = prev(Nmae)',
    'KS142',
    "The name 'Nmae' does not refer to any known column, table, variable or function. Did you mean Name?",
    'Nmae',
  ],
  [
    'DnsEvents | count | project TimeGenerated',
    'KS142',
    "The name 'TimeGenerated' does not refer to any known column, table, variable or function. The columns here are Count.",
    'TimeGenerated',
  ],
  [
    "workspace('other').DnsEvents | take 1",
    'KS211',
    "The name 'workspace' does not refer to any known function. Queries read the open workspace only: leave workspace(…) out, and ingest what it stands for.",
    'workspace',
  ],
  [
    "DnsEvents | extend ['a b'] = 1 | project a b",
    'KS142',
    "The name 'a' does not refer to any known column, table, variable or function.",
    'a',
  ],
];

const SYNTAX: readonly Mistake[] = [
  ['DnsEvents | sumarize count()', 'KS176', 'Query operator expected. Did you mean summarize?', 'sumarize'],
  ['DnsEvents | mv-expnd Name', 'KS176', 'Query operator expected. Did you mean mv-expand?', 'mv'],
  ['DnsEvents | group by ClientIP', 'KS176', 'Query operator expected. Did you mean summarize … by …?', 'group'],
  ['DnsEvents | select Name', 'KS176', 'Query operator expected. Did you mean project?', 'select'],
  [
    "DnsEvents where Name == 'x'",
    'KS005',
    'Expected: ; (an operator begins behind a |: put one before where)',
    'where',
  ],
  [
    'DnsEvents | sort by Name limit 5',
    'KS005',
    'Expected: , (an operator begins behind a |: put one before limit)',
    'limit',
  ],
  [
    'SELECT Name FROM DnsEvents',
    'KS142',
    'The name \'SELECT\' does not refer to any known column, table, variable or function. KQL is not SQL: it begins with the table, as in DnsEvents | where Name has "example" | project TimeGenerated, ClientIP.',
    'SELECT',
  ],
  ["DnsEvents | where Name == 'a' && QueryType == 1", 'KS002', 'Unexpected: & (KQL writes and)', '&'],
  ["DnsEvents | where Name conains 'x'", 'KS005', 'Expected: ; (did you mean contains?)', 'conains'],
  ["DnsEvents | where Name == 'x", 'KS001', "Missing: ' (a text is begun and not ended)", ''],
  ['let n = 5 DnsEvents | take n', 'KS005', 'Expected: ; (a let ends with a ;)', 'DnsEvents'],
  ["DnsEvents | where (Name == 'x'", 'KS005', 'Expected: )', ''],
  ['DnsEvents | top 5 Name', 'KS005', 'Expected: by', 'Name'],
  [
    'DnsEvents | join kind=lefouter (CommonSecurityLog) on Computer',
    'KS005',
    'Expected one of: inner, fullouter, innerunique, leftanti, leftantisemi, anti, leftouter, leftsemi, rightanti, rightantisemi, rightouter, rightsemi (did you mean leftouter?)',
    'lefouter',
  ],
  ['print', 'KS006', 'Missing expression', ''],
  [
    'DnsEvents | render nosuchchart',
    'KS005',
    'Expected one of: table, list, barchart, piechart, ladderchart, timechart, linechart, anomalychart, pivotchart, areachart, stackedareachart, scatterchart, timepivot, columnchart, timeline, 3Dchart, card, treemap, plotly, graph, sankey',
    'nosuchchart',
  ],
  ['DnsEvents | as', 'KS006', 'Missing name', ''],
];

const TYPES: readonly Mistake[] = [
  [
    'DnsEvents | where QueryType = 1',
    'KS141',
    'The expression must have the type bool. KQL compares with ==.',
    'QueryType = 1',
  ],
  [
    'DnsEvents | where Name > 5',
    'KS106',
    "The operator '>' is not defined for the operand types string and long.",
    '>',
  ],
  [
    'DnsEvents | extend x = Name + 1',
    'KS106',
    "The operator '+' is not defined for the operand types string and long.",
    '+',
  ],
  ['DnsEvents | extend x = strcat()', 'KS120', "The function 'strcat' expects between 1 and 64 arguments.", 'strcat'],
  ["DnsEvents | where TimeGenerated > ago('1d')", 'KS107', 'A value of type timespan expected.', "'1d'"],
];

/** What Trawl refuses by itself. */
const OWN: readonly Mistake[] = [
  [
    "DnsEvents | extend x = extract('(', 1, Name)",
    'bad-argument',
    '(: not a regular expression: a ( without its )',
    undefined,
  ],
  [
    "DnsEvents | where Name matches regex '[a'",
    'bad-argument',
    '[a: not a regular expression: a [ without its ]',
    undefined,
  ],
  ['print x = datetime(2026-13-01)', 'bad-argument', 'datetime(2026-13-01): not a datetime', 'datetime(2026-13-01)'],
  [
    'DnsEvents | extend x = prev(Name)',
    'bad-argument',
    'prev: the rows must be serialized: put sort by or serialize before it',
    'prev(Name)',
  ],
  [
    "print x = 1 | evaluate python(typeof(*), 'x')",
    'needs-cloud',
    'the plugin python needs a service outside this machine: write the computation in KQL, or run Python on the exported result (trawl query --format parquet)',
    "python(typeof(*), 'x')",
  ],
  [
    "print x = 1 | evaluate http_request('https://example.net')",
    'needs-cloud',
    'the plugin http_request needs a service outside this machine: fetch the page yourself and ingest what it holds as a table',
    "http_request('https://example.net')",
  ],
  [
    'print x = 1 | evaluate preview(1) | count',
    'bad-argument',
    'preview: it gives several tables, so it must be the last operator of its query',
    'preview(1)',
  ],
  ['print x = 1 | evaluate basket(2)', 'bad-argument', 'basket: it takes a number from 0.015 to 1 here', '2'],
  [
    "externaldata(a:string)['https://example.net/a.csv']",
    'unsupported',
    'externaldata of https://example.net/a.csv is not supported yet: a query reads no files and no network unless it is told where its data lie; ingest them, or say so (--external)',
    "'https://example.net/a.csv'",
  ],
  [
    "cluster('help').database('Samples').StormEvents | take 1",
    'unsupported',
    "cluster('help').database('Samples') is not supported yet: queries read the open workspace only",
    "cluster('help').database('Samples').StormEvents",
  ],
  [
    '.show tables',
    'unsupported',
    'the management command .show tables is not supported yet: trawl tables lists tables, trawl functions saved functions',
    '.show tables',
  ],
  [
    "print assert(1 > 2, 'one is less')",
    'query-failed',
    'The query failed while running: assert() has failed with message: one is less',
    undefined,
  ],
  [
    'restrict access to (DnsEvents); DnsEvents',
    'unsupported',
    'restrict access is not supported yet: a workspace belongs to whoever can open its folder',
    'restrict access to (DnsEvents)',
  ],
];

/** What is said of queries that run. */
const WARNINGS: readonly (readonly [kql: string, messages: readonly string[]])[] = [
  [
    "_GetWatchlist('Servers') | count",
    [
      "There is no watchlist 'Servers' in this workspace, so _GetWatchlist gave no rows: import one with trawl watchlist import FILE.csv --alias 'Servers' --search-key COLUMN.",
    ],
  ],
  [
    'DnsEvents | invoke FileProfile(Name)',
    [
      'FileProfile() added empty columns: prevalence, signer and reputation of files are in Microsoft Defender only. Conditions on them match no row, or every row if they ask for missing values.',
    ],
  ],
  [
    'print bag = dynamic({"a":1}) | evaluate bag_unpack(bag) | project a, b',
    ['No row has a property b; it was read as null.'],
  ],
  [
    "DnsEvents | where ipv4_is_match(ClientIP, dynamic(['10.0.0.0/8']))",
    [
      'ipv4_is_match takes one range in Sentinel; a list of ranges was matched with ipv4_is_in_any_range (ipv6_is_in_any_range when it holds IPv6 ranges).',
    ],
  ],
];

let workspace: Workspace;
beforeAll(async () => {
  workspace = await openWorkspace();
});
afterAll(() => workspace.close());

describe.each([
  ['names that are not known', NAMES],
  ['syntax', SYNTAX],
  ['types', TYPES],
  ['refusals of our own', OWN],
])('%s', (_title, mistakes) => {
  it.each(mistakes)('%s', async (kql, code, message, place) => {
    const error = (await workspace.query(kql).then(
      () => undefined,
      (thrown: unknown) => thrown,
    )) as TrawlError | undefined;
    const { span } = error ?? {};
    expect([error?.code, error?.message, span && kql.slice(span.start, span.start + span.length)]).toEqual([
      code,
      message,
      place,
    ]);
  });
});

describe('warnings', () => {
  it.each(WARNINGS)('%s', async (kql, messages) => {
    const { diagnostics } = await workspace.query(kql);
    expect(diagnostics.map((of) => of.message)).toEqual(messages);
  });
});
