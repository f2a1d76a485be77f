const CANONICAL = /^(-?)(?:(\d+)\.)?(\d\d):(\d\d):(\d\d)(?:\.(\d{7}))?$/;

/** Ticks of a timespan as Kusto prints it (`[-][d.]hh:mm:ss[.fffffff]`), which is how dynamic values hold them. */
export function readTimespan(text: string): bigint | undefined {
  const match = CANONICAL.exec(text);
  if (!match) return undefined;
  const [, sign, days = '0', hours, minutes, seconds, fraction = '0'] = match;
  const whole = ((BigInt(days) * 24n + BigInt(hours!)) * 60n + BigInt(minutes!)) * 60n + BigInt(seconds!);
  const ticks = whole * 10_000_000n + BigInt(fraction);
  return sign === '-' ? -ticks : ticks;
}
