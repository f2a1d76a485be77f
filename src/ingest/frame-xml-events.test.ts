import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameXmlEvents } from './frame-xml-events.js';

interface Framed {
  readonly records: [unknown, number][];
  readonly rejected: [string, number, string][];
}

function framed(bytes: Buffer, cuts: readonly number[] = [], limit?: number): Framed {
  const result: Framed = { records: [], rejected: [] };
  const framer = frameXmlEvents(
    {
      record: (record, line) => result.records.push([record, line]),
      reject: (text, line, reason) => result.rejected.push([text, line, reason]),
    },
    limit,
  );
  const places = [...cuts.map((cut) => cut % (bytes.length + 1)), 0, bytes.length].sort((a, b) => a - b);
  for (let i = 1; i < places.length; i++) framer.push(bytes.subarray(places[i - 1], places[i]));
  framer.end();
  return result;
}

const of = (text: string, limit?: number): Framed => framed(Buffer.from(text), [], limit);

describe('frameXmlEvents', () => {
  it('takes events from a document, over lines and side by side', () => {
    const text =
      '\uFEFF<?xml version="1.0"?>\n<Events>\n<Event xmlns="x">\n<a/>\n</Event><Event>ü</Event>\n</Events>\n';
    expect(of(text)).toEqual({
      records: [
        ['<Event xmlns="x">\n<a/>\n</Event>', 3],
        ['<Event>ü</Event>', 5],
      ],
      rejected: [],
    });
  });

  it('passes over a syslog header before an event', () => {
    expect(
      of('Jun 11 10:00:00 h sysmon: <Event>1</Event>\nJun 11 10:00:00 h sysmon: <Event>2</Event>').records,
    ).toEqual([
      ['<Event>1</Event>', 1],
      ['<Event>2</Event>', 2],
    ]);
  });

  it('rejects an event without an end, and other text', () => {
    expect(of('<Event>1\n<Event>2</Event>\nnonsense\n\n<!-- a\ncomment -->\n<Event>3')).toEqual({
      records: [['<Event>2</Event>', 2]],
      rejected: [
        ['<Event>1\n', 1, 'the event has no end'],
        ['nonsense', 3, 'not an <Event> element'],
        ['<Event>3', 7, 'the event has no end'],
      ],
    });
  });

  it('rejects what is too long, in bounded memory', () => {
    const { records, rejected } = of(`<Event>${'x'.repeat(500)}</Event><Event>1</Event>`, 100);
    expect(records).toEqual([['<Event>1</Event>', 1]]);
    expect(rejected).toHaveLength(1);
    const chunk = Buffer.alloc(65_536, 'x');
    let count = 0;
    const framer = frameXmlEvents({ record: () => {}, reject: () => count++ }, 100_000);
    framer.push(Buffer.from('<Event>'));
    for (let i = 0; i < 500; i++) framer.push(chunk);
    framer.push(Buffer.from('</Event>'));
    framer.end();
    expect(count).toBe(1);
  });

  it('is not slowed down by what never ends', () => {
    const began = performance.now();
    for (const part of ['<!--', '<?', '<Events ', '<Event ', '</Event>', '<'])
      of(part.repeat(Math.floor(400_000 / part.length)));
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  it('gives the same records wherever the chunks end', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '<Event>',
        '<Event a="ü">',
        '</Event>',
        '<Events>',
        '</Events>',
        '\n',
        '<!--',
        '-->',
        '<?xml?>',
        '<Ev',
        'x',
        '\uFEFF',
      ),
      fc.string({ maxLength: 8 }),
      fc.string({ maxLength: 8 }).map((text) => `<Event>${text}</Event>`),
    ); // prettier-ignore
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), fc.array(fc.nat(), { maxLength: 20 }), (pieces, cuts) => {
        const bytes = Buffer.from(pieces.join(''));
        const each = Array.from({ length: bytes.length }, (_, i) => i);
        for (const limit of [20, 1000]) {
          const expected = framed(bytes, [], limit);
          expect(framed(bytes, cuts, limit)).toEqual(expected);
          expect(framed(bytes, each, limit)).toEqual(expected);
        }
      }),
      { numRuns: 150 },
    );
  });
});
