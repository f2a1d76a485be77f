import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quoteName } from '../../kql/sql/duckdb/literal.js';
import { openStore, type WritableStore } from './open.js';
import type { Row } from './row.js';
import { withWriter } from './writer.js';

async function write(store: WritableStore, table: string, rows: readonly Row[]): Promise<void> {
  await withWriter(store, async (writer) => {
    const buffer = writer.buffer(table);
    for (const row of rows) buffer.add(row);
    await writer.put({ rows: [buffer.take()], rejected: [], files: [] });
  });
}

async function read(store: WritableStore, table: string, columns = '*'): Promise<Record<string, unknown>[]> {
  const connection = await store.connect();
  const result = await connection.runAndReadAll(
    `SELECT ${columns} FROM ${store.table(table)!.relation} ORDER BY rowid`,
  );
  connection.closeSync();
  return result.getRowObjectsJson();
}

test('any text survives, separators, quotes and zero bytes included', async () => {
  const nasty = fc.oneof(
    fc.string({
      unit: fc.constantFrom(
        '\x1c',
        '\x1d',
        '\x1e',
        '\x1f',
        '\x10',
        'S',
        'D',
        '\x02',
        '\x03',
        '\x05',
        '\x06',
        '\0',
        '\ue0f0',
        '\ue100',
        "'",
        '"',
        '\n',
        'a',
        'é',
        '😀',
      ),
    }),
    fc.string({ unit: 'grapheme' }),
    fc.constant(''),
  );
  const row = fc.record({ A: nasty, B: nasty, C: fc.constantFrom('same', 'x\x1fy') }, { requiredKeys: ['C'] });
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 300 }), async (rows) => {
      const store = await openStore();
      await write(store, 'T_CL', rows);
      const stored = await read(store, 'T_CL');
      const expected = rows.map(({ A = '', B = '', C }) => ({ A, B, C }));
      expect(stored.map(({ A = '', B = '', C }) => ({ A, B, C }))).toEqual(expected);
      await store.close();
    }),
    { numRuns: 60 },
  );
});

test('columns that stay the same, change, go missing or come up late are all right', async () => {
  const cell = fc.constantFrom(undefined, 'one', 'one', 'one', 'two', '10.0.0.1', '2001:db8::1', '10.0.0.0/8');
  const row = fc.record({ SourceIP: cell, Name: cell, Late: cell });
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 40 }), fc.integer({ min: 0, max: 260 }), async (tail, steady) => {
      const head = Array.from({ length: steady }, () => ({ SourceIP: '10.0.0.1', Name: 'one' }));
      const rows: Row[] = [{ Number: 1 }, ...head, ...tail].slice(steady % 2);
      if (rows.length === 0) return;
      const store = await openStore();
      await write(store, 'T_CL', rows);
      const stored = await read(store, 'T_CL');
      const names = ['SourceIP', 'Name', 'Late'] as const;
      expect(stored.map((one) => names.map((name) => one[name] ?? ''))).toEqual(
        rows.map((one) => names.map((name) => one[name] ?? '')),
      );
      const keys = store.table('T_CL')!.addressKeys.get('SourceIP');
      for (const [at, one] of stored.entries()) {
        const text = rows[at]!.SourceIP;
        if (keys?.ipv4) expect(one[keys.ipv4]).toBe(text === '10.0.0.1' ? 0x0a000001 : null);
        if (keys?.ipv6)
          expect(one[keys.ipv6]).toBe(text === '2001:db8::1' ? String(0x20010db8000000000000000000000001n) : null);
      }
      const inexact = rows.some(({ SourceIP }) => SourceIP === '10.0.0.0/8');
      if (keys) expect(keys.exact).toBe(!inexact);
      await store.close();
    }),
    { numRuns: 60 },
  );
});

test('every type goes in as its column wants it, and what does not fit is kept beside it', async () => {
  const store = await openStore();
  await store.createTable('T', {
    TimeGenerated: 'datetime',
    Span: 'timespan',
    Int: 'int',
    Long: 'long',
    Real: 'real',
    Decimal: 'decimal',
    Bool: 'bool',
    Guid: 'guid',
    Dynamic: 'dynamic',
    Text: 'string',
  });
  await write(store, 'T', [
    {
      TimeGenerated: 638355968000000001n,
      Span: 5n,
      Int: 443,
      Long: 9007199254740993n,
      Real: 1.5,
      Decimal: '12.5',
      Bool: true,
      Guid: '{6F9619FF-8B86-D011-B42D-00CF4FC964FF}',
      Dynamic: { a: [1, null] },
      Text: 7,
    },
    {
      TimeGenerated: '11/13/2020, 4:27:16.933 PM',
      Span: '1.02:03:04.5',
      Int: '443.0',
      Long: '0x10',
      Real: '1e3',
      Bool: 'TRUE',
      Dynamic: '{"a":1}',
      Text: { x: 1 },
    },
    { TimeGenerated: 'soon', Int: 'abc', Long: 1.5, Real: 'much', Bool: 'perhaps', Guid: 'no', Dynamic: 'plain' },
    { Int: 2147483648, Long: '9223372036854775808', Dynamic: '{"a":"\\ud800"}' },
  ]);
  const rows = await read(store, 'T');
  expect(rows[0]).toMatchObject({
    TimeGenerated: '638355968000000001',
    Span: '5',
    Int: 443,
    Long: '9007199254740993',
    Real: 1.5,
    Decimal: '12.500000000000000000',
    Bool: true,
    Guid: '6f9619ff-8b86-d011-b42d-00cf4fc964ff',
    Dynamic: '{"a":[1,null]}',
    Text: '7',
    Int_s: '',
  });
  expect(rows[1]).toMatchObject({
    TimeGenerated: '637408816369330000',
    Span: '937845000000',
    Int: 443,
    Long: '16',
    Real: 1000,
    Bool: true,
    Dynamic: '{"a":1}',
    Text: '{"x":1}',
  });
  expect(rows[2]).toMatchObject({
    TimeGenerated: null,
    TimeGenerated_s: 'soon',
    Int: null,
    Int_s: 'abc',
    Long: null,
    Long_s: '1.5',
    Real_s: 'much',
    Bool_s: 'perhaps',
    Guid_s: 'no',
    Dynamic: '"plain"',
  });
  expect(rows[3]).toMatchObject({
    Int_s: '2147483648',
    Long_s: '9223372036854775808',
    Dynamic: JSON.stringify('{"a":"\\ud800"}'),
  });
  await store.close();
});

test('columns no schema knows get the type of their values; names may differ in case alone', async () => {
  const store = await openStore();
  await write(store, 'T_CL', [
    { name: 'a', Name: 'b', count: 1, ratio: 1, mixed: 1, list: [1], flag: false, 'a "b"; --': 'x' },
    { name: 'c', ratio: 0.5, mixed: 'text', count: null, 'Policy Identity': 'y' },
  ]);
  const table = store.table('T_CL')!;
  const types = Object.fromEntries(table.columns.map(({ name, type }) => [name, type]));
  expect(types).toMatchObject({
    name: 'string',
    Name: 'string',
    count: 'long',
    ratio: 'real',
    mixed: 'dynamic',
    list: 'dynamic',
    flag: 'bool',
    'a "b"; --': 'string',
    'Policy Identity': 'string',
  });
  const columns = ['name', 'Name', 'mixed', 'a "b"; --'].map((name) => quoteName(table.physical.get(name)!));
  expect(await read(store, 'T_CL', columns.join(', '))).toEqual([
    { name: 'a', Name$2: 'b', mixed: '1', 'a "b"; --': 'x' },
    { name: 'c', Name$2: '', mixed: '"text"', 'a "b"; --': '' },
  ]);
  await store.close();
});

test('a row of a known table reads as its table, and the views show real times', async () => {
  const store = await openStore();
  await write(store, 'DnsEvents', [
    { TimeGenerated: 638355968000000001n, Type: 'DnsEvents', Name: 'a.example', ClientIP: '10.0.0.1' },
    {},
  ]);
  const table = store.table('DnsEvents')!;
  expect(table.physical.has('Type')).toBe(false);
  expect(table.literals.get('Type')).toBe('DnsEvents');
  expect(await table.rows()).toBe(2);
  expect(await table.timeRange()).toEqual({ first: 638355968000000001n, last: 638355968000000001n });
  const connection = await store.connect();
  const view = await connection.runAndReadAll('SELECT * FROM main."DnsEvents"');
  expect(view.getRowObjectsJson()).toEqual([
    { TimeGenerated: '2023-11-14 22:13:20', Name: 'a.example', ClientIP: '10.0.0.1' },
    { TimeGenerated: null, Name: '', ClientIP: '' },
  ]);
  await write(store, 'DnsEvents', [{ Type: 'Other' }, { Name: 'b.example' }]);
  const types = await connection.runAndReadAll('SELECT Type FROM data."DnsEvents" ORDER BY rowid');
  expect(types.getRows().flat()).toEqual(['DnsEvents', 'DnsEvents', 'Other', 'DnsEvents']);
  await store.close();
});

test('a record that fails midway gives all its rows back', async () => {
  const store = await openStore();
  await withWriter(store, async (writer) => {
    const buffer = writer.buffer('T_CL');
    for (let n = 0; n < 500; n++) {
      const before = buffer.rows;
      buffer.add({ n, text: `row ${n}` });
      if (n % 7 === 3) {
        buffer.add({ n, text: n % 2 ? 'a\x1fb' : 'half' });
        buffer.rollback(before);
      }
    }
    await writer.put({ rows: [buffer.take()], rejected: [], files: [] });
  });
  const rows = await read(store, 'T_CL', 'n, text');
  const kept = Array.from({ length: 500 }, (_, n) => n).filter((n) => n % 7 !== 3);
  expect(rows).toEqual(kept.map((n) => ({ n: String(n), text: `row ${n}` })));
  await store.close();
});

test('a failed batch leaves nothing of itself, and the store goes on', async () => {
  const store = await openStore();
  await write(store, 'T_CL', [{ a: 'kept' }]);
  const failed = withWriter(store, async (writer) => {
    const buffer = writer.buffer('T_CL');
    buffer.add({ a: 'lost', b: 'new column' });
    const taken = buffer.take();
    await writer.put({ rows: [taken], rejected: [], files: [] });
    await writer.put({
      rows: [
        {
          ...taken,
          columns: [taken.columns[0]!, taken.columns[0]!],
        },
      ],
      rejected: [],
      files: [],
    });
    await writer.flush();
  });
  await expect(failed).rejects.toThrow();
  expect(store.table('T_CL')!.columns.map(({ name }) => name)).toEqual(['TimeGenerated', 'a']);
  await write(store, 'T_CL', [{ a: 'after' }]);
  expect(await read(store, 'T_CL', 'a')).toEqual([{ a: 'kept' }, { a: 'after' }]);
  await store.close();
});

test('what is committed never runs ahead of the progress that is recorded', async () => {
  const store = await openStore();
  const reader = await store.connect();
  const file = (records: number) => ({
    id: 1,
    path: 'f',
    size: 1,
    head: 'h',
    fingerprint: 'f',
    connector: 'c',
    target: '',
    status: 'partial' as const,
    records,
    events: records,
    rejected: 0,
    byTable: {},
    note: '',
  });
  await withWriter(store, async (writer) => {
    const first = writer.buffer('A_CL');
    for (let n = 1; n <= 20; n++) {
      first.add({ n });
      const rows = [first.take()];
      // every few batches another table, or another column, is new: a change of shape in the middle of a batch
      if (n % 3 === 0) {
        const other = writer.buffer(`B${n}_CL`);
        other.add({ n });
        rows.push(other.take());
      }
      await writer.put({ rows, rejected: [], files: [file(n)] });
      // the first commit may be done before its table is shown to readers
      if (!store.table('A_CL')) continue;
      const counts = await reader.runAndReadAll(
        `SELECT coalesce((SELECT max(records) FROM trawl.files), 0), (SELECT count(*) FROM data."A_CL")`,
      );
      const [recorded, stored] = counts.getRows()[0]!;
      expect(Number(stored)).toBe(Number(recorded));
    }
  });
  await store.close();
});
