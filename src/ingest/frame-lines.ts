import { isAscii, isUtf8 } from 'node:buffer';
import { byteText } from '../util/byte-text.js';
import { type Framer, KEPT_TEXT, type RecordSink } from './framing.js';

/** Longer lines are rejected: no log writes them, and a file without line breaks must not fill the memory. */
export const LINE_LIMIT = 1_048_576;
const NEWLINE = 10;
const RETURN = 13;
const SPACE = 32;
const TOO_LONG = 'the line is longer than 1 MiB';

/** Most logs are ASCII, which is three times as quick to decode when it is known to be. */
const decode = (bytes: Buffer): string => bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8');

/** Cuts whole lines, the last one without its line break, into records; returns the number of the last line. */
type Cut = (lines: Buffer, line: number) => number;

function textCutter(sink: RecordSink): Cut {
  return (bytes, before) => {
    const text = decode(bytes);
    let line = before;
    for (let start = 0; start <= text.length; ) {
      const found = text.indexOf('\n', start);
      const end = found < 0 ? text.length : found;
      line++;
      const raw = text.slice(start, end);
      start = end + 1;
      const record = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
      if (record.length > LINE_LIMIT / 4 && Buffer.byteLength(record) > LINE_LIMIT)
        sink.reject(record.slice(0, KEPT_TEXT), line, TOO_LONG);
      else if (record.trim() !== '') sink.record(record, line);
    }
    return line;
  };
}

function byteCutter(sink: RecordSink): Cut {
  const record = { source: byteText(Buffer.alloc(0)), start: 0, end: 0 };
  return (lines, before) => {
    const bytes = isUtf8(lines) ? lines : Buffer.from(lines.toString('utf8'));
    record.source = byteText(bytes);
    let line = before;
    for (let start = 0; start <= bytes.length; ) {
      const found = bytes.indexOf(NEWLINE, start);
      const next = found < 0 ? bytes.length : found;
      line++;
      const end = next > start && bytes[next - 1] === RETURN ? next - 1 : next;
      if (end - start > LINE_LIMIT) sink.reject(bytes.toString('utf8', start, start + KEPT_TEXT), line, TOO_LONG);
      else if (!isBlank(bytes, start, end)) {
        record.start = start;
        record.end = end;
        sink.record(record, line);
      }
      start = next + 1;
    }
    return line;
  };
}

function isBlank(bytes: Buffer, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    if (bytes[i]! > 0x7f) return bytes.toString('utf8', i, end).trim() === '';
    if (bytes[i]! > SPACE) return false;
  }
  return true;
}

/** One record a line (LF or CRLF), as text or as a `RawLine`; blank lines are skipped. */
export function frameLines(sink: RecordSink, as: 'text' | 'bytes' = 'text'): Framer {
  const cut = as === 'text' ? textCutter(sink) : byteCutter(sink);
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
        if (carriedBytes > 0) {
          line = cut(Buffer.concat([...carried, chunk.subarray(0, first)]), line);
          from = first + 1;
        }
        if (from <= last) line = cut(chunk.subarray(from, last), line);
      }
      carried = [];
      carriedBytes = 0;
      if (last + 1 < chunk.length) carry(chunk.subarray(last + 1));
    },
    end() {
      if (overlong !== undefined) sink.reject(overlong, line + 1, TOO_LONG);
      else if (carriedBytes > 0) cut(Buffer.concat(carried), line);
    },
  };
}
