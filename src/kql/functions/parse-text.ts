import { trawlError } from '../../util/errors.js';
import { scalars } from './registry.js';
import { parseWindowsCommandLine } from './text/command-line.js';
import { parseCsvRecord } from './text/csv.js';
import { parsePath } from './text/path.js';
import { parseQueryString, parseUrl } from './text/url.js';
import { parseXml } from './text/xml.js';

const fromText = { args: ['string'], returns: 'dynamic' } as const;

/** Texts of a known form, taken apart. */
export const TEXT_PARSERS = scalars([
  {
    name: 'parse_url',
    aliases: ['parseurl'],
    ...fromText,
    js: (url) => JSON.stringify(parseUrl(String(url ?? ''))),
    examples: [
      [
        'parse_url("scheme://username:password@host:1234/this/is/a/path?k1=v1&k2=v2#fragment")',
        '{"Scheme":"scheme","Host":"host","Port":"1234","Path":"/this/is/a/path","Username":"username","Password":"password","Query Parameters":{"k1":"v1","k2":"v2"},"Fragment":"fragment"}',
      ],
      ['parse_url("https://[2001:db8::1]/x").Host', '[2001:db8::1]'],
    ],
  },
  {
    name: 'parse_urlquery',
    aliases: ['parseurlquery'],
    ...fromText,
    js: (query) => JSON.stringify({ 'Query Parameters': parseQueryString(String(query ?? '')) }),
    examples: [['parse_urlquery("k1=v1&k2=v2")', '{"Query Parameters":{"k1":"v1","k2":"v2"}}']],
  },
  {
    name: 'parse_path',
    ...fromText,
    js: (path) => JSON.stringify(parsePath(String(path ?? ''))),
    examples: [
      [
        'parse_path("file://C:/temp/file.txt:some.exe")',
        '{"Scheme":"file","RootPath":"C:","DirectoryPath":"C:/temp","DirectoryName":"temp","Filename":"file.txt","Extension":"txt","AlternateDataStreamName":"some.exe"}',
      ],
      [
        'parse_path(@"temp\\file.txt.gz")',
        '{"Scheme":"","RootPath":"","DirectoryPath":"temp","DirectoryName":"temp","Filename":"file.txt.gz","Extension":"gz","AlternateDataStreamName":""}',
      ],
    ],
  },
  {
    name: 'parse_command_line',
    args: ['string', 'string'],
    returns: 'dynamic',
    duckdb: ([line, parser]) => {
      if (String(parser?.literal?.value ?? '').toLowerCase() !== 'windows') {
        throw trawlError('bad-argument', { what: 'parse_command_line()', why: 'the only parser is "windows"' });
      }
      return `CAST(kql_js_windows_arguments(${line!.sql}) AS JSON)`;
    },
    examples: [
      ['parse_command_line(@"echo ""hello world!""", "windows")', '["echo","hello world!"]'],
      ['parse_command_line(@"C:\\a\\b.exe /x c:\\""d""", "windows")', '["C:\\\\a\\\\b.exe","/x","c:\\"d"]'],
    ],
  },
  {
    name: 'windows_arguments',
    ...fromText,
    internal: true,
    js: (line) => (String(line ?? '').trim() === '' ? null : JSON.stringify(parseWindowsCommandLine(String(line)))),
    examples: [],
  },
  {
    name: 'parse_csv',
    ...fromText,
    js: (text) => JSON.stringify(parseCsvRecord(String(text ?? ''))),
    examples: [['parse_csv("aa,\\"b,b\\",cc")', '["aa","b,b","cc"]']],
  },
  {
    name: 'parse_xml',
    ...fromText,
    js: (xml) => {
      const parsed = parseXml(String(xml ?? ''));
      return parsed && JSON.stringify(parsed);
    },
    examples: [
      ['parse_xml("<e name=\\"v\\">text</e>")', '{"e":{"@name":"v","#text":"text"}}'],
      ['parse_xml("<e><a>x</a><a>y &amp; z</a></e>")', '{"e":{"a":["x","y & z"]}}'],
      ['parse_xml("<e/>")', '{"e":null}'],
      ['isnull(parse_xml("<e>"))', 'True'],
    ],
  },
]);
