import type { Schema } from '../lower/context.js';
import type { Column } from '../types.js';

/** Columns that Log Analytics keeps on every table without listing them; nothing fills them here. */
const STANDARD: readonly Column[] = [
  { name: '_ItemId', type: 'string' },
  { name: '_TimeReceived', type: 'datetime' },
  { name: '_ResourceId', type: 'string' },
  { name: '_SubscriptionId', type: 'string' },
  { name: '_BilledSize', type: 'real' },
  { name: '_IsBillable', type: 'string' },
];

/** The schema in which every table has, at its end, the standard columns that the query's text names. */
export function withStandardColumns(text: string, schema: Schema): Schema {
  const named = STANDARD.filter((of) => text.includes(of.name));
  if (named.length === 0) return schema;
  const extended = new Map<readonly Column[], readonly Column[]>();
  return {
    ...schema,
    table: (name) => {
      const columns = schema.table(name);
      if (!columns) return undefined;
      const more = named.filter((of) => !columns.some((each) => each.name === of.name));
      if (!extended.has(columns)) extended.set(columns, more.length === 0 ? columns : [...columns, ...more]);
      return extended.get(columns);
    },
  };
}
