import type { Rel } from '../../plan/nodes.js';
import { walk } from '../../plan/walk.js';
import { quoteName } from './literal.js';

/**
 * KQL tells `SourceIP` from `SourceIp`, DuckDB doesn't. Within one query each column name gets one SQL name:
 * itself, or with `$2`, `$3`… appended where it differs from another name in case alone.
 */
export function columnNames(rel: Rel): (name: string) => string {
  const taken = new Map<string, string>();
  const sql = new Map<string, string>();
  const add = (name: string): void => {
    if (sql.has(name)) return;
    const plain = name.replaceAll('\0', '\uFFFD');
    let candidate = plain;
    for (let n = 2; taken.has(candidate.toLowerCase()); n++) candidate = `${plain}$${n}`;
    taken.set(candidate.toLowerCase(), name);
    sql.set(name, quoteName(candidate));
  };
  walk(rel, {
    rel: (node) => {
      for (const of of node.columns) add(of.name);
    },
  });
  return (name) => {
    add(name);
    return sql.get(name)!;
  };
}
