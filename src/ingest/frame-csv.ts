import { StringDecoder } from 'node:string_decoder';
import { type Framer, KEPT_TEXT, type RecordSink } from './framing.js';

/** Characters of one record: beyond it a quote was left open. */
const RECORD_LIMIT = 1_048_576;
const QUOTE = 34;
const NEWLINE = 10;
const RETURN = 13;

/**
 * One record a row of RFC 4180: an array of cells. Taken beyond the letter: LF for CRLF, quotes inside bare cells,
 * text behind a closing quote. A row whose quote is never closed is rejected by itself, and reading goes on with the next line.
 */
export function frameCsv(sink: RecordSink, delimiter = ','): Framer {
  const decoder = new StringDecoder('utf8');
  const comma = delimiter.charCodeAt(0);
  let text = '';
  let at = 0;
  let line = 1;

  /** End of a bare cell's text: the next delimiter or line break. */
  const bareEnd = (from: number): number => {
    for (let end = from; end < text.length; end++) {
      const code = text.charCodeAt(end);
      if (code === comma || code === NEWLINE) return end;
    }
    return text.length;
  };

  const next: { end: number; cells: string[] } = { end: 0, cells: [] };

  /** Reads the row that starts at `at` into `next`. */
  const readRow = (final: boolean): 'row' | 'more' | 'open' => {
    const cells: string[] = [];
    let from = at;
    for (;;) {
      let cell = '';
      let rest = from;
      if (text.charCodeAt(from) === QUOTE) {
        for (let start = from + 1; ; ) {
          const quote = text.indexOf('"', start);
          if (quote < 0 || quote - at > RECORD_LIMIT) return text.length - at > RECORD_LIMIT || final ? 'open' : 'more';
          // whether the quote is doubled is known only with the next character
          if (quote + 1 === text.length && !final) return 'more';
          cell += text.slice(start, quote);
          rest = quote + 1;
          if (text.charCodeAt(rest) !== QUOTE) break;
          cell += '"';
          start = rest + 1;
        }
      }
      const end = bareEnd(rest);
      if (end - at > RECORD_LIMIT) return 'open';
      const last = end === text.length;
      if (last && !final) return 'more';
      const newline = text.charCodeAt(end) === NEWLINE || last;
      const bare = text.slice(rest, newline && text.charCodeAt(end - 1) === RETURN && end > rest ? end - 1 : end);
      cells.push(cell === '' ? bare : cell + bare);
      from = end + 1;
      if (newline) {
        next.cells = cells;
        next.end = Math.min(from, text.length);
        return 'row';
      }
    }
  };

  const rejectLine = (): void => {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline;
    sink.reject(
      text.slice(at, Math.min(end, at + KEPT_TEXT)),
      line,
      'a quote is opened and never closed, or the row is longer than 1 MiB',
    );
    at = Math.min(end + 1, text.length);
    line++;
  };

  const run = (final: boolean): void => {
    while (at < text.length) {
      const outcome = readRow(final);
      if (outcome === 'more') break;
      if (outcome === 'open') {
        rejectLine();
        continue;
      }
      const { cells, end } = next;
      if (cells.length > 1 || cells[0]!.trim() !== '') sink.record(cells, line);
      for (
        let newline = text.indexOf('\n', at);
        newline >= 0 && newline < end;
        newline = text.indexOf('\n', newline + 1)
      )
        line++;
      at = end;
    }
    text = text.slice(at);
    at = 0;
  };

  return {
    push(chunk) {
      text += decoder.write(chunk);
      run(false);
    },
    end() {
      text += decoder.end();
      run(true);
    },
  };
}

/** The character that separates cells, by how often each candidate stands in the first line outside quotes. */
export function delimiterOf(firstLine: string): string {
  const bare = firstLine.replace(/"(?:[^"]|"")*"/g, '');
  const counts = [',', ';', '\t', '|'].map((candidate) => ({ candidate, count: bare.split(candidate).length }));
  return counts.reduce((best, other) => (other.count > best.count ? other : best)).candidate;
}
