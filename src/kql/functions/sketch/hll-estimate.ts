/**
 * How many different hashes left these registers: Ertl's improved estimator, which needs no correction for small or large
 * counts. The standard error is 1.04 / sqrt(2^bits).
 */
export function estimate(bits: number, registers: Uint8Array): number {
  const m = registers.length;
  const most = 64 - bits;
  const counts = new Float64Array(most + 2);
  for (const register of registers) counts[register]!++;
  let z = m * tau(1 - counts[most + 1]! / m);
  for (let k = most; k >= 1; k--) z = 0.5 * (z + counts[k]!);
  z += m * sigma(counts[0]! / m);
  return (m * m) / (2 * Math.LN2 * z);
}

/** What the empty registers add. */
function sigma(share: number): number {
  if (share === 1) return Number.POSITIVE_INFINITY;
  let [x, y, z] = [share, 1, share];
  for (let before = Number.NaN; z !== before; ) {
    before = z;
    x *= x;
    z += x * y;
    y += y;
  }
  return z;
}

/** What the full registers take away. */
function tau(share: number): number {
  if (share === 0 || share === 1) return 0;
  let [x, y, z] = [share, 1, 1 - share];
  for (let before = Number.NaN; z !== before; ) {
    before = z;
    x = Math.sqrt(x);
    y *= 0.5;
    z -= (1 - x) ** 2 * y;
  }
  return z / 3;
}
