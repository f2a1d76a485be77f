import type { ColumnTypes } from '../../kql/types.js';
import { knownSchema } from '../../tables/known.js';

export type Table = 'AzureNetworkAnalytics_CL' | 'NTANetAnalytics';

/** A column's name without the zone that the portal adds to it (`TimeGenerated [UTC]`), and without a custom table's type suffix. */
const bare = (name: string): string =>
  name
    .replace(/^\uFEFF/, '')
    .replace(/ \[[^\]]*\]$/, '')
    .trim(); // prettier-ignore
const stem = (name: string): string =>
  bare(name)
    .replace(/_[sdtbg]$/, '')
    .toLowerCase();

const OWN = new Set(['bytessrctodest', 'aclgroup', 'aclrule', 'flowencryption', 'targetresourceid']);

/** The table of Traffic Analytics that rows with these columns are of; undefined when they are of neither. */
export function tableOf(names: readonly string[]): Table | undefined {
  const stems = new Set(names.map(stem));
  const has = (...any: string[]): boolean => any.some((name) => stems.has(name));
  const fits =
    has('flowdirection') &&
    has('l4protocol') &&
    has('flowtype', 'flowstarttime', 'flowintervalendtime') &&
    has('srcip', 'destip', 'vmip', 'vmipaddress', 'publicips', 'srcpublicips', 'destpublicips');
  if (!fits) return undefined;
  if (names.some((name) => /_[sdt]$/.test(bare(name)))) return 'AzureNetworkAnalytics_CL';
  return [...stems].some((name) => OWN.has(name)) ? 'NTANetAnalytics' : 'AzureNetworkAnalytics_CL';
}

/** Names that tools give columns of AzureNetworkAnalytics_CL. */
const ALIASES: Readonly<Record<string, string>> = { vmname: 'VM_s', vmipaddress: 'VMIP_s' };

/**
 * Finds the columns of a table for an export's: by name, by name without a type suffix (times before texts of the same
 * name), whatever the case. A name that the table doesn't have stays as it is.
 */
export function columnFinder(table: Table): (name: string) => string {
  const schema: ColumnTypes = knownSchema(table) ?? {};
  const byStem = new Map<string, string>();
  for (const suffix of ['_t', '_d', '_g', '_b', '_s', ''])
    for (const column of Object.keys(schema))
      if (column.endsWith(suffix) && !byStem.has(stem(column))) byStem.set(stem(column), column);
  const found = new Map<string, string>();
  return (name) => {
    let column = found.get(name);
    if (column === undefined) {
      const plain = bare(name);
      const alias = table === 'AzureNetworkAnalytics_CL' ? ALIASES[stem(name)] : undefined;
      column = Object.hasOwn(schema, plain) ? plain : (alias ?? byStem.get(stem(name)) ?? plain);
      found.set(name, column === '__proto__' ? '_proto_' : column);
    }
    return column;
  };
}
