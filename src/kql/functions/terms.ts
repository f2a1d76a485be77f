import { quoteText } from '../sql/duckdb/literal.js';
import type { SqlArgument } from './registry.js';

/** Characters that make up a term: letters and digits of any script; all others (also `_`) delimit. */
const DELIMITER = '[^\\pL\\pN]';
const ALPHANUMERIC = /[\p{L}\p{N}]/u;

/** A text that RE2 matches literally. */
export const regexQuote = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

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
  const folded = match.fold ? wanted.toLowerCase() : wanted;
  const text = match.fold ? `lower(${value.sql})` : value.sql;
  const plain = `contains(${text}, ${quoteText(folded)})`;
  if (!before && !after) return plain;
  return `(${plain} AND regexp_matches(${text}, ${quoteText(`${before}${regexQuote(folded)}${after}`)}))`;
}
