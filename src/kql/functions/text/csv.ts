/** A record of delimited text. */
export interface CsvRecord {
  readonly cells: readonly string[];
  /** Whether there is nothing in it, not even quotes. */
  readonly isBlank: boolean;
  /** Where its line break is, or the text's end. */
  readonly end: number;
}

/** The record at an offset of a text (RFC 4180 with any delimiter); quotes inside a quoted cell are doubled. */
export function readCsvRecord(text: string, delimiter = ',', from = 0): CsvRecord {
  const cells: string[] = [];
  let cell = '';
  let [quoted, begun] = [false, false];
  let i = from;
  for (; i < text.length; i++) {
    const char = text[i]!;
    if (quoted) {
      if (char !== '"') cell += char;
      else if (text[i + 1] === '"') {
        cell += '"';
        i++;
      } else quoted = false;
    } else if (char === '"' && cell === '') {
      quoted = true;
      begun = true;
    } else if (char === delimiter) {
      cells.push(cell);
      cell = '';
    } else if (char === '\n' || char === '\r') break;
    else {
      cell += char;
      begun = true;
    }
  }
  return { cells: [...cells, cell], isBlank: cells.length === 0 && !begun, end: i };
}
