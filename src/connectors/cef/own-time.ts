import type { ByteText } from '../../util/byte-text.js';
import { TIME_PARTS, type TimePart } from './columns.js';
import { readValue } from './parse.js';

/** The parts that an event says of a vendor's own time: the first of each. */
export class OwnTime {
  private readonly event = new Uint32Array(TIME_PARTS.length);
  private readonly from = new Int32Array(TIME_PARTS.length);
  private readonly to = new Int32Array(TIME_PARTS.length);

  /** Where the value of a part stands in the line of an event. */
  set(part: TimePart, event: number, from: number, to: number): void {
    const at = INDEX[part];
    if (this.event[at] === event || from === to) return;
    this.event[at] = event;
    this.from[at] = from;
    this.to[at] = to;
  }

  /** What `read` makes of a part; null when the event has none. */
  read<T>(
    part: TimePart,
    event: number,
    source: ByteText,
    read: (source: ByteText, from: number, to: number) => T | null,
  ): T | null {
    const at = INDEX[part];
    return this.event[at] === event ? read(source, this.from[at]!, this.to[at]!) : null;
  }

  /** A part's text, without the quotes it may stand in. */
  text(part: TimePart, event: number, source: ByteText): string | null {
    return this.read(part, event, source, ({ bytes }, from, to) => readValue(bytes, from, to).replaceAll('"', ''));
  }
}

const INDEX = Object.fromEntries(TIME_PARTS.map((part, at) => [part, at])) as Readonly<Record<TimePart, number>>;
