/** The head of a message, `%ASA-6-302013: `, and where it stands in its line. */
export interface Head {
  /** `ASA`, `FTD`, `PIX`, `FWSM`, `NGIPS`. */
  readonly product: string;
  /** The digit 0 (emergency) to 7 (debugging). */
  readonly severity: string;
  /** The six (FTD: sometimes seven) digits of the message. */
  readonly id: string;
  /** Offset of the `%`. */
  readonly at: number;
  /** Offset of the message's text. */
  readonly text: number;
}

const PERCENT = 37;
/** `%ASA-6-302013: `; in EMBLEM form `%ASA-session-6-302013: `; with RFC 5424's fields behind it when a relay took it for a tag. */
const HEAD =
  /^%(ASA|FTD|PIX|FWSM|NGIPS)-(?:[A-Za-z][A-Za-z0-9_]*-)*([0-7])-(\d{6,7})(?::|(?= )|$)(?: +(?:-|\d+) +- +- *)? */;
/** As much of a line as a head with its longest sub-facility takes. */
const LONGEST = 96;
/** Letters that follow the percent sign in a head. */
const FIRST = new Set([...'AFPN'].map((letter) => letter.charCodeAt(0)));

/** Finds the head in a line; null when it has none. */
export function findHead(bytes: Buffer, start: number, end: number): Head | null {
  for (let at = start; at < end - 8; at++) {
    if (bytes[at] !== PERCENT || !FIRST.has(bytes[at + 1]!)) continue;
    const match = HEAD.exec(bytes.toString('latin1', at, Math.min(end, at + LONGEST)));
    if (match) return { product: match[1]!, severity: match[2]!, id: match[3]!, at, text: at + match[0].length };
  }
  return null;
}
