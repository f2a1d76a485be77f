import { hash } from 'node:crypto';
import type { Cell, Row } from '../../ingest/connector.js';
import { TICKS_PER_DAY } from '../../util/ticks.js';

export const TABLE = 'ThreatIntelligenceIndicator';

/** A stable id for an indicator that has none: the same provider and value give the same id in every run. */
export function stableId(provider: string, value: string): string {
  const digits = hash('sha1', `${provider}\n${value}`);
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-${digits.slice(12, 16)}-${digits.slice(16, 20)}-${digits.slice(20, 32)}`;
}

/** What every indicator of a source shares. */
export interface Source {
  /** The user's name for the feed, '' to take the feed's own. */
  readonly provider: string;
  /** Ticks for indicators without any date: when the source was last written. */
  readonly modified: bigint;
  /** Ticks of validity for indicators without an end; 0n for no end. */
  readonly validity: bigint;
}

export function sourceOf(settings: Readonly<Record<string, string | number | boolean>>, modified: bigint): Source {
  const days = Number(settings['default-validity-days'] ?? 0);
  return {
    provider: String(settings.provider ?? ''),
    modified,
    validity: Number.isFinite(days) && days > 0 ? BigInt(Math.round(days * 86_400)) * (TICKS_PER_DAY / 86_400n) : 0n,
  };
}

/** When an indicator ends: its own time, else the default validity after `from`, else never (null). */
export const expiration = (own: bigint | null | undefined, from: bigint, source: Source): bigint | null =>
  own ?? (source.validity > 0n ? from + source.validity : null);

/** A JSON text for the string columns that hold lists and objects (Tags, AdditionalInformation); '' when empty. */
export function jsonText(value: readonly unknown[] | Readonly<Record<string, unknown>>): string {
  if (Array.isArray(value)) return value.length === 0 ? '' : JSON.stringify(value);
  const set = Object.entries(value).filter(
    ([, item]) => item !== undefined && item !== null && item !== '' && !(Array.isArray(item) && item.length === 0),
  );
  return set.length === 0 ? '' : JSON.stringify(Object.fromEntries(set));
}

/** `white`, `green`, `amber`, `amber+strict` or `red` of `TLP:CLEAR`, `tlp:white`, `Green`; '' when it is none. */
export function tlp(value: unknown): string {
  const word = /^(?:tlp[:_ -]?)?(white|clear|green|amber\+strict|amber|red)$/i
    .exec(String(value ?? '').trim())?.[1]
    ?.toLowerCase();
  return word === 'clear' ? 'white' : (word ?? '');
}

/** A confidence of 0 to 100; null when the value is no such number. */
export function confidence(value: Cell): number | null {
  if (value === null || value === undefined || value === '') return null;
  const score = Number(value);
  return Number.isFinite(score) && score >= 0 && score <= 100 ? score : null;
}

/** Adds to a row what is set in `more`. */
export function withSet(row: Row, more: Row): Row {
  for (const [column, value] of Object.entries(more))
    if (value !== null && value !== undefined && value !== '') row[column] = value;
  return row;
}
