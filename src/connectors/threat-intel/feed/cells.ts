/** The cells of one line: double quotes around cells, doubled inside, space around the separator dropped. Null when a quote stays open. */
export function cellsOf(line: string, separator: string): string[] | null {
  if (!line.includes('"')) return line.split(separator).map((cell) => cell.trim());
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    while (line[at] === ' ') at++;
    let cell = '';
    if (line[at] === '"') {
      for (at++; ; at++) {
        const quote = line.indexOf('"', at);
        if (quote < 0) return null;
        cell += line.slice(at, quote);
        at = quote + 1;
        if (line[at] !== '"') break;
        cell += '"';
      }
    }
    const end = line.indexOf(separator, at);
    cell += line.slice(at, end < 0 ? undefined : end).trim();
    cells.push(cell);
    if (end < 0) return cells;
    at = end + 1;
  }
}

/** Separators of tables, in the order they are tried. */
export const SEPARATORS = [',', '\t', ';', '|'] as const;
