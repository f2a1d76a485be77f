import { quoteText } from '../sql/duckdb/literal.js';
import type { SqlArgument } from './registry.js';

/** Characters that make up a term: letters and digits of any script; all others (also `_`) delimit. */
const DELIMITER = '[^\\pL\\pN]';
const ALPHANUMERIC = /[\p{L}\p{N}]/u;

/** A text that RE2 matches literally. */
export const regexQuote = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

/** A text in small letters, a code point at a time as DuckDB's lower() does it. */
export const foldCase = (text: string): string => [...text].map((point) => [...point.toLowerCase()][0]!).join('');

export interface TermMatch {
  /** The term must begin where a term of the text begins. */
  readonly start: boolean;
  /** The term must end where a term of the text ends. */
  readonly end: boolean;
  /** Case does not matter. */
  readonly fold: boolean;
}

/**
 * SQL for `has` and its family: whether a text holds a whole term (or a term's beginning or end).
 * A constant term is looked for as plain text first, which is several times cheaper than the regular expression.
 */
export function hasTerm(value: SqlArgument, term: SqlArgument, match: TermMatch): string {
  if (!term.literal) {
    const text = match.fold ? [`lower(${value.sql})`, `lower(${term.sql})`] : [value.sql, term.sql];
    return `kql_has_term(${text.join(', ')}, ${match.start}, ${match.end})`;
  }
  const wanted = String(term.literal.value);
  if (wanted === '') return 'true';
  const points = [...wanted];
  const before = match.start && ALPHANUMERIC.test(points[0]!) ? `(?:^|${DELIMITER})` : '';
  const after = match.end && ALPHANUMERIC.test(points.at(-1)!) ? `(?:$|${DELIMITER})` : '';
  const folded = match.fold ? foldCase(wanted) : wanted;
  const text = match.fold ? `lower(${value.sql})` : value.sql;
  const plain = `contains(${text}, ${quoteText(folded)})`;
  if (!before && !after) return plain;
  return `(${plain} AND regexp_matches(${text}, ${quoteText(`${before}${regexQuote(folded)}${after}`)}))`;
}

/** With up to this many terms, looking for each as plain text first is cheaper than the regular expression alone. */
const FEW = 6;

/** SQL for `has_any`: constant terms become one alternation for each kind of boundary, the others stand alone. */
export function hasAnyTerm(value: SqlArgument, terms: readonly SqlArgument[], match: TermMatch): string {
  const constant = terms.filter((term) => term.literal);
  if (constant.length < 2) return any(terms.map((term) => hasTerm(value, term, match)));
  const wanted = constant
    .map((term) => String(term.literal!.value))
    .map((term) => (match.fold ? foldCase(term) : term));
  if (wanted.includes('')) return 'true';
  const text = match.fold ? `lower(${value.sql})` : value.sql;
  const groups = new Map<string, string[]>();
  for (const term of new Set(wanted)) {
    const points = [...term];
    const before = match.start && ALPHANUMERIC.test(points[0]!) ? `(?:^|${DELIMITER})` : '';
    const after = match.end && ALPHANUMERIC.test(points.at(-1)!) ? `(?:$|${DELIMITER})` : '';
    const pattern = `${before}(?:\0)${after}`;
    groups.set(pattern, [...(groups.get(pattern) ?? []), term]);
  }
  const tests = [...groups].map(([pattern, of]) => {
    const regex = pattern.replace('\0', () => of.map(regexQuote).join('|'));
    const test = `regexp_matches(${text}, ${quoteText(regex)})`;
    return of.length > FEW ? test : `(${any(of.map((term) => `contains(${text}, ${quoteText(term)})`))} AND ${test})`;
  });
  const others = terms.filter((term) => !term.literal).map((term) => hasTerm(value, term, match));
  return any([...tests, ...others]);
}

const any = (tests: readonly string[]): string => (tests.length === 1 ? tests[0]! : `(${tests.join(' OR ')})`);
