// Makes src/tables/asim.tsv.gz from a JSON file of ASIM function columns ({function: {column: type}}, plain or gzipped):
//   node scripts/asim.mjs <columns.json[.gz]>
// One line a schema: the functions that return it separated by spaces, a tab, its columns as in schemas.tsv.gz.
import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { LETTERS, readJson } from './schema-asset.mjs';

const functions = readJson(process.argv[2]);
const schemas = new Map();
for (const [name, columns] of Object.entries(functions)) {
  const line = Object.entries(columns)
    .map(([column, type]) => LETTERS[type] + column)
    .join(',');
  schemas.set(line, [...(schemas.get(line) ?? []), name]);
}
const lines = [...schemas].map(([line, names]) => `${names.join(' ')}\t${line}\n`);
writeFileSync(new URL('../src/tables/asim.tsv.gz', import.meta.url), gzipSync(lines.join(''), { level: 9 }));
console.log(`${Object.keys(functions).length} functions, ${lines.length} schemas`);
