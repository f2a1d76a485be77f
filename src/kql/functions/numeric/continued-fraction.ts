interface Step {
  readonly over: number;
  readonly under: number;
}

const TINY = 1e-300;
const LONGEST = 100_000;

/** `first + over₁/(under₁ + over₂/(under₂ + …`, by Lentz's method, until it no longer changes. */
export function continuedFraction(first: number, step: (n: number) => Step): number {
  let value = first === 0 ? TINY : first;
  let c = value;
  let d = 0;
  for (let n = 1; n < LONGEST; n++) {
    const { over, under } = step(n);
    d = 1 / (under + over * d || TINY);
    c = under + over / c || TINY;
    const change = c * d;
    value *= change;
    if (Math.abs(change - 1) < 2e-16 || Number.isNaN(value)) break;
  }
  return value;
}
