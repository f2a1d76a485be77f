/** Nesting beyond this is refused: no log nests so, and deep values break the recursion of whoever reads them. */
const DEPTH_LIMIT = 200;
const OBJECT = 123;
const ARRAY = 91;

/** Where an array property of the outermost object began. */
export interface ListPosition {
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly open: number;
  readonly line: number;
}

/** Finds where a JSON value ends, without parsing it; can be stopped and continued when more text is there. */
export class JsonScanner {
  /** The array property of the outermost object that the scan is in. */
  list: ListPosition | undefined;
  private readonly open: number[] = [];
  private inString = false;
  private stringStart = 0;
  private name: { start: number; end: number } = { start: 0, end: 0 };

  constructor(
    public at: number,
    public line: number,
  ) {}

  /** A scanner that is already inside an object, as if its bracket had been passed. */
  static insideObject(): JsonScanner {
    const scanner = new JsonScanner(0, 0);
    scanner.open.push(OBJECT);
    return scanner;
  }

  startAt(at: number, line: number): void {
    this.at = at;
    this.line = line;
  }

  /** The text lost its first characters. */
  shift(by: number): void {
    this.at -= by;
    this.stringStart -= by;
    this.name = { start: this.name.start - by, end: this.name.end - by };
    const { list } = this;
    if (list) this.list = { ...list, nameStart: list.nameStart - by, nameEnd: list.nameEnd - by, open: list.open - by };
  }

  /** The line of a position before the scan's own, not far back. */
  lineAt(text: string, position: number): number {
    let { line } = this;
    for (let at = this.at - 1; at >= position; at--) if (text.charCodeAt(at) === 10) line--;
    return line;
  }

  /**
   * Scans up to `limit`.
   * @returns 'end' with `at` behind the value, 'more' when it goes on, or why this cannot be JSON
   */
  scan(text: string, limit: number): 'end' | 'more' | string {
    while (this.at < limit) {
      if (this.inString) {
        const problem = this.passString(text, limit);
        if (problem) return problem;
        if (this.inString) return 'more';
        if (this.open.length === 0) return 'end';
        continue;
      }
      const code = text.charCodeAt(this.at);
      if (code === 34) {
        this.inString = true;
        this.stringStart = this.at;
      } else if (code === OBJECT || code === ARRAY) {
        const problem = this.passOpening(text, code);
        if (problem) return problem;
      } else if (code === 125 || code === 93) {
        if (this.open.pop() !== code - 2) return 'a bracket is closed that was not opened';
        if (this.open.length === 1) this.list = undefined;
        if (this.open.length === 0) {
          this.at++;
          return 'end';
        }
      } else if (code === 10) this.line++;
      this.at++;
    }
    return 'more';
  }

  private passString(text: string, limit: number): string | undefined {
    let at = this.at === this.stringStart ? this.at + 1 : this.at;
    for (; at < limit; at++) {
      const code = text.charCodeAt(at);
      if (code === 92) at++;
      else if (code === 34) {
        this.inString = false;
        if (this.open.length === 1) this.name = { start: this.stringStart, end: at + 1 };
        at++;
        break;
      } else if (code === 10) {
        this.at = at;
        return 'a string is cut off by the end of the line';
      }
    }
    this.at = at;
    return undefined;
  }

  private passOpening(text: string, code: number): string | undefined {
    const inside = this.open.at(-1);
    if (inside !== undefined) {
      let before = this.at - 1;
      while (before >= 0 && text.charCodeAt(before) <= 32) before--;
      const previous = text.charCodeAt(before);
      const fits = inside === OBJECT ? previous === 58 : previous === 44 || previous === ARRAY;
      if (before >= 0 && !fits) return 'a bracket stands where a comma or a name should';
    }
    if (this.open.length === 1 && code === ARRAY && inside === OBJECT)
      this.list = { nameStart: this.name.start, nameEnd: this.name.end, open: this.at, line: this.line };
    this.open.push(code);
    return this.open.length > DEPTH_LIMIT ? `nested deeper than ${DEPTH_LIMIT}` : undefined;
  }
}
