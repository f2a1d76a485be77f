/** Digits kept behind the point. */
const SCALE = 18;
const ONE = 10n ** BigInt(SCALE);

/** The product of two decimals in text form, to 18 digits behind the point, the rest cut off. */
export const decimalProduct = (a: string, b: string): string => written((scaled(a) * scaled(b)) / ONE);

/** Their quotient; null when the divisor is zero. */
export function decimalQuotient(a: string, b: string): string | null {
  const divisor = scaled(b);
  return divisor === 0n ? null : written((scaled(a) * ONE) / divisor);
}

function scaled(text: string): bigint {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  const value = BigInt(whole + fraction.padEnd(SCALE, '0').slice(0, SCALE));
  return text.startsWith('-') ? -value : value;
}

function written(value: bigint): string {
  const digits = String(value < 0n ? -value : value).padStart(SCALE + 1, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -SCALE)}.${digits.slice(-SCALE)}`;
}
