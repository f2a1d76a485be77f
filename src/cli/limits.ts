import { type Args, UsageError } from './command.js';

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000 };

/** `--timeout` in milliseconds: `90`, `90s`, `1.5m`, `500ms`. @throws UsageError */
export function timeoutOf(args: Args): { timeoutMs?: number } {
  const text = args.text('timeout');
  if (text === undefined) return {};
  const match = /^(\d+(?:\.\d+)?)\s*(ms|s|m|min|h)?$/.exec(text.trim());
  const ms = match ? Number(match[1]) * UNITS[match[2] ?? 's']! : 0;
  // setTimeout takes 31 bits
  if (ms < 1 || ms >= 2 ** 31) throw new UsageError(`--timeout takes a time such as 30s or 5m, not ${text}`);
  return { timeoutMs: Math.ceil(ms) };
}

/** `--max-rows`: a whole number, or `none`. @throws UsageError */
export function maxRowsOf(args: Args): { rowLimit?: number } {
  const text = args.text('max-rows');
  if (text === undefined) return {};
  if (text === 'none') return { rowLimit: Number.POSITIVE_INFINITY };
  const rowLimit = Number(text.replaceAll('_', ''));
  if (text.trim() === '' || !Number.isSafeInteger(rowLimit) || rowLimit < 0)
    throw new UsageError(`--max-rows takes a whole number or none, not ${text}`);
  return { rowLimit };
}
