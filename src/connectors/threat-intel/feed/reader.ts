import { type Emit, Reject } from '../../../ingest/connector.js';
import { confidence, jsonText, type Source, TABLE } from '../row.js';
import { cellsOf } from './cells.js';
import { entryRows, type Feed, feedRow } from './entry.js';
import { fieldOf } from './fields.js';
import { guessedLayout, headerLayout, type Layout } from './layout.js';
import { type PlainEntry, plainEntries, withoutComment } from './plain.js';

/** Lines that a quoted cell may go on for. */
const OPEN_LINES = 100;

/** Reads the lines of a list or table of indicators: the number of events a line gave, 0 for comments and headers. */
export function feedReader(source: Source, fileName: string): (line: string, emit: Emit) => number {
  const feed: Feed = {
    source,
    name: fileName
      .replace(/\.(?:gz|zst)$/i, '')
      .replace(/\.(?:txt|csv|tsv|json|list|ipset|netset|dat|hosts|log)$/i, ''),
  };
  let layout: Layout | undefined;
  let begun = false;
  let comment = '';
  let open = '';
  let openLines = 0;

  const entry = ({ separator, header }: Layout, line: string, emit: Emit): number => {
    const cells = cellsOf(line, separator);
    if (!cells) {
      open = `${line}\n`;
      if (++openLines > OPEN_LINES) {
        [open, openLines] = ['', 0];
        throw new Reject('a quote is opened and never closed');
      }
      return 0;
    }
    openLines = 0;
    if (cells.length === header.length && cells.every((cell, at) => cell === header[at])) return 0;
    if (cells.length < 2 && header.length > 2) return plain(line, emit);
    if (cells.length > header.length && cells.slice(header.length).some((cell) => cell !== ''))
      throw new Reject(`${cells.length} cells under ${header.length} column names`);
    const named = Object.fromEntries(header.map((name, at) => [name || `column${at + 1}`, cells[at]]));
    for (const row of entryRows(named, feed)) emit(TABLE, row);
    return 1;
  };

  const plain = (line: string, emit: Emit): number => {
    const entries = plainEntries(line);
    if (!entries) throw new Reject(`not an indicator: '${line.slice(0, 80)}'`);
    for (const item of entries) emit(TABLE, plainRow(item, line));
    return entries.length > 0 ? 1 : 0;
  };

  const plainRow = (item: PlainEntry, line: string) => {
    const row = feedRow(feed, item.value, item.columns);
    row.Description = item.note || comment;
    if (item.score === undefined) return row;
    const score = line[item.value.length] === ';' ? confidence(item.score) : null;
    if (score !== null) row.ConfidenceScore = score;
    else row.AdditionalInformation = jsonText({ score: Number(item.score) });
    return row;
  };

  /** What the first line that is no comment tells: a header, a table without one, or a plain list. */
  const begin = (line: string): 'header' | 'entries' => {
    begun = true;
    const own = headerLayout(line);
    if (own) {
      if (own.header.length > 1) layout = own;
      return 'header';
    }
    const said = headerLayout(comment);
    if (said && said.header.length > 2 && cellsOf(line, said.separator)?.length === said.header.length) layout = said;
    else {
      const guessed = guessedLayout(line);
      const simple = plainEntries(line);
      if (guessed && (!simple || guessed.header.length > 2) && simple?.[0]?.value !== line) layout = guessed;
    }
    // Column names say nothing of an entry.
    if (layout || /\t/.test(comment) || fieldOf(comment)) comment = '';
    return 'entries';
  };

  return (line, emit) => {
    if (open !== '' && layout) {
      const whole = open + line;
      open = '';
      return entry(layout, whole, emit);
    }
    const text = layout ? tableLine(line) : withoutComment(line);
    if (text === null) {
      comment = line.replace(/^[\s#;!/]+/, '').replace(/[-=_*#\s]+$/, '') || comment;
      return 0;
    }
    if (!begun && begin(text) === 'header') return 0;
    return layout ? entry(layout, text, emit) : plain(text, emit);
  };
}

/** A table's line as it is, null for a comment: inside cells `#` is no comment. */
const tableLine = (line: string): string | null =>
  /^\s*(?:#|\/\/)/.test(line) || line.trim() === '' ? null : line.trim();
