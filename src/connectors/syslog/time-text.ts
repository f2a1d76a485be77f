import { findZone } from '../zone.js';

const CLOCK = '\\d{1,2}:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?';
const DAY = '[A-Z][a-z]{2} {1,2}\\d{1,2}';
const PATTERNS = [
  `(?:[A-Z][a-z]{2},? )?${DAY},?(?: (?:19|20)\\d\\d)? ${CLOCK}(?: (?:19|20)\\d\\d(?=[ :]|$))?`,
  `(?:19|20)\\d\\d ${DAY} ${CLOCK}`,
  `(?:[A-Z][a-z]{2} )?\\d{4}[-/]\\d\\d[-/]\\d\\d[T ]${CLOCK}`,
  '\\d{10}(?:\\.\\d{1,9})?(?= )',
];
const TIME = new RegExp(PATTERNS.join('|'), 'y');
const ZONE = / ?(Z|[+-]\d\d:?\d\d)(?=[ :]|$)| ([A-Z]{1,5})(?=[ :]|$)/y;
/** RFC 3164's own example has the year behind the zone. */
const LATE_YEAR = / (?:19|20)\d\d(?=[ :]|$)/y;
const YEAR_FIRST = /^(\d{4}) (\D.*?)(?= \d{1,2}:)/;

/** A time as it stands in a header. */
export interface TimeText {
  /** The time in a form that `timeReader` reads. */
  readonly text: string;
  /** Where it ends in the line, a colon behind it included. */
  readonly end: number;
  readonly hasYear: boolean;
  readonly isIso: boolean;
}

/**
 * The time at an offset, in all forms that syslog senders write: `Jan  5 10:00:00`, with year, weekday, fraction and zone in
 * any of their places, ISO 8601, epoch seconds. Null when there is none.
 */
export function timeAt(line: string, at: number): TimeText | null {
  TIME.lastIndex = at;
  const found = TIME.exec(line)?.[0];
  if (found === undefined) return null;
  const isIso = /^(?:[A-Z]\w\w )?\d{4}[-/]/.test(found);
  let end = at + found.length;
  let zone = '';
  ZONE.lastIndex = end;
  const match = ZONE.exec(line);
  const name = match?.[1] ?? match?.[2] ?? '';
  if (match && findZone(name) !== null) {
    zone = match[2] === undefined ? name : ` ${name}`;
    end += match[0].length;
  }
  LATE_YEAR.lastIndex = end;
  const late = zone === '' || isIso ? undefined : LATE_YEAR.exec(line)?.[0];
  end += late?.length ?? 0;
  if (line[end] === ':' && (line[end + 1] === ' ' || end + 1 === line.length)) end++;
  else if (end < line.length && line[end] !== ' ') return null;
  const text = normal(found + (late ?? ''), zone, isIso);
  return { text, end, hasYear: isIso || /^\d| (?:19|20)\d\d(?: |$)/.test(text), isIso };
}

function normal(found: string, zone: string, isIso: boolean): string {
  if (isIso) return found.replace(/^[A-Z]\w\w /, '').replaceAll('/', '-') + zone;
  const text = found.replace(YEAR_FIRST, '$2 $1');
  return /^[+-]/.test(zone) ? `${text} ${zone}` : text + zone;
}
