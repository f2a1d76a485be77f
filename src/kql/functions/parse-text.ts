import { trawlError } from '../../util/errors.js';
import { quoteText } from '../sql/duckdb/literal.js';
import { scalars } from './registry.js';
import { parseWindowsCommandLine } from './text/command-line.js';
import { readCsvRecord } from './text/csv.js';
import { parsePath } from './text/path.js';
import { parseQueryString, parseUrl } from './text/url.js';
import { parseUserAgent, type Target } from './text/user-agent.js';
import { xmlToJson } from './text/xml.js';

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
    js: (text) => JSON.stringify(readCsvRecord(String(text ?? '')).cells),
    examples: [['parse_csv("aa,\\"b,b\\",cc")', '["aa","b,b","cc"]']],
  },
  {
    name: 'parse_xml',
    ...fromText,
    js: (xml) => xmlToJson(String(xml ?? '')),
    examples: [
      ['parse_xml("<e name=\\"v\\">text</e>")', '{"e":{"@name":"v","#text":"text"}}'],
      ['parse_xml("<e><a>x</a><a>y &amp; z</a></e>")', '{"e":{"a":["x","y & z"]}}'],
      ['parse_xml("<e><n>118.0</n><n>007</n></e>")', '{"e":{"n":[118,"007"]}}'],
      ['parse_xml("<e/>")', '{"e":null}'],
      ['isnull(parse_xml("<e>"))', 'True'],
    ],
  },
  {
    name: 'parse_user_agent',
    args: ['string', 'any'],
    returns: 'dynamic',
    duckdb: ([agent, lookFor]) => {
      const value = lookFor?.literal?.value;
      const targets = (Array.isArray(value) ? value : [value]).map((each) => String(each).toLowerCase());
      if (!targets.every((target) => target === 'browser' || target === 'os' || target === 'device')) {
        throw trawlError('bad-argument', {
          what: 'parse_user_agent()',
          why: 'what to look for must be a constant of "browser", "os" and "device"',
        });
      }
      return `CAST(kql_js_user_agent(${agent!.sql}, ${quoteText(targets.join())}) AS JSON)`;
    },
    differs: 'The patterns are those of the uap-core project; Kusto may have another edition of them.',
    examples: [
      [
        'parse_user_agent("Mozilla/5.0 (Windows; U; en-US) AppleWebKit/531.9 (KHTML, like Gecko) AdobeAIR/2.5.1", "browser")',
        '{"Browser":{"Family":"AdobeAIR","MajorVersion":"2","MinorVersion":"5","Patch":"1"}}',
      ],
      [
        'parse_user_agent("Mozilla/5.0 (Windows NT 10.0; Win64; x64)", dynamic(["os"])).OperatingSystem.Family',
        'Windows',
      ],
    ],
  },
  {
    name: 'user_agent',
    args: ['string', 'string'],
    returns: 'dynamic',
    internal: true,
    js: (agent, targets) => parseUserAgent(String(agent ?? ''), String(targets ?? '').split(',') as Target[]),
    examples: [],
  },
  {
    name: 'parse_version',
    args: ['string'],
    returns: 'decimal',
    duckdb: 'kql_parse_version(trim($1))',
    differs: 'The number has up to 32 digits; reckoning with it beyond 20 digits fails, comparing works.',
    examples: [
      ['parse_version("0.0.7.0")', '700000000'],
      ['parse_version("1.2.3.4") > parse_version("1.2.3")', 'True'],
      ['isnull(parse_version("1.2.3.4.5"))', 'True'],
      ['isnull(parse_version("v1"))', 'True'],
    ],
  },
]);
