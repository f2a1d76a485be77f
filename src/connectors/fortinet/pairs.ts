import type { Key, PairSink } from './parse.js';

const MOST = 1024;

/** The pairs of one line, kept until it is known what is to be made of them. */
export class Pairs<T> implements PairSink<T> {
  count = 0;
  readonly keys: Key<T>[] = [];
  readonly from = new Int32Array(MOST);
  readonly to = new Int32Array(MOST);
  readonly escaped = new Uint8Array(MOST);

  clear(): void {
    this.count = 0;
  }

  pair(key: Key<T>, from: number, to: number, escaped: boolean): void {
    const { count } = this;
    if (count === MOST) return;
    this.keys[count] = key;
    this.from[count] = from;
    this.to[count] = to;
    this.escaped[count] = escaped ? 1 : 0;
    this.count++;
  }
}
