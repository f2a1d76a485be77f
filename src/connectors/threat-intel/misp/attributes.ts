import type { Row } from '../../../ingest/connector.js';
import { COLUMNS, merge } from '../columns.js';
import { ATTRIBUTE_TYPES, OTHER_HASHES } from './types.js';

/** The columns of an attribute's value; `{}` when none fits. */
export function attributeColumns(type: string, value: string): Row {
  if (OTHER_HASHES.has(type)) return { FileHashType: type, FileHashValue: value.toLowerCase() };
  const [first, second] = ATTRIBUTE_TYPES[type] ?? [];
  if (first === undefined) {
    const hash = /^filename\|(.+)$/.exec(type)?.[1];
    const bar = value.lastIndexOf('|');
    return hash !== undefined && OTHER_HASHES.has(hash) && bar > 0
      ? { FileName: value.slice(0, bar), FileHashType: hash, FileHashValue: value.slice(bar + 1).toLowerCase() }
      : {};
  }
  if (second === undefined) return first === null ? {} : COLUMNS[first](value);
  // A file name may hold a bar itself; older exports write `host:port` for `host|port`.
  const at = value.lastIndexOf('|') >= 0 ? value.lastIndexOf('|') : /\|port$/.test(type) ? value.lastIndexOf(':') : -1;
  const parts = at < 0 ? [value] : [value.slice(0, at), value.slice(at + 1)];
  const kinds = [first, second];
  return (
    merge(
      parts.map((part, index) => {
        const kind = kinds[index];
        return kind ? COLUMNS[kind](part) : {};
      }),
    ) ?? {}
  );
}
