import { isAscii } from 'node:buffer';
import { type Framer, KEPT_TEXT, type RecordSink } from './framing.js';

/** Longer lines are rejected: no log writes them, and a file without line breaks must not fill the memory. */
export const LINE_LIMIT = 1_048_576;
const NEWLINE = 10;
const TOO_LONG = 'the line is longer than 1 MiB';

/** Most logs are ASCII, which is three times as quick to decode when it is known to be. */
const decode = (bytes: Buffer): string => bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8');

/** One record a line (LF or CRLF); blank lines are skipped. */
export function frameLines(sink: RecordSink): Framer {
  let carried: Buffer[] = [];
  let carriedBytes = 0;
  let line = 0;
  /** The kept beginning of a line that is too long, while its rest passes by. */
  let overlong: string | undefined;

  const carry = (bytes: Buffer): void => {
    if (overlong === undefined) {
      carried.push(Buffer.from(bytes));
      carriedBytes += bytes.length;
      if (carriedBytes <= LINE_LIMIT) return;
      overlong = Buffer.concat(carried).toString('utf8', 0, KEPT_TEXT);
    }
    carried = [];
    carriedBytes = 0;
  };

  const emit = (raw: string): void => {
    const text = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    if (text.length > LINE_LIMIT / 4 && Buffer.byteLength(text) > LINE_LIMIT)
      sink.reject(text.slice(0, KEPT_TEXT), line, TOO_LONG);
    else if (text.trim() !== '') sink.record(text, line);
  };

  /** Whole lines, the last one without its line break. */
  const lines = (text: string): void => {
    let start = 0;
    for (;;) {
      const end = text.indexOf('\n', start);
      line++;
      if (end < 0) break;
      emit(text.slice(start, end));
      start = end + 1;
    }
    emit(text.slice(start));
  };

  return {
    push(chunk) {
      const first = chunk.indexOf(NEWLINE);
      if (first < 0) return carry(chunk);
      const last = chunk.lastIndexOf(NEWLINE);
      let from = 0;
      if (overlong !== undefined) {
        line++;
        sink.reject(overlong, line, TOO_LONG);
        overlong = undefined;
        from = first + 1;
      }
      if (from <= last) {
        const whole = chunk.subarray(from, last);
        lines(decode(carriedBytes > 0 ? Buffer.concat([...carried, whole]) : whole));
      }
      carried = [];
      carriedBytes = 0;
      if (last + 1 < chunk.length) carry(chunk.subarray(last + 1));
    },
    end() {
      if (overlong !== undefined) sink.reject(overlong, line + 1, TOO_LONG);
      else if (carriedBytes > 0) lines(decode(Buffer.concat(carried)));
    },
  };
}
