import type { Key } from './columns.js';

const SEMICOLON = 59;
const EQUALS = 61;
const SHORT = 64;

/** Collects what stays in AdditionalExtensions: `key=value` pairs and loose texts, separated by semicolons. */
export class Extras {
  bytes = Buffer.allocUnsafeSlow(4096);
  length = 0;

  clear(): void {
    this.length = 0;
  }

  /** Adds a text that stands in a line. */
  add(source: Buffer, from: number, to: number): void {
    const at = this.make(to - from);
    const { bytes } = this;
    if (to - from > SHORT) bytes.set(source.subarray(from, to), at);
    else for (let i = from, j = at; i < to; i++, j++) bytes[j] = source[i]!;
  }

  /** Adds a pair whose value had escapes. */
  addPair(key: Key, value: string): void {
    const text = Buffer.from(value);
    const at = this.make(key.bytes.length + 1 + text.length);
    this.bytes.set(key.bytes, at);
    this.bytes[at + key.bytes.length] = EQUALS;
    this.bytes.set(text, at + key.bytes.length + 1);
  }

  /** Makes room for so many bytes behind a semicolon; returns where they go. */
  private make(size: number): number {
    const most = this.length + size + 1;
    if (most > this.bytes.length) {
      const grown = Buffer.allocUnsafeSlow(most * 2);
      this.bytes.copy(grown, 0, 0, this.length);
      this.bytes = grown;
    }
    if (this.length > 0) this.bytes[this.length++] = SEMICOLON;
    const at = this.length;
    this.length += size;
    return at;
  }
}
