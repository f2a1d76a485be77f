import { describe, expect, it } from 'vitest';
import { asked } from './support.js';

const { set, columns, rows } = asked();
const TABLES = `
let Mail = view () { datatable(id:string, level:string, text:string, version:string)["a1","info","first mail","v1", "a1","error","second mail","v1", "b2","error","third mail","v2"] };
let Web = view () { datatable(id:string, level:string, text:string, path:string)["c3","info","first page","/x", "a1","info","second page","/y", "a1","error","third page","/z"] };
`;

describe('find', () => {
  it('gives common columns and those named, the rest in a bag', async () => {
    const kql = `${TABLES} find in (Mail, Web) where id == "a1" and level == "error"`;
    expect(await columns(kql)).toEqual(['source_:string', 'id:string', 'level:string', 'text:string', 'pack_:dynamic']);
    expect(await set(kql)).toEqual([
      ['Mail', 'a1', 'error', 'second mail', { version: 'v1' }],
      ['Web', 'a1', 'error', 'third page', { path: '/z' }],
    ]);
    expect(await set(`${kql} project-smart`)).toEqual(await set(kql));
  });
  it('projects, casts and packs', async () => {
    expect(
      await set(`${TABLES} find in (Mail, Web) where version == "v2" or path == "/x" project id, version, path`),
    ).toEqual([
      ['Mail', 'b2', 'v2', ''],
      ['Web', 'c3', '', '/x'],
    ]);
    expect(
      await set(`${TABLES} find withsource=from_ in (Mail, Web) where id == "b2" project text, pack_all()`),
    ).toEqual([['Mail', 'third mail', { id: 'b2', level: 'error', version: 'v2' }]]);
    expect(await set(`${TABLES} find in (Mail) where id == "b2" project pack(*)`)).toEqual([
      ['Mail', { id: 'b2', level: 'error', text: 'third mail', version: 'v2' }],
    ]);
  });
  it('leaves out tables that have no column of the predicate', async () => {
    expect(await columns(`${TABLES} find in (Mail, Web) where version == "v1"`)).toContain('version:string');
    expect(await set(`${TABLES} find in (Mail, Web) where version != "v1" project id`)).toEqual([['Mail', 'b2']]);
  });
  it('looks for terms in every column', async () => {
    expect(await set(`${TABLES} find in (Mail, Web) where "first" project text`)).toEqual([
      ['Mail', 'first mail'],
      ['Web', 'first page'],
    ]);
    expect(await set(`${TABLES} find in (Mail, Web) where "page" and level == "error" project text`)).toEqual([
      ['Web', 'third page'],
    ]);
    expect(await set(`${TABLES} find in (Mail, Web) where * has "third" project id`)).toEqual([
      ['Mail', 'b2'],
      ['Web', 'a1'],
    ]);
  });
  it('tells apart columns that tables give different types', async () => {
    const two = `let A = view () { datatable(n:string, p:string)["a","1001"] }; let B = view () { datatable(n:string, p:long)["b",1001, "c",5] };`;
    expect(await columns(`${two} find in (A, B) where p == 1001`)).toEqual([
      'source_:string',
      'n:string',
      'p_string:string',
      'p_long:long',
    ]);
    expect(await set(`${two} find in (A, B) where p == 1001`)).toEqual([
      ['A', 'a', '1001', null],
      ['B', 'b', '', 1001],
    ]);
    expect(await set(`${two} find in (A, B) where p == 1001 project n, p:string`)).toEqual([
      ['A', 'a', '1001'],
      ['B', 'b', '1001'],
    ]);
  });
});

describe('search', () => {
  it('takes stars before, behind and inside a term', async () => {
    const found = async (term: string) =>
      (await set(`${TABLES} search in (Mail, Web) ${term} | project text`)).map(([text]) => text);
    expect(await found('"fir*"')).toEqual(['first mail', 'first page']);
    expect(await found('"*ird"')).toEqual(['third mail', 'third page']);
    expect(await found('"*ecom*" or "*econ*"')).toEqual(['second mail', 'second page']);
    expect(await found('"th*page"')).toEqual(['third page']);
    expect(await found('text:"MAIL" and not("v1")')).toEqual(['third mail']);
    expect(await found('*')).toHaveLength(6);
  });
  it('minds case when told to', async () => {
    expect(
      await rows(`${TABLES} search kind=case_sensitive in (Mail) "Error" or "TH*mail" or text contains "FIRST"`),
    ).toEqual([]);
    expect(await rows(`${TABLES} search kind=case_sensitive in (Mail) "th*mail"`)).toHaveLength(1);
    expect(await rows(`${TABLES} search kind=case_insensitive in (Mail) "TH*MAIL"`)).toHaveLength(1);
  });
  it('names the table of each row', async () => {
    expect(await set(`${TABLES} search in (Mail, Web) path:"y" | project $table, text`)).toEqual([
      ['Web', 'second page'],
    ]);
    expect(await rows(`${TABLES} Mail | search "v2" | project text`)).toEqual([['third mail']]);
  });
});
