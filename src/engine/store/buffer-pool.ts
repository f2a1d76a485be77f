/** Buffers given back, by the power of two that is their size. */
const free: Buffer[][] = Array.from({ length: 32 }, () => []);
const KEPT = 256;
const LARGEST = 16 * 1_048_576;

const power = (size: number): number => 32 - Math.clz32(Math.max(size, 256) - 1);

/** A buffer of at least this size; what is in it is anything. Fresh memory costs more to get than to fill. */
export const borrow = (size: number): Buffer => free[power(size)]!.pop() ?? Buffer.allocUnsafeSlow(2 ** power(size));

/** Gives a borrowed buffer back, which nobody may look into any more. */
export function giveBack(buffer: Buffer): void {
  const shelf = free[power(buffer.length)]!;
  if (buffer.length <= LARGEST && shelf.length < KEPT) shelf.push(buffer);
}
