const LONGEST = 256;

/** A function of a text, for texts that often are the same as the one before. */
export function rememberingLast<T>(read: (text: string) => T): (bytes: Buffer, from: number, to: number) => T {
  const last = new Uint8Array(LONGEST);
  let length = -1;
  let value: T;
  const isLast = (bytes: Buffer, from: number, to: number): boolean => {
    if (to - from !== length) return false;
    for (let i = 0; i < length; i++) if (bytes[from + i] !== last[i]) return false;
    return true;
  };
  return (bytes, from, to) => {
    if (isLast(bytes, from, to)) return value;
    value = read(bytes.toString('utf8', from, to));
    length = to - from > LONGEST ? -1 : to - from;
    for (let i = 0; i < length; i++) last[i] = bytes[from + i]!;
    return value;
  };
}
