import type { EntityMapping } from './hunt.js';

/** Something a finding is about: an address, a host, a domain. */
export interface Entity {
  /** Sentinel's entity type: `IP`, `Host`, `DNS`. */
  readonly type: string;
  /** Its identifiers, such as `{ Address: '10.0.0.5' }`. */
  readonly identifiers: Readonly<Record<string, string>>;
}

/** The entities that a finding's columns name; those without a value are left out. */
export function entitiesOf(mappings: readonly EntityMapping[], values: Readonly<Record<string, unknown>>): Entity[] {
  return mappings.flatMap(({ entityType, fieldMappings }) => {
    const identifiers = fieldMappings.flatMap(({ identifier, columnName }) => {
      const value = values[columnName];
      return value === null || value === undefined || value === '' ? [] : [[identifier, String(value)] as const];
    });
    return identifiers.length > 0 ? [{ type: entityType, identifiers: Object.fromEntries(identifiers) }] : [];
  });
}
