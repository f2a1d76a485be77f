/**
 * A column name as it is compared: `Policy Identity`, `Policy_Identity_s` and `PolicyIdentity` are the same.
 * `TimeGenerated [UTC]` is how the portal heads times; `Identities/0` is how lists are flattened into CSV.
 */
export function looseName(name: string): string {
  const bare = bareName(name)
    .replace(/\/\d+$/, '')
    .replace(/_(?:s|d|b|t|g|string|int|long|real|datetime|dynamic|bool|guid)$/, '');
  return bare.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
}

/** A header without the time zone that the portal adds to it. */
export const bareName = (name: string): string => name.replace(/ \[(?:UTC|Local Time|[^\]]*)\]$/, '').trim();

/** Where a cell goes: a column of the table, or a name of its own when the table has none for it. */
export interface Target {
  readonly column: string;
  readonly known: boolean;
}

/** Finds the columns of a table for the names in a source: exact, then by letters alone where that is unambiguous. */
export function columnFinder(columns: readonly string[]): (name: string) => Target {
  const exact = new Set(columns);
  const loose = new Map<string, string | null>();
  for (const column of columns) {
    const key = looseName(column);
    loose.set(key, loose.has(key) ? null : column);
  }
  const found = new Map<string, Target>();
  return (name) => {
    let target = found.get(name);
    if (target === undefined) {
      const bare = bareName(name);
      const similar = exact.has(bare) ? bare : loose.get(looseName(name));
      target = similar ? { column: similar, known: true } : { column: bare, known: false };
      found.set(name, target);
    }
    return target;
  };
}
