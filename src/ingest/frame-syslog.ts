import {
  countAt,
  countedContent,
  findStart,
  isBreak,
  NONE,
  priorityEnd,
  START_LENGTH,
  startAt,
  UNDECIDED,
} from './syslog-start.js';

/** Longer messages are cut, unless told otherwise. RFC 5425 wants 8 KiB taken; some products write events of several lines. */
export const MESSAGE_LIMIT = 262_144;

const [NEWLINE, RETURN, NUL, SPACE] = [10, 13, 0, 32] as const;
const EMPTY = Buffer.alloc(0);

/** Takes a message's bytes: neither its octet count nor what ends it. Good until it returns; not checked to be UTF-8. */
export type MessageSink = (bytes: Buffer, start: number, end: number) => void;

export interface SyslogFramer {
  push(chunk: Buffer): void;
  /**
   * Says that the sender is quiet, so that what is whole, as far as can be seen, need not wait for the bytes behind it.
   * To be called a moment after the last chunk; a sender whose octet counts are right never makes anything wait.
   */
  idle(): void;
  /** Gives what is left: an unfinished message too. */
  end(): void;
  readonly counts: {
    /** How often a message's octet count was wrong, and the next message had to be found by its looks. */
    readonly resynchronised: number;
    /** Messages of which only the beginning was taken since they were too long. */
    readonly cut: number;
  };
}

type Moment = 'more' | 'idle' | 'end';

/** What is passed over behind a message that was cut: up to an offset of the stream if it had a count, else to the next start. */
type Skip = { readonly until: number } | undefined;

/**
 * Cuts a TCP stream into syslog messages (RFC 6587): octet-counted and ended by LF, CRLF or NUL, also mixed.
 * What the messages are does not depend on where the chunks end.
 *
 * A count is believed while a message begins behind it, or an end of line stands there. Once one on the connection was wrong,
 * each is held against the bytes behind it: a message then lasts to the next start. A count that reaches over
 * a line that looks like another message is checked like that from the beginning.
 * @param limit bytes of a message; up to twice that and a chunk are kept
 */
export function frameSyslog(sink: MessageSink, limit = MESSAGE_LIMIT): SyslogFramer {
  const counts = { resynchronised: 0, cut: 0 };
  let bytes: Buffer = EMPTY;
  let length = 0;
  let at = 0;
  let moment: Moment = 'more';
  /** Bytes of the stream before `bytes`. */
  let before = 0;
  let kept = EMPTY;
  let keptLength = 0;
  /** The last message ended by its count alone: what follows must look like a start. */
  let glued = false;
  let careful = false;
  let skip: Skip;
  const newline = { found: NONE, searched: 0 };
  const nul = { found: NONE, searched: 0 };

  const next = (seen: typeof newline, byte: number, from: number): number => {
    if (seen.found >= from) return seen.found;
    if (seen.found === NONE && seen.searched >= length) return length;
    const found = bytes.indexOf(byte, Math.max(from, seen.searched));
    seen.found = found < 0 ? NONE : found;
    seen.searched = found < 0 ? length : found + 1;
    return found < 0 ? length : found;
  };
  /** The first line feed or NUL from an offset on; `length` when there is none. Offsets asked for must not decrease. */
  const nextBreak = (from: number): number => {
    const line = next(newline, NEWLINE, from);
    return Math.min(line, next(nul, NUL, from));
  };

  const deliver = (start: number, end: number): void => {
    let last = end - 1;
    while (last >= start && (bytes[last] === NEWLINE || bytes[last] === RETURN || bytes[last] === NUL)) last--;
    let first = start;
    while (first <= last && bytes[first]! <= SPACE) first++;
    if (first <= last) sink(bytes, start, last + 1);
  };

  const goTo = (offset: number, isGlued = false): true => {
    at = offset;
    glued = isGlued;
    return true;
  };

  /** Delivers a message whose count was wrong. */
  const resynchronise = (start: number, end: number): true => {
    counts.resynchronised++;
    careful = true;
    deliver(start, end);
    return goTo(end);
  };

  /** Delivers the beginning of a message that is too long, and passes over the rest. */
  const cut = (start: number, until = Number.POSITIVE_INFINITY): true => {
    let end = start + limit;
    // not amid a character
    while (end > start + limit - 3 && (bytes[end]! & 0xc0) === 0x80) end--;
    counts.cut++;
    deliver(start, end);
    skip = { until: before + until };
    return goTo(end);
  };

  /** A message that lasts to the next start from an offset on. */
  const upToStart = (start: number, from: number): boolean => {
    const end = findStart(bytes, from, length);
    if (end >= 0 && end - start <= limit) return resynchronise(start, end);
    if (end >= 0 || length - start > limit + (moment === 'end' ? 0 : START_LENGTH)) {
      counts.resynchronised++;
      careful = true;
      return cut(start);
    }
    return moment === 'end' && resynchronise(start, length);
  };

  const line = (): boolean => {
    const end = nextBreak(at);
    if (end - at > limit) return cut(at);
    if (end === length && moment !== 'end') return false;
    deliver(at, end);
    return goTo(Math.min(end + 1, length));
  };

  /** Whether a message may end at an offset that only its count says. */
  const boundary = (offset: number): boolean | undefined => {
    if (offset < length && (isBreak(bytes[offset]) || bytes[offset] === RETURN)) return true;
    const start = offset < length ? startAt(bytes, offset, length) : UNDECIDED;
    if (start !== UNDECIDED) return start !== NONE;
    return moment === 'more' ? undefined : true;
  };

  /** The first line within a counted message that looks like another message; `NONE`, or `UNDECIDED` until more is there. */
  const innerStart = (content: number, end: number): number => {
    for (let i = nextBreak(content); i < end - 1; i++) {
      if (!isBreak(bytes[i])) continue;
      const start = startAt(bytes, i + 1, length);
      if (start >= 0) return i + 1;
      if (start === UNDECIDED && moment === 'more') return UNDECIDED;
    }
    return NONE;
  };

  const endOfStart = (start: number): number => priorityEnd(bytes, startAt(bytes, start, length));

  const counted = (content: number): boolean => {
    const count = countAt(bytes, at, content);
    const end = content + count;
    if (priorityEnd(bytes, content) >= end) {
      counts.resynchronised++;
      careful = true;
      return goTo(content);
    }
    const stop = Math.min(end, content + limit);
    if (length < stop && moment === 'more') return false;
    const inner = innerStart(content, Math.min(stop, length));
    if (inner === UNDECIDED) return false;
    if (inner !== NONE) {
      const isWithin = count <= limit && end <= length && endOfStart(inner) < end;
      const ends = isWithin ? boundary(end) : false;
      if (ends === undefined) return false;
      if (!ends) return resynchronise(content, inner);
    }
    if (length < stop) {
      if (moment !== 'end') return false;
      deliver(content, length);
      return goTo(length);
    }
    if (count > limit) return length > content + limit || moment === 'end' ? cut(content, end) : false;
    const hasBreak = isBreak(bytes[end - 1]);
    const ends = !careful || hasBreak || boundary(end);
    if (ends === undefined) return false;
    if (!ends) return upToStart(content, end);
    deliver(content, end);
    return goTo(end, !hasBreak);
  };

  /** What has neither count nor priority: a line, unless it stands where a count was wrong. */
  const plain = (): boolean => (glued ? upToStart(at, at) : line());

  /** A number and a space before something without priority: a count when it is right, else part of a line. */
  const perhapsCounted = (content: number): boolean => {
    const count = countAt(bytes, at, content);
    const end = content + count;
    const lineEnd = nextBreak(content);
    if (count > limit || lineEnd < Math.min(end - 1, length)) return plain();
    if (lineEnd <= end && lineEnd < length) {
      deliver(content, lineEnd);
      return goTo(lineEnd + 1);
    }
    if (length < end || (length === end && moment === 'more')) return moment === 'end' && plain();
    const follows = length === end ? end : countedContent(bytes, end, length);
    if (follows === UNDECIDED && moment === 'more') return false;
    if (follows < 0 && startAt(bytes, end, length) < 0) return plain();
    deliver(content, end);
    return goTo(end, true);
  };

  const passSkipped = (until: number): boolean => {
    if (until === Number.POSITIVE_INFINITY) {
      const start = findStart(bytes, at, length);
      if (start === NONE) {
        at = Math.max(at, length - START_LENGTH);
        return false;
      }
      skip = undefined;
      return goTo(start);
    }
    const end = Math.min(until - before, length);
    for (let i = nextBreak(at); i < end - 1; i++) {
      if (!isBreak(bytes[i])) continue;
      const start = startAt(bytes, i + 1, length);
      if (start === UNDECIDED && moment !== 'end') {
        at = i;
        return false;
      }
      if (start < 0) continue;
      counts.resynchronised++;
      careful = true;
      skip = undefined;
      return goTo(i + 1);
    }
    // a line feed at the end is looked at again with what follows it
    at = end < until - before && end > at && isBreak(bytes[end - 1]) ? end - 1 : end;
    if (until - before > length) return false;
    skip = undefined;
    return goTo(end, true);
  };

  /** Goes on by a message, or what stands between two; false when more bytes are needed. */
  const step = (): boolean => {
    if (skip !== undefined) return passSkipped(skip.until);
    const first = bytes[at]!;
    if (isBreak(first) || first === RETURN) return goTo(at + 1, glued && first === RETURN);
    const start = startAt(bytes, at, length);
    if (start > at) return counted(start);
    if (start === at) return line();
    if (start === UNDECIDED && moment !== 'end') return false;
    const content = countedContent(bytes, at, length);
    return content > at ? perhapsCounted(content) : plain();
  };

  const run = (now: Moment): void => {
    moment = now;
    while (at < length && step());
  };

  const keep = (): void => {
    const rest = length - at;
    if (rest === 0) kept = EMPTY;
    else if (bytes.buffer === kept.buffer) {
      if (at > 0) kept.copyWithin(0, at, length);
    } else {
      if (kept.length < rest) kept = Buffer.allocUnsafeSlow(Math.max(rest * 2, 1024));
      bytes.copy(kept, 0, at, length);
    }
    keptLength = rest;
    for (const seen of [newline, nul]) {
      seen.found = seen.found >= at ? seen.found - at : NONE;
      seen.searched = Math.max(0, seen.searched - at);
    }
    before += at;
    at = 0;
    bytes = kept.subarray(0, rest);
    length = rest;
  };

  return {
    counts,
    push(chunk) {
      bytes = chunk;
      if (keptLength > 0) {
        const total = keptLength + chunk.length;
        if (kept.length < total) {
          const larger = Buffer.allocUnsafeSlow(total * 2);
          kept.copy(larger, 0, 0, keptLength);
          kept = larger;
        }
        chunk.copy(kept, keptLength);
        bytes = kept.subarray(0, total);
      }
      length = bytes.length;
      run('more');
      keep();
    },
    idle() {
      run('idle');
      keep();
    },
    end() {
      run('end');
      at = length;
      keep();
    },
  };
}
