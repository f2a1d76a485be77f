// Makes src/tables/schemas.tsv.gz from a JSON file of table schemas ({table: {column: type}}, plain or gzipped):
//   node scripts/tables.mjs <schemas.json[.gz]>
// One line a table: its name, a tab, its columns separated by commas, each led by the letter of its type.
import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';

const LETTERS = {
  bool: 'b',
  int: 'i',
  long: 'l',
  real: 'r',
  decimal: 'c',
  string: 's',
  datetime: 't',
  timespan: 'n',
  guid: 'g',
  dynamic: 'd',
};
const LAST = ['TenantId', 'SourceSystem', 'Type'];

const bytes = readFileSync(process.argv[2]);
const schemas = JSON.parse(bytes[0] === 0x1f ? gunzipSync(bytes) : bytes);

/** TimeGenerated first, what every table has last, the rest in the order given. */
function rank(column) {
  if (column === 'TimeGenerated') return -1;
  if (column.startsWith('_')) return LAST.length + 1;
  return LAST.indexOf(column) + 1;
}

const lines = Object.keys(schemas)
  .sort()
  .map((table) => {
    const columns = Object.keys(schemas[table]).sort((a, b) => rank(a) - rank(b));
    return `${table}\t${columns.map((column) => LETTERS[schemas[table][column]] + column).join(',')}\n`;
  });
writeFileSync(new URL('../src/tables/schemas.tsv.gz', import.meta.url), gzipSync(lines.join(''), { level: 9 }));
console.log(`${lines.length} tables`);
