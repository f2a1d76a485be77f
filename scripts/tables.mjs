// Makes src/tables/schemas.tsv.gz from a JSON file of table schemas ({table: {column: type}}, plain or gzipped):
//   node scripts/tables.mjs <schemas.json[.gz]>
// One line a table: its name, a tab, its columns separated by commas, each led by the letter of its type.
import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { LETTERS, readJson } from './schema-asset.mjs';

const LAST = ['TenantId', 'SourceSystem', 'Type'];

const schemas = readJson(process.argv[2]);

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
