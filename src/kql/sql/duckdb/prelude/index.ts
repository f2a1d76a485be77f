import { ADDRESSES } from './addresses.js';
import { DYNAMIC } from './dynamic.js';
import type { Macros } from './macros.js';
import { NUMBERS } from './numbers.js';
import { TERMS } from './terms.js';
import { TEXT } from './text.js';
import { TIME } from './time.js';

/**
 * Macros that printed queries call: Kusto's semantics where one SQL expression can say them.
 * They are created on every connection as temporary macros.
 */
export const PRELUDE: Macros = {
  ...ADDRESSES,
  ...DYNAMIC,
  ...NUMBERS,
  ...TERMS,
  ...TEXT,
  ...TIME,
};

const bodies = new Map(Object.entries(PRELUDE).map(([head, body]) => [head.slice(0, head.indexOf('(')), body]));
const barring = new Map<string, boolean>();

/** Whether SQL has a lambda or a TRY in it, where DuckDB allows no subquery, or calls a macro that has. */
export function barsSubqueries(sql: string): boolean {
  if (/\blambda\b|\bTRY\(/.test(sql)) return true;
  return (sql.match(/\bkql_\w+/g) ?? []).some((name) => {
    const known = barring.get(name);
    if (known !== undefined) return known;
    const found = barsSubqueries(bodies.get(name) ?? '');
    barring.set(name, found);
    return found;
  });
}

/** Statements that create the macros, in an order in which each only uses earlier ones. */
export function preludeStatements(): string[] {
  const entries = Object.entries(PRELUDE).map(([head, body]) => ({
    name: head.slice(0, head.indexOf('(')),
    head,
    body,
  }));
  const names = new Set(entries.map(({ name }) => name));
  const done = new Set<string>();
  const ordered: string[] = [];
  const visit = (entry: (typeof entries)[number]): void => {
    if (done.has(entry.name)) return;
    done.add(entry.name);
    for (const [used] of entry.body.matchAll(/kql_\w+/g)) {
      const other = names.has(used) ? entries.find(({ name }) => name === used) : undefined;
      if (other) visit(other);
    }
    ordered.push(`CREATE OR REPLACE TEMP MACRO ${entry.head} AS (${entry.body})`);
  };
  entries.forEach(visit);
  return ordered;
}
