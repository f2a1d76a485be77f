import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Engine, openEngine } from '../../../engine/engine.js';
import { runQuery } from '../../../engine/query.js';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.store.close());

const UNPACK = `let unpack = (T:(e:long, d:dynamic)) { T | evaluate bag_unpack(d) };
let A = datatable(e:long, d:dynamic)[1, dynamic({"a":1,"b":"x"}), 2, dynamic({"a":2})];
let B = datatable(e:long, d:dynamic)[3, dynamic({"a":1,"c":true})];
`;

async function run(kql: string): Promise<{ columns: string; rows: unknown[][]; warnings: string[] }> {
  const { tables, diagnostics } = await runQuery(engine, kql);
  const { columns, rows } = tables[0]!;
  return {
    columns: columns.map((of) => `${of.name}:${of.type}`).join(' '),
    rows: [...rows],
    warnings: diagnostics.map((of) => of.message),
  };
}

it('unpacks bags inside a function', async () => {
  expect(await run(`${UNPACK} A | invoke unpack() | where a > 1`)).toEqual({
    columns: 'e:long a:long b:string',
    rows: [[2, 2, '']],
    warnings: [],
  });
});

it('gives calls with several tables the columns of all, and says so', async () => {
  expect(await run(`${UNPACK} union (A | invoke unpack()), (B | invoke unpack()) | sort by e asc`)).toEqual({
    columns: 'e:long a:long b:string c:bool',
    rows: [
      [1, 1, 'x', null],
      [2, 2, '', null],
      [3, 1, '', true],
    ],
    warnings: [
      'bag_unpack(d) is applied to several tables: each gets the columns found in any of them, null where it has none.',
    ],
  });
});

it('reads as null what no row has, in the function and behind it', async () => {
  const body = '{ T | evaluate bag_unpack(d) | extend user = tostring(account) }';
  const found = await run(
    `let f = (T:(d:dynamic)) ${body}; datatable(d:dynamic)[dynamic({"a":1})] | invoke f() | extend more = tostring(host)`,
  );
  expect(found.columns).toBe('a:long account:dynamic host:dynamic user:string more:string');
  expect(found.rows).toEqual([[1, null, null, '', '']]);
  expect(found.warnings).toEqual([
    'No row has a property account; it was read as null.',
    'No row has a property host; it was read as null.',
  ]);
});

it('pivots what was unpacked, one after the other', async () => {
  const body =
    "{ T | evaluate bag_unpack(d) | extend Key = tostring(['@Name']), Value = ['#text'] | evaluate pivot(Key, take_any(Value), e) }";
  const found = await run(`let f = (T:(e:long, d:dynamic)) ${body};
    datatable(e:long, d:dynamic)[1, dynamic({"@Name":"u","#text":"ana"}), 1, dynamic({"@Name":"h","#text":"pc"}), 2, dynamic({"@Name":"u","#text":"ben"})]
    | invoke f() | sort by e asc`);
  expect(found).toEqual({
    columns: 'e:long h:string u:string',
    rows: [
      [1, 'pc', 'ana'],
      [2, '', 'ben'],
    ],
    warnings: [],
  });
});

it('pivots to bags', async () => {
  const found = await run(
    'datatable(k:string, v:dynamic)["x", dynamic({"a":1}), "x", dynamic({"b":2})] | evaluate pivot(k, make_bag(v))',
  );
  expect(found.rows).toEqual([[{ a: 1, b: 2 }]]);
});
