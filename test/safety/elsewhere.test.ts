import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { prepare } from '../../src/hunting/prepare.js';
import { openWorkspace, TrawlError, type Workspace } from '../../src/index.js';
import { hazard, quoted } from './hazards.js';

/** Texts that are more than values: patterns, comments, knobs, parameters, names of things asked for by a text. */
let workspace: Workspace;
beforeAll(async () => {
  workspace = await openWorkspace();
  await workspace.createTable('Secrets', { secret: 'string' });
});
afterAll(() => workspace.close());

const rowsOf = async (kql: string, parameters = {}): Promise<unknown[][]> =>
  (await workspace.query(kql, { parameters })).tables[0]!.rows;
const check = (property: (text: string) => Promise<void>, numRuns = 20): Promise<void> =>
  fc.assert(fc.asyncProperty(hazard, property), { numRuns });

/** A regular expression that matches this text alone. */
const regexOf = (text: string): string =>
  quoted([...text].map((point) => `\\x{${point.codePointAt(0)!.toString(16)}}`).join(''));

it('regular expressions', () =>
  check(async (text) => {
    const [row] = await rowsOf(`
      datatable(x:string)[${quoted(`<${text}>`)}]
      | extend a = x matches regex ${regexOf(text)}, b = replace_regex(x, ${regexOf(text)}, "-"), c = extract(strcat("<(", ${regexOf(text)}, ")>"), 1, x),
          d = extract_all(strcat("(", ${regexOf(text)}, ")"), x)[0], e = countof(x, ${regexOf(text)}, "regex") > 0, f = trim(@"[<>]", x) == ${quoted(text)}
      | parse kind=regex x with "<" ${regexOf(text)} g:string`);
    expect(row!.slice(1, 7)).toEqual([
      true,
      `<${text}>`.replaceAll(text, '-'),
      text,
      text,
      true,
      !/^[<>]|[<>]$/.test(text),
    ]);
    expect(row![7]).toBe('>');
  }));

it('broken regular expressions are refused or match nothing', () =>
  check(async (text) => {
    for (const kql of [
      `print x = "a" | where x matches regex ${quoted(text)}`,
      `print replace_regex("a", ${quoted(text)}, ${quoted(text)})`,
    ]) {
      await rowsOf(kql).catch((error: unknown) => expect(error).toMatchObject({ code: 'bad-argument' }));
    }
  }));

it('terms', () =>
  check(async (text) => {
    const term = quoted(text);
    const kql = `datatable(x:string)[${quoted(`  ${text}  `)}] | project x has ${term}, x has_cs ${term}, x contains ${term}, x has_any (${term}, "b"),
      x has_all (${term}, ${term}), x hasprefix ${term}, x hassuffix_cs ${term}, x startswith strcat("  ", ${term}), x =~ strcat("  ", ${term}, "  ")`;
    expect(await rowsOf(kql)).toEqual([Array.from({ length: 9 }, () => true)]);
  }));

it('comments', () =>
  check(async (text) => {
    const comment = text.replace(/[\r\n\u0085\u2028\u2029]/g, ' ');
    expect(await rowsOf(`// ${comment}\nprint a = 1 // ${comment}\n| extend b = 2 // ${comment}`)).toEqual([[1, 2]]);
  }));

it('knobs', () =>
  check(async (text) => {
    const { kql } = prepare('the query', 'let k = "default"; let n = 5;\nprint a = k, b = n', { k: text });
    expect(await rowsOf(kql)).toEqual([[text, 5]]);
  }));

it('query parameters', () =>
  check(async (text) => {
    const kql = 'declare query_parameters(p:string); print a = p, b = strcat(p, "|")';
    expect(await rowsOf(kql, { p: text })).toEqual([[text, `${text}|`]]);
  }));

it('things asked for by a text', () =>
  check(async (text) => {
    for (const call of [
      'table(?)',
      'workspace(?).Secrets',
      'database(?).Secrets',
      'cluster(?).database(?).Secrets',
      '_GetWatchlist(?)',
    ]) {
      const found = rowsOf(`${call.replaceAll('?', () => quoted(text))} | count`);
      await found.catch((error: unknown) => {
        expect(error).toBeInstanceOf(TrawlError);
        expect(error).not.toMatchObject({ code: 'internal' });
      });
    }
  }, 8));

/** Functions that read a text as something else. */
const READERS = [
  'tolong', 'toint', 'toreal', 'todecimal', 'tobool', 'todatetime', 'totimespan', 'toguid', 'todynamic', 'parse_json', 'parse_csv', 'parse_url', 'parse_urlquery', 'parse_path',
  'parse_xml', 'parse_ipv4', 'parse_ipv6', 'parse_version', 'url_decode', 'url_encode', 'base64_decode_tostring', 'base64_encode_tostring', 'ipv4_is_private', 'hash_sha256', 'reverse', 'toupper', 'strlen', 'translate("a", "b", ?', 'format_ipv4', 'to_utf8', 'make_string(to_utf8(?)', 'punycode_to_string', 'unicode_codepoints_from_string', 'gzip_compress_to_base64_string', 'isutf8', 'indexof("abc", ?', 'split("abc", ?', 'bag_pack(?, ?', 'has_any_index(?, dynamic(["a"])', 'ipv4_is_match(?, "10.0.0.0/8"', 'ipv4_is_in_range("10.0.0.1", ?', 'parse_command_line(?, "windows"', 'strcmp(?, "a"', 'strrep(?, 2', 'substring(?, 1, 1', 'countof(?, "a"',
]; // biome-ignore format: a list

it('texts read as something else', () =>
  check(async (text) => {
    const call = (reader: string, argument: string): string =>
      `${(reader.includes('(') ? reader : `${reader}(?`).replaceAll('?', () => argument)})`;
    const calls = READERS.map((reader) => call(reader, quoted(text)));
    const columns = READERS.map((reader, i) => `c${i} = ${call(reader, 'x')}`);
    const [constants] = await rowsOf(`print ${calls.join(', ')}`);
    const [columnwise] = await rowsOf(`datatable(x:string)[${quoted(text)}] | project ${columns.join(', ')}`);
    expect(columnwise).toEqual(constants);
  }));
