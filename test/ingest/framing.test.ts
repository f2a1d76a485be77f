import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { frameCsv } from '../../src/ingest/frame-csv.js';
import { frameJson } from '../../src/ingest/frame-json.js';
import { frameLines, LINE_LIMIT } from '../../src/ingest/frame-lines.js';
import { frame } from './support.js';

const sizes = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 8 });
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('lines', () => {
  test('are the same whatever the chunks', () => {
    const line = fc.string({ unit: fc.constantFrom('a', 'é', '😀', ' ', '\r', '\0', '\u2028') });
    fc.assert(
      fc.property(fc.array(line), fc.constantFrom('\n', '\r\n'), fc.boolean(), sizes, (lines, end, closed, chunks) => {
        const text = lines.join(end) + (closed ? end : '');
        const expected = text
          .split('\n')
          .map((one) => one.replace(/\r$/, ''))
          .filter((one) => one.trim() !== '');
        expect(frame(frameLines, bytes(text), chunks).records).toEqual(expected);
      }),
    );
  });

  test('have numbers, blank ones counted', () => {
    expect(frame(frameLines, bytes('a\n\n  \nb\r\nc'), [2]).lines).toEqual([1, 4, 5]);
  });

  test('too long ones are rejected with their beginning, the others are not lost', () => {
    const long = 'x'.repeat(LINE_LIMIT + 5);
    for (const chunks of [[1 << 16], [1 << 22], [1000, 1 << 20]]) {
      const { records, rejected, lines } = frame(frameLines, bytes(`a\n${long}\nb\n${long}`), chunks);
      expect(records).toEqual(['a', 'b']);
      expect(lines).toEqual([1, 3]);
      expect(rejected.map(({ line, text }) => [line, text.length])).toEqual([
        [2, 65_536],
        [4, 65_536],
      ]);
    }
  });

  test('invalid UTF-8 is replaced', () => {
    expect(frame(frameLines, new Uint8Array([0x61, 0xff, 0x0a, 0xe2, 0x82])).records).toEqual(['a\ufffd', '\ufffd']);
  });
});

describe('JSON', () => {
  const value = fc.oneof(
    fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })),
    fc.array(fc.jsonValue({ maxDepth: 2 })).map((list) => ({ list, n: 1 })),
  );
  const writing = fc.constantFrom<(values: unknown[]) => string>(
    (values) => values.map((one) => JSON.stringify(one)).join('\n'),
    (values) => values.map((one) => JSON.stringify(one, null, 2)).join('\n'),
    (values) => values.map((one) => JSON.stringify(one)).join(''),
    (values) => JSON.stringify(values),
    (values) => JSON.stringify(values, null, '\t'),
    (values) => JSON.stringify({ records: values }),
    (values) => JSON.stringify({ source: 'x', Records: values, n: [1, 2] }, null, 1),
    (values) => `\ufeff${values.map((one) => `\x1e${JSON.stringify(one)}\n`).join('')}`,
  );

  test('gives the same records in every way of writing them, whatever the chunks', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 8 }), writing, sizes, (values, write, chunks) => {
        const { records, rejected } = frame(frameJson, bytes(write(values)), chunks);
        expect(rejected).toEqual([]);
        // what looks like an envelope itself is opened, and needs no generator to be tested
        fc.pre(values.every((one) => Object.keys(one).length !== 1));
        expect(records).toEqual(JSON.parse(JSON.stringify(values)));
      }),
      { numRuns: 400 },
    );
  });

  test('an envelope is handed along, short or long', () => {
    const records = Array.from({ length: 50 }, (_, n) => ({ n, text: 'y'.repeat(20) }));
    const text = JSON.stringify({ id: 'e', records, after: true });
    const short = frame(frameJson, bytes(text), [7]);
    expect(short.records).toEqual(records);
    expect(short.envelopes[0]).toEqual({ id: 'e', after: true });
    const long = frame((sink) => frameJson(sink, { document: 100 }), bytes(`${text}\n{"next":1}`), [7]);
    expect(long.records).toEqual([...records, { next: 1 }]);
    expect(long.envelopes[0]).toEqual({ id: 'e' });
    expect(long.envelopes.at(-1)).toBeUndefined();
  });

  test('a document that is no envelope is one record', () => {
    const list = { list: ['1.1.1.1'], matching_attributes: ['ip-dst'], name: 'x' };
    expect(frame(frameJson, bytes(JSON.stringify(list))).records).toEqual([list]);
    const event = { ...Object.fromEntries('abcdefghijklmnop'.split('').map((name) => [name, 1])), events: [{ a: 1 }] };
    expect(frame(frameJson, bytes(JSON.stringify(event))).records).toEqual([event]);
  });

  test('damage costs only the damaged records', () => {
    const damaged: [string, unknown[], number][] = [
      ['{"a":1}\n{"b":"cut\n{"c":3}\n', [{ a: 1 }, { c: 3 }], 1],
      ['{"a":1}\n{"b":{"x":1}\n{"c":3}\n', [{ a: 1 }, { c: 3 }], 1],
      ['{"a":1}\nhello world\n{"c":3}', [{ a: 1 }, { c: 3 }], 1],
      ['{"a":1}\n{"b" 2}\n{"c":3}', [{ a: 1 }, { c: 3 }], 1],
      ['{"a":1}\n{"b":2]\n{"c":3}', [{ a: 1 }, { c: 3 }], 1],
      ['[{"a":1},\n{"b":"cut\n{"c":3}]', [{ a: 1 }, { c: 3 }], 1],
      ['{"a":1}\n{"b":2', [{ a: 1 }], 1],
      ['[{"a":1},{"b":', [{ a: 1 }], 1],
    ];
    for (const [text, records, rejected] of damaged)
      for (const chunks of [[1], [3], [1000]]) {
        const framed = frame(frameJson, bytes(text), chunks);
        expect(framed.records, text).toEqual(records);
        expect(framed.rejected.length, text).toBe(rejected);
      }
  });

  test('line numbers are those of where a record starts', () => {
    expect(frame(frameJson, bytes('{"a":1}\n\n{\n"b":2\n}\n{"c":3}'), [2]).lines).toEqual([1, 3, 6]);
  });

  test('hostile nesting, endless values and garbage neither hang nor fill the memory', () => {
    const deep = frame(frameJson, bytes(`${'['.repeat(3)}${'{"a":'.repeat(500_000)}`));
    expect(deep.records).toEqual([]);
    expect(deep.rejected.length).toBe(1);
    const mixed = frame(frameJson, bytes(`{"x":${'['.repeat(300)}\n{"ok":1}\n`), [100]);
    expect(mixed.records).toEqual([{ ok: 1 }]);
    const endless = frame(
      (sink) => frameJson(sink, { value: 1000, document: 500 }),
      bytes(`{"a":"${'z'.repeat(5000)}"}\n{"ok":1}`),
      [64],
    );
    expect(endless.records).toEqual([{ ok: 1 }]);
    expect(endless.rejected).toHaveLength(1);
  });

  test('any bytes at all give the same outcome whatever the chunks', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      ':',
      ',',
      '\n',
      ' ',
      '1',
      'a',
      '\\',
      '{"a":1}',
      '\n{"b":2}\n',
      'é',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), sizes, (pieces, chunks) => {
        const text = bytes(pieces.join(''));
        const whole = frame(frameJson, text);
        expect(frame(frameJson, text, chunks)).toEqual(whole);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('CSV', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', ' ', 'é', ';') });
  const quote = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

  test('gives back what RFC 4180 writes, whatever the chunks', () => {
    const row = fc.array(cell, { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(fc.array(row), fc.constantFrom('\n', '\r\n'), fc.boolean(), sizes, (rows, end, closed, chunks) => {
        const text = rows.map((one) => one.map(quote).join(',')).join(end) + (closed ? end : '');
        const { records, rejected } = frame(frameCsv, bytes(text), chunks);
        expect(rejected).toEqual([]);
        expect(records).toEqual(rows);
      }),
      { numRuns: 500 },
    );
  });

  test('lines, blank rows, quotes inside bare cells', () => {
    const { records, lines } = frame(frameCsv, bytes('a,b\r\n\r\n"x\ny",say "hi"\n"q"z,2'), [3]);
    expect(records).toEqual([
      ['a', 'b'],
      ['x\ny', 'say "hi"'],
      ['qz', '2'],
    ]);
    expect(lines).toEqual([1, 3, 5]);
  });

  test('a quote that is never closed costs its own line only', () => {
    const rest = Array.from({ length: 100 }, (_, n) => `${n},row`).join('\n');
    for (const chunks of [[10], [1 << 20]]) {
      const { records, rejected } = frame(frameCsv, bytes(`a,b\n"open,1\n${rest}`), chunks);
      expect(records.length).toBe(101);
      expect(rejected).toMatchObject([{ text: '"open,1', line: 2 }]);
    }
  });
});
