import { StringDecoder } from 'node:string_decoder';
import { type Framer, KEPT_TEXT, type RecordSink } from './framing.js';

/** Characters of one event: Windows' own limit is 64 KiB. Longer ones are rejected. */
const EVENT_LIMIT = 1_048_576;
const OPEN = /<Event(?=[\s>])/g;
const CLOSE = '</Event>';
/** What may stand around events, by how it begins and ends: declarations, comments, wrapping elements. */
const FURNITURE = [
  ['<?', '?>'],
  ['<!--', '-->'],
  ['<Events', '>'],
  ['</Events', '>'],
] as const;
const TOO_LONG = 'the event is longer than 1 MiB';
/** Characters of a tag that may not be seen whole. */
const SLACK = 16;
const UNFINISHED = 'the event has no end';

/**
 * One record an `<Event …>…</Event>` element, as text, whatever wraps the events or stands before them on their line (a syslog header).
 * An event that another one begins in is rejected, as are other lines that are no XML furniture.
 */
export function frameXmlEvents(sink: RecordSink, limit = EVENT_LIMIT): Framer {
  const decoder = new StringDecoder('utf8');
  let text = '';
  let at = 0;
  let line = 1;
  /** Within the event that begins at `at`; no end of it stands before `searched`. */
  let within = false;
  let searched = 0;
  const close = { at: -1, searched: 0 };
  /** The first line feed from `at` on, or the text's length. */
  let newline = 0;
  /** The event is too long: its rest passes by. */
  let overlong = false;

  const nextLine = (from: number): number => {
    const found = text.indexOf('\n', from);
    return found === -1 ? text.length : found;
  };

  const goTo = (to: number): void => {
    for (; newline < to; newline = nextLine(newline + 1)) line++;
    at = to;
    searched = to;
  };

  const nextOpen = (from: number): number => {
    OPEN.lastIndex = from;
    return OPEN.exec(text)?.index ?? -1;
  };

  /** The next end of an event; -1 when there is none yet. What was searched once is not searched again. */
  const nextClose = (from: number): number => {
    if (close.at >= from) return close.at;
    close.at = text.indexOf(CLOSE, Math.max(from, close.searched - CLOSE.length));
    close.searched = close.at === -1 ? text.length : close.at;
    return close.at;
  };

  /** Rejects what is no furniture between events. */
  const passGap = (to: number): void => {
    let number = line;
    for (const part of withoutFurniture(text.slice(at, to)).split('\n')) {
      if (part.trim() !== '') sink.reject(part.slice(0, KEPT_TEXT), number, 'not an <Event> element');
      number++;
    }
    goTo(to);
  };

  const stepOutside = (last: boolean): boolean => {
    const open = nextOpen(at);
    const size = (open === -1 ? text.length - SLACK : open) - at;
    if (size > limit + SLACK) {
      const lineEnd = text.slice(at, at + limit).lastIndexOf('\n') + 1;
      passGap(at + (lineEnd > 0 ? lineEnd : limit));
      return true;
    }
    if (open !== -1) {
      // what stands before it on its line belongs to it
      const lineStart = text.slice(at, open).lastIndexOf('\n') + 1;
      if (lineStart > 0) passGap(at + lineStart);
      goTo(open);
      within = true;
      return true;
    }
    if (last) passGap(text.length);
    return false;
  };

  const stepWithin = (last: boolean): boolean => {
    const closing = nextClose(at);
    const other = nextOpen(Math.max(at + 1, searched - CLOSE.length));
    const closes = closing !== -1 && (other === -1 || closing < other);
    const end = closes ? closing + CLOSE.length : other;
    if (!overlong && (end === -1 ? text.length - SLACK : end) - at > limit) {
      sink.reject(text.slice(at, at + Math.min(KEPT_TEXT, limit)), line, TOO_LONG);
      overlong = true;
    }
    if (end !== -1) {
      if (!overlong && closes) sink.record(text.slice(at, end), line);
      else if (!overlong) sink.reject(text.slice(at, Math.min(end, at + KEPT_TEXT)), line, UNFINISHED);
      overlong = false;
      within = !closes;
      goTo(end);
      return true;
    }
    if (last) {
      if (!overlong) sink.reject(text.slice(at, at + KEPT_TEXT), line, UNFINISHED);
      goTo(text.length);
    } else if (overlong) goTo(Math.max(at, text.length - CLOSE.length));
    else searched = text.length;
    return false;
  };

  const run = (more: string, last: boolean): void => {
    text = at === 0 ? text + more : text.slice(at) + more;
    searched = Math.max(0, searched - at);
    close.at = Math.max(-1, close.at - at);
    close.searched = Math.max(0, close.searched - at);
    at = 0;
    newline = nextLine(0);
    while (at < text.length && (within ? stepWithin(last) : stepOutside(last)));
  };

  return {
    push: (chunk) => run(decoder.write(chunk), false),
    end: () => run(decoder.end(), true),
  };
}

/** A text without XML furniture, its line breaks kept. */
function withoutFurniture(gap: string): string {
  let rest = '';
  let from = 0;
  for (let start = gap.indexOf('<'); start !== -1; start = gap.indexOf('<', Math.max(from, start + 1))) {
    const kind = FURNITURE.find(([begins]) => gap.startsWith(begins, start));
    if (kind === undefined) continue;
    const end = gap.indexOf(kind[1], start + kind[0].length);
    if (end === -1) break;
    rest += gap.slice(from, start) + gap.slice(start, end).replace(/[^\n]+/g, '');
    from = end + kind[1].length;
  }
  return (rest + gap.slice(from)).replaceAll('\uFEFF', '');
}
