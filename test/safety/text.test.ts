import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openWorkspace, type Workspace } from '../../src/index.js';
import { hazard, QUOTINGS, quoted } from './hazards.js';

/** Whatever a text literal holds, it is that text to the end of the query, and the query is one SELECT. */
let workspace: Workspace;
beforeAll(async () => {
  workspace = await openWorkspace();
  await workspace.createTable('Secrets', { secret: 'string' });
});
afterAll(async () => {
  expect(workspace.tables().map((of) => of.name)).toEqual(['Secrets']);
  await workspace.close();
});

const rowsOf = async (kql: string): Promise<unknown[][]> => (await workspace.query(kql)).tables[0]!.rows;

it.each(Object.entries(QUOTINGS))('%s', async (_name, quoting) => {
  await fc.assert(
    fc.asyncProperty(hazard, async (text) => {
      const literal = quoting(text);
      fc.pre(literal !== undefined);
      expect(await rowsOf(`print a = ${literal}, b = strcat(${literal}, "|"), c = 1`)).toEqual([[text, `${text}|`, 1]]);
    }),
    { numRuns: 25 },
  );
});

/** Queries in which a text stands, `?` for its literal, and the rows they give. */
const PLACES: Readonly<Record<string, readonly [kql: string, rows: (text: string) => unknown[][]]>> = {
  'a cell of a table': ['datatable(x:string, n:long)[?, 1, "after", 2] | where n <= 2', (text) => [[text, 1], ['after', 2]]],
  'a condition': ['datatable(x:string)[?, "after"] | where x == ?', (text) => (text === 'after' ? [[text], [text]] : [[text]])],
  'a list': ['datatable(x:string)[?, "after"] | where x in (?, "other")', (text) => [[text]]],
  'tables within tables': [
    'let T = datatable(x:string)[?]; T | join kind=inner (T | union (print x = ?) | summarize n = count() by x) on x | project x, n',
    (text) => [[text, 2]],
  ],
  'a materialized table': ['let T = materialize(print x = ?); union T, T', (text) => [[text], [text]]],
  'a let': ['let t = ?; let f = (s:string) { strcat(s, t) }; print f(?)', (text) => [[text + text]]],
  'a dynamic value': ['print d = dynamic({"a": [?]}), e = dynamic(?)', (text) => [[{ a: [text] }, text]]],
  'a property': ['print d = dynamic({?: 1}), e = dynamic({?: 1})[?]', (text) => [[bag(text, 1), 1]]],
  'a property of a bag of a column': ['print d = bag_pack(?, 1) | extend e = d[?]', (text) => [[bag(text, 1), 1]]],
  'parse_json of a json text': ['print d = parse_json(tostring(bag_pack("k", ?))).k', (text) => [[text]]],
  'a search': [
    'print x = strcat("<", ?, ">") | project a = x contains_cs ?, b = indexof(x, ?) >= 0, c = replace_string(x, ?, "") == "<>", d = countof(x, ?) > 0',
    () => [[true, true, true, true]],
  ],
  'a replacement': ['print replace_string("a-b", "-", ?)', (text) => [[`a${text}b`]]],
  'a part': ['print split(strcat("a", ?, "b"), ?)', (text) => [[`a${text}b`.split(text)]]],
  'a pattern of parse': ['print x = strcat("1", ?, "2") | parse x with a:long ? b:long | project a, b', () => [[1, 2]]],
  'a choice': ['print iff(1 == 1, ?, "no"), case(1 == 2, "no", ?), coalesce("", ?)', (text) => [[text, text, text]]],
  'a default of a window': ['print n = "1" | serialize x = prev(n, 1, ?)', (text) => [['1', text]]],
  'an aggregate': [
    'datatable(x:string)[?] | summarize a = make_list(x), b = max(x), c = take_any(x), d = countif(x == ?), e = make_bag(bag_pack(x, x))',
    (text) => [[[text], text, text, 1, bag(text, text)]],
  ],
  'a path of extract_json': ['print extract_json("$.a", tostring(bag_pack("a", ?)))', (text) => [[text]]],
  'a bag with one more key': ['print d = bag_set_key(dynamic({}), ?, 1), e = bag_remove_keys(bag_pack(?, 1, "k", 2), dynamic([?])), f = bag_keys(bag_pack(?, 1)), g = bag_has_key(bag_pack(?, 1), ?)', (text) => [[bag(text, 1), { k: 2 }, [text], true]]],
  'elements': ['print d = bag_pack(?, ?) | mv-expand d | mv-expand kind=array d | mv-apply e = d on (project e) | project e', (text) => [[text], [text]]],
}; // biome-ignore format: a table

const bag = (key: string, value: unknown): object => Object.fromEntries([[key, value]]);

it.each(Object.entries(PLACES))('%s', async (_name, [kql, rows]) => {
  await fc.assert(
    fc.asyncProperty(hazard, async (text) => {
      const found = await rowsOf(kql.replaceAll('?', () => quoted(text)));
      expect(found).toEqual(rows(text));
    }),
    { numRuns: 12 },
  );
});
