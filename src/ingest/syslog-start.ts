/** The bytes end before it is certain. */
export const UNDECIDED = -1;
/** No message begins there. */
export const NONE = -2;
/** Bytes that `<PRI>` with an octet count before it can have. */
export const START_LENGTH = 14;

const COUNT_DIGITS = 8;
const PRIORITY_LIMIT = 191;
const [NEWLINE, NUL, SPACE, LESS, GREATER, ZERO, NINE] = [10, 0, 32, 60, 62, 48, 57] as const;

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= ZERO && byte <= NINE;

/** Whether a byte ends a message: a line feed or a NUL. */
export const isBreak = (byte: number | undefined): boolean => byte === NEWLINE || byte === NUL;

/**
 * Where the content of an octet-counted text (`57 text`) would begin: behind the number and one space.
 * @returns an offset, `NONE` or `UNDECIDED`
 */
export function countedContent(bytes: Uint8Array, at: number, length: number): number {
  let i = at;
  while (i < length && i - at <= COUNT_DIGITS && isDigit(bytes[i])) i++;
  if (i === at || i - at > COUNT_DIGITS || bytes[at] === ZERO) return NONE;
  if (i === length) return UNDECIDED;
  return bytes[i] === SPACE ? i + 1 : NONE;
}

/**
 * Whether a message begins at an offset as only messages do: `<34>`, or an octet count before that (`57 <34>`).
 * @returns the offset of `<`, `NONE` or `UNDECIDED`
 */
export function startAt(bytes: Uint8Array, at: number, length: number): number {
  const priority = isDigit(bytes[at]) && at < length ? countedContent(bytes, at, length) : at;
  if (priority < 0) return priority;
  if (priority >= length) return UNDECIDED;
  return bytes[priority] === LESS ? priorityAt(bytes, priority, length) : NONE;
}

function priorityAt(bytes: Uint8Array, at: number, length: number): number {
  let value = 0;
  let i = at + 1;
  for (; i < length && i < at + 4 && isDigit(bytes[i]); i++) value = value * 10 + bytes[i]! - ZERO;
  if (value > PRIORITY_LIMIT) return NONE;
  if (i >= length) return UNDECIDED;
  return i > at + 1 && bytes[i] === GREATER ? at : NONE;
}

/** The offset of the `>` of the `<PRI>` at an offset. */
export function priorityEnd(bytes: Uint8Array, at: number): number {
  let i = at + 1;
  while (isDigit(bytes[i])) i++;
  return i;
}

/** The first offset from `from` on where a message may begin: behind a line feed or NUL, or at a start of its own; `NONE`. */
export function findStart(bytes: Uint8Array, from: number, length: number): number {
  for (let i = from; i < length; i++) {
    const byte = bytes[i];
    if (isBreak(byte)) return i + 1;
    if (byte === LESS && priorityAt(bytes, i, length) === i) return countBefore(bytes, i, from);
  }
  return NONE;
}

/** The offset of the octet count before `<`, or of `<` when there is none. */
function countBefore(bytes: Uint8Array, at: number, from: number): number {
  if (at - 1 < from || bytes[at - 1] !== SPACE) return at;
  let i = at - 1;
  while (i > from && at - 1 - i < COUNT_DIGITS && isDigit(bytes[i - 1])) i--;
  while (i < at - 1 && bytes[i] === ZERO) i++;
  return i === at - 1 ? at : i;
}

/** The number that an octet count says. */
export function countAt(bytes: Uint8Array, at: number, content: number): number {
  let count = 0;
  for (let i = at; i < content - 1; i++) count = count * 10 + bytes[i]! - ZERO;
  return count;
}
