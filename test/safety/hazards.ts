import fc from 'fast-check';

/** Pieces of text that end a literal, an identifier, a comment or a statement somewhere: in KQL, SQL, JSON, regexes or templates. */
const PIECES = [
  "'", '"', '`', '\\', '\\\\', "''", '""', '$', '$1', '$*', '$&', "$'", '$$', '$OVER', '%', '%s', '_', '*', '?', '#', '@',
  '--', '//', '/*', '*/', ';', '|', ',', '=', ':', '(', ')', '[', ']', '{', '}', "']", '"]', '"));', "');", '\\u0027', '\\x27', '&#39;',
  "' OR 1=1 --", '"; DROP TABLE Secrets; --', "'); ATTACH 'x.db'; --", "' UNION SELECT secret FROM Secrets --", "read_text('/etc/passwd')",
  '\n', '\r', '\r\n', '\t', '\u0000', '\u0001', '\u001f', '\u007f', '\u0085', '\u00a0', '\u2028', '\u2029', '\u202e', '\ufeff', '\ufffd',
  'é', 'İ', 'ß', 'ﬀ', '漢', '😀', 'e\u0301', ' ', '  ', 'null', 'true', '0', '1e3', '-1', 'NaN', '__proto__', 'constructor', 'SELECT', 'order',
] as const; // biome-ignore format: a table of pieces

const piece = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...PIECES) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 3 }) },
  { weight: 1, arbitrary: fc.constantFrom('a', 'B', 'x7') },
);

/** Text that would break out of wherever it is written without care. (DuckDB's client drops a byte order mark at the start of a text.) */
export const hazard = fc
  .array(piece, { minLength: 1, maxLength: 6 })
  .map((pieces) => pieces.join(''))
  .filter((text) => !text.startsWith('\ufeff'));

/** The text between double or single quotes, with escapes. */
const escaped =
  (quote: string) =>
  (text: string): string =>
    `${quote}${text.replace(/[\\"'\u0000-\u001f\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)}${quote}`;
/** As few escapes as KQL allows: only backslash, the quote itself and line ends. */
const lightly =
  (quote: string) =>
  (text: string): string =>
    `${quote}${text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`).replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\u0085', '\\u0085').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}${quote}`;
const verbatim =
  (quote: string) =>
  (text: string): string | undefined =>
    /[\n\r\u0085\u2028\u2029]/.test(text) ? undefined : `@${quote}${text.replaceAll(quote, quote + quote)}${quote}`;
const fenced =
  (fence: string) =>
  (text: string): string | undefined =>
    text.includes(fence[0]!) ? undefined : `${fence}${text}${fence}`;

/** Every way KQL has to write a text; undefined where that way can't write this one. */
export const QUOTINGS: Readonly<Record<string, (text: string) => string | undefined>> = {
  'double quotes': escaped('"'),
  'single quotes': escaped("'"),
  'double quotes, few escapes': lightly('"'),
  'single quotes, few escapes': lightly("'"),
  'verbatim, double': verbatim('"'),
  'verbatim, single': verbatim("'"),
  'three backticks': fenced('```'),
  'three tildes': fenced('~~~'),
  hidden: (text) => `h${lightly('"')(text)}`,
  'hidden, verbatim': (text) => {
    const quoted = verbatim("'")(text);
    return quoted && `H${quoted}`;
  },
};

/** A text as a plain KQL literal. */
export const quoted = lightly('"');
/** A name as KQL writes names that are no plain words. */
export const bracketed = (name: string): string => `[${lightly("'")(name)}]`;
