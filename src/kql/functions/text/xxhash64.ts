const P1 = 11400714785074694791n;
const P2 = 14029467366897019727n;
const P3 = 1609587929392839161n;
const P4 = 9650029242287828579n;
const P5 = 2870177450012600261n;

/** The low 64 bits; V8 reckons what is wrapped so in machine words, which is five times faster than masking. */
const low = (x: bigint): bigint => BigInt.asUintN(64, x);
const rotate = (x: bigint, by: bigint): bigint => low((x << by) | (x >> (64n - by)));
const mix = (lane: bigint, input: bigint): bigint => low(rotate(low(lane + low(input * P2)), 31n) * P1);

/** The 64-bit xxHash (seed 0) of some bytes, as a signed number: what Kusto's `hash()` gives. */
export function xxhash64(bytes: Uint8Array): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = bytes.length;
  let at = 0;
  let hash = P5;
  if (size >= 32) {
    const lanes = [low(P1 + P2), P2, 0n, low(-P1)];
    for (; at + 32 <= size; at += 32) {
      for (let i = 0; i < 4; i++) lanes[i] = mix(lanes[i]!, view.getBigUint64(at + 8 * i, true));
    }
    const turns = [1n, 7n, 12n, 18n];
    hash = lanes.reduce((sum, lane, i) => low(sum + rotate(lane, turns[i]!)), 0n);
    for (const lane of lanes) hash = low(low((hash ^ mix(0n, lane)) * P1) + P4);
  }
  hash = low(hash + BigInt(size));
  for (; at + 8 <= size; at += 8) hash = low(low(rotate(hash ^ mix(0n, view.getBigUint64(at, true)), 27n) * P1) + P4);
  if (at + 4 <= size) {
    hash = low(low(rotate(hash ^ low(BigInt(view.getUint32(at, true)) * P1), 23n) * P2) + P3);
    at += 4;
  }
  for (; at < size; at++) hash = low(rotate(hash ^ low(BigInt(bytes[at]!) * P5), 11n) * P1);
  hash = low((hash ^ (hash >> 33n)) * P2);
  hash = low((hash ^ (hash >> 29n)) * P3);
  return BigInt.asIntN(64, hash ^ (hash >> 32n));
}

const word = new Uint8Array(8);
const wordView = new DataView(word.buffer);
const half = word.subarray(0, 4);

/** The hash of a whole number as its eight bytes, lowest first. */
export function xxhash64OfLong(value: bigint): bigint {
  wordView.setBigInt64(0, value, true);
  return xxhash64(word);
}

/** The hash of an int as its four bytes. */
export function xxhash64OfInt(value: number): bigint {
  wordView.setInt32(0, value, true);
  return xxhash64(half);
}

/** The hash of a real as its eight bytes. */
export function xxhash64OfReal(value: number): bigint {
  wordView.setFloat64(0, value, true);
  return xxhash64(word);
}
