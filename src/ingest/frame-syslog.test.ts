import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameSyslog, type SyslogFramer } from './frame-syslog.js';

interface Framed {
  readonly messages: string[];
  readonly resynchronised: number;
  readonly cut: number;
}

type Use = (framer: SyslogFramer, messages: string[]) => void;

function framed(use: Use, limit?: number): Framed {
  const messages: string[] = [];
  const framer = frameSyslog((bytes, start, end) => messages.push(bytes.toString('utf8', start, end)), limit);
  use(framer, messages);
  return { messages, ...framer.counts };
}

const whole = (text: string | Buffer, limit?: number): Framed =>
  framed((framer) => {
    framer.push(Buffer.from(text));
    framer.end();
  }, limit);

const split = (bytes: Buffer, cuts: readonly number[], limit?: number): Framed =>
  framed((framer) => {
    const places = [...cuts.map((cut) => cut % (bytes.length + 1)), 0, bytes.length].sort((a, b) => a - b);
    // a copy that is spoilt afterwards: nothing may be read from a chunk later on
    for (let i = 1; i < places.length; i++) {
      const chunk = Buffer.from(bytes.subarray(places[i - 1], places[i]));
      framer.push(chunk);
      chunk.fill('#');
    }
    framer.end();
  }, limit);

const counted = (message: string): string => `${Buffer.byteLength(message)} ${message}`;

describe('frameSyslog', () => {
  it('cuts at line feeds, CRLF and NUL', () => {
    expect(whole('<34>one\n<34>two\r\n<34>three\0<34>four\n\n\r\n  \nfive').messages).toEqual([
      '<34>one',
      '<34>two',
      '<34>three',
      '<34>four',
      'five',
    ]);
  });

  it('cuts by octet counts', () => {
    const two = '<34>1 - host app - - - first line\nsecond line';
    const { messages, resynchronised } = whole(
      `${counted('<34>one') + counted(two) + counted('<34>ünï\n')}<34>plain\n`,
    );
    expect(messages).toEqual(['<34>one', two, '<34>ünï', '<34>plain']);
    expect(resynchronised).toBe(0);
  });

  it('takes a line feed behind a counted message', () => {
    const text = ['<34>one', '<34>two'].map((message) => `${counted(message)}\r\n`).join('');
    expect(whole(text)).toEqual({ messages: ['<34>one', '<34>two'], resynchronised: 0, cut: 0 });
  });

  it('takes counts before messages without a priority, when they are right', () => {
    expect(whole(`${counted('Jan  5 10:00:00 host a')}\n${counted('Jan  5 10:00:00 host bc')}\n`).messages).toEqual([
      'Jan  5 10:00:00 host a',
      'Jan  5 10:00:00 host bc',
    ]);
    expect(whole(counted('one more') + counted('another')).messages).toEqual(['one more', 'another']);
    expect(whole('2024 Jan 5 host a\n12 monkeys came by\n').messages).toEqual([
      '2024 Jan 5 host a',
      '12 monkeys came by',
    ]);
  });

  it('finds the next message when a count is too small', () => {
    const { messages, resynchronised } = whole('5 <34>one is longer3 <35>two too\n7 <36>six6 <37>xy\n');
    expect(messages.join('')).toBe('<34>one is longer<35>two too<36>six<37>xy');
    expect(messages.slice(-3)).toEqual(['<35>two too', '<36>six', '<37>xy']);
    expect(resynchronised).toBeGreaterThan(0);
  });

  it('counts of characters instead of bytes cost one message its end, and then nothing', () => {
    const messages = ['<34>lösung', '<34>länge', '<34>breite', '<34>höhe'];
    expect(whole(messages.map((message) => `${message.length} ${message}`).join(''))).toEqual({
      messages: ['<34>lösun', 'g', '<34>länge', '<34>breite', '<34>höhe'],
      resynchronised: 3,
      cut: 0,
    });
  });

  it('finds the next message when a count is too large', () => {
    expect(whole('70 <34>one\n8 <35>two\n<36>three\n').messages).toEqual(['<34>one', '<35>two', '<36>three']);
    expect(whole('9 <34>one\n9 <35>two\n9 <36>six\n').messages).toEqual(['<34>one', '<35>two', '<36>six']);
    expect(whole('99999999 <34>one\n<35>two\n').messages).toEqual(['<34>one', '<35>two']);
  });

  it('believes a count over lines that look like messages, when a message begins behind it', () => {
    const inner = '<34>a report:\n<35>quoted line\nend';
    expect(whole(counted(inner) + counted('<36>next')).messages).toEqual([inner, '<36>next']);
  });

  it('does not take a count that cannot hold its priority', () => {
    expect(whole('2 <34>one\n').messages).toEqual(['<34>one']);
  });

  it('cuts what is too long, at a character, and goes on behind it', () => {
    expect(whole(`<34>${'é'.repeat(20)}\n<35>two\n`, 15)).toEqual({
      messages: [`<34>${'é'.repeat(5)}`, '<35>two'],
      resynchronised: 0,
      cut: 1,
    });
    expect(whole(`${counted(`<34>${'x'.repeat(50)}\ny`)}${counted('<35>two')}`, 15)).toEqual({
      messages: ['<34>xxxxxxxxxxx', '<35>two'],
      resynchronised: 0,
      cut: 1,
    });
    expect(whole(`5000 <34>${'x'.repeat(50)}\n${counted('<35>two')}`, 15).messages).toEqual([
      '<34>xxxxxxxxxxx',
      '<35>two',
    ]);
  });

  it('keeps bounded memory on a line that never ends', () => {
    const chunk = Buffer.alloc(65_536, 'x');
    const { messages, cut } = framed((framer) => {
      for (let i = 0; i < 2000; i++) framer.push(chunk);
      framer.push(Buffer.from('\n<34>next\n'));
    }, 100_000);
    expect(messages.map((message) => message.length)).toEqual([100_000, 8]);
    expect(cut).toBe(1);
  });

  it('gives a counted message at once, and after a wrong count when the sender is quiet', () => {
    framed((framer, messages) => {
      framer.push(Buffer.from(counted('<34>one')));
      expect(messages).toHaveLength(1);
      framer.push(Buffer.from('5 <34>two'));
      framer.idle();
      framer.push(Buffer.from(counted('<34>three')));
      expect(messages).toEqual(['<34>one', '<34>t', 'wo']);
      framer.idle();
      expect(messages).toEqual(['<34>one', '<34>t', 'wo', '<34>three']);
      framer.push(Buffer.from('900 <34>four\n<34>fi'));
      framer.idle();
      expect(messages).toHaveLength(5);
    });
  });

  const piece = fc.oneof(
    fc.constantFrom('\n', '\r\n', '\0', ' ', '<34>', '<191>', '<192>', '<', '12 <3', '7 ', '07 <34>x', '1 - -', '\r'),
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.string({ maxLength: 30 }).map((text) => counted(`<34>${text}`)),
    fc
      .tuple(fc.string({ maxLength: 30 }), fc.integer({ min: -9, max: 40 }))
      .map(([text, wrong]) => `${Math.max(0, text.length + wrong)} <3>${text}\n`),
    fc.string({ maxLength: 30 }).map((text) => counted(text)),
    fc.integer({ min: 0, max: 300 }).map((count) => 'x'.repeat(count)),
  ); // prettier-ignore

  it('gives the same messages wherever the chunks end', () => {
    const stream = fc.array(piece, { maxLength: 30 }).map((pieces) => Buffer.from(pieces.join('')));
    fc.assert(
      fc.property(
        stream,
        fc.array(fc.nat(), { maxLength: 30 }),
        fc.constantFrom(20, 64, 1000),
        (bytes, cuts, limit) => {
          const expected = whole(bytes, limit);
          expect(split(bytes, cuts, limit)).toEqual(expected);
          const each = Array.from({ length: bytes.length }, (_, i) => i);
          expect(split(bytes, each, limit)).toEqual(expected);
          for (const message of expected.messages) expect(Buffer.byteLength(message)).toBeLessThanOrEqual(limit * 3);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('gives every message of a right stream, framed either way', () => {
    const text = fc.string({ unit: 'binary', maxLength: 60 }).map((rest) => `<13>${rest.replace(/[\0\r\n]/g, '')}x`);
    fc.assert(
      fc.property(fc.array(fc.tuple(text, fc.constantFrom('count', '\n', '\r\n', '\0'))), (sent) => {
        const stream = sent.map(([message, how]) => (how === 'count' ? counted(message) : message + how)).join('');
        expect(whole(stream)).toEqual({ messages: sent.map(([message]) => message), resynchronised: 0, cut: 0 });
      }),
    );
  });
});
