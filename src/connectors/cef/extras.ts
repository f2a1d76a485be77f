import { type ByteText, byteText, copyWords, SLACK } from '../../util/byte-text.js';
import type { Key } from './columns.js';

const SEMICOLON = 59;
const EQUALS = 61;

/** Collects what stays in AdditionalExtensions: `key=value` pairs and loose texts, separated by semicolons. */
export class Extras {
  text = byteText(Buffer.allocUnsafeSlow(4096));
  length = 0;

  clear(): void {
    this.length = 0;
  }

  /** Adds a text that stands in a line. */
  add({ bytes, view, reach }: ByteText, from: number, to: number): void {
    const at = this.make(to - from);
    if (to + SLACK <= reach) copyWords(view, from, to, this.text.view, at);
    else bytes.copy(this.text.bytes, at, from, to);
  }

  /** Adds a pair whose value had escapes. */
  addPair(key: Key, value: string): void {
    const text = Buffer.from(value);
    const at = this.make(key.bytes.length + 1 + text.length);
    const { bytes } = this.text;
    bytes.set(key.bytes, at);
    bytes[at + key.bytes.length] = EQUALS;
    bytes.set(text, at + key.bytes.length + 1);
  }

  /** Makes room for so many bytes behind a semicolon; returns where they go. */
  private make(size: number): number {
    const most = this.length + size + 1 + SLACK;
    if (most > this.text.bytes.length) {
      const grown = Buffer.allocUnsafeSlow(most * 2);
      this.text.bytes.copy(grown, 0, 0, this.length);
      this.text = byteText(grown);
    }
    if (this.length > 0) this.text.bytes[this.length++] = SEMICOLON;
    const at = this.length;
    this.length += size;
    return at;
  }
}
