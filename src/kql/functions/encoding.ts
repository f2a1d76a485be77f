import { gunzipSync, inflateSync } from 'node:zlib';
import { scalars } from './registry.js';
import { gzipOf, zlibOf } from './text/deflate.js';
import { bytesOfGuid, guidOfBytes } from './text/guid-bytes.js';
import { decodeDomain, encodeDomain, fromPunycode, toPunycode } from './text/punycode.js';

const textToText = { args: ['string'], returns: 'string' } as const;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

type Text = string | bigint | number | boolean | null;

const bytesOf = (text: Text | undefined): Buffer | undefined => {
  const trimmed = String(text ?? '').trim();
  return BASE64.test(trimmed) && trimmed.length % 4 === 0 ? Buffer.from(trimmed, 'base64') : undefined;
};

/** The text of some bytes, '' when they are none. */
function textOf(bytes: Uint8Array | undefined): string {
  try {
    return bytes ? utf8.decode(bytes) : '';
  } catch {
    return '';
  }
}

function unpacked(unpack: (bytes: Buffer) => Buffer, text: Text | undefined): string {
  const bytes = bytesOf(text);
  try {
    return bytes && bytes.length > 0 ? textOf(unpack(bytes)) : '';
  } catch {
    return '';
  }
}

/** Every byte but letters, digits and `-_.!*()` as `%` and two small hexadecimal digits, a blank as `blank`. */
const percentEncoded = (text: string, blank: string): string =>
  Buffer.from(text, 'utf8').reduce((done, byte) => {
    const char = String.fromCharCode(byte);
    if (/[\w.!*()-]/.test(char)) return done + char;
    return done + (char === ' ' ? blank : `%${byte.toString(16).padStart(2, '0')}`);
  }, '');

function percentDecoded(text: string): string {
  const bytes = Buffer.from(text.replaceAll('+', ' '), 'utf8');
  const out: number[] = [];
  for (let i = 0; i < bytes.length; i++) {
    const code = bytes[i] === 0x25 ? Number.parseInt(bytes.subarray(i + 1, i + 3).toString('latin1'), 16) : Number.NaN;
    const isHex = /^[0-9a-f]{2}$/i.test(bytes.subarray(i + 1, i + 3).toString('latin1'));
    if (bytes[i] === 0x25 && isHex) {
      out.push(code);
      i += 2;
    } else out.push(bytes[i]!);
  }
  return Buffer.from(out).toString('utf8');
}

export const ENCODINGS = scalars([
  {
    name: 'base64_encode_tostring',
    aliases: ['base64_encodestring'],
    ...textToText,
    duckdb: 'to_base64(encode($1))',
    examples: [['base64_encode_tostring("Kusto")', 'S3VzdG8=']],
  },
  {
    name: 'base64_decode_tostring',
    aliases: ['base64_decodestring'],
    ...textToText,
    js: (text) => textOf(bytesOf(text)),
    examples: [
      ['base64_decode_tostring("S3VzdG8=")', 'Kusto'],
      ['base64_decode_tostring("U3RyaW5n_0")', ''],
    ],
  },
  {
    name: 'base64_decode_toarray',
    args: ['string'],
    returns: 'dynamic',
    js: (text) => {
      const bytes = bytesOf(text);
      return bytes ? JSON.stringify([...bytes]) : null;
    },
    examples: [['base64_decode_toarray("S3VzdG8=")', '[75,117,115,116,111]']],
  },
  {
    name: 'base64_encode_fromarray',
    args: ['dynamic'],
    returns: 'string',
    js: (array) => {
      const bytes: unknown = array === null ? null : JSON.parse(String(array));
      const valid = Array.isArray(bytes) && bytes.every((byte) => Number.isInteger(byte) && byte >= 0 && byte < 256);
      return valid ? Buffer.from(bytes as number[]).toString('base64') : '';
    },
    examples: [['base64_encode_fromarray(dynamic([75,117,115,116,111]))', 'S3VzdG8=']],
  },
  {
    name: 'base64_decode_toguid',
    args: ['string'],
    returns: 'guid',
    duckdb: 'CAST(kql_js_base64_guid($1) AS UUID)',
    examples: [['base64_decode_toguid("JpbpECu8dUy7Pv5gbeJXAA==")', '10e99626-bc2b-4c75-bb3e-fe606de25700']],
  },
  {
    name: 'base64_guid',
    args: ['string'],
    returns: 'guid',
    internal: true,
    js: (text) => {
      const bytes = bytesOf(text);
      return bytes?.length === 16 ? guidOfBytes(bytes) : null;
    },
    examples: [],
  },
  {
    name: 'base64_encode_fromguid',
    args: ['string'],
    returns: 'string',
    js: (guid) => (guid ? bytesOfGuid(String(guid)).toString('base64') : ''),
    examples: [['base64_encode_fromguid(guid(ae3133f2-6e22-49ae-b06a-16e6a9b212eb))', '8jMxriJurkmwahbmqbIS6w==']],
  },
  {
    name: 'gzip_compress_to_base64_string',
    ...textToText,
    js: (text) => gzipOf(String(text ?? '')).toString('base64'),
    differs: 'The packed bytes depend on the packer where a text gets smaller; unpacked they are the same.',
    examples: [
      ['gzip_compress_to_base64_string("abc")', 'H4sIAAAAAAAA/wEDAPz/YWJjwkEkNQMAAAA='],
      ['gzip_decompress_from_base64_string(gzip_compress_to_base64_string("abc"))', 'abc'],
    ],
  },
  {
    name: 'gzip_decompress_from_base64_string',
    ...textToText,
    js: (text) => unpacked(gunzipSync, text),
    examples: [['gzip_decompress_from_base64_string("x")', '']],
  },
  {
    name: 'zlib_compress_to_base64_string',
    ...textToText,
    js: (text) => zlibOf(String(text ?? '')).toString('base64'),
    differs: 'The packed bytes depend on the packer where a text gets smaller; unpacked they are the same.',
    examples: [['zlib_decompress_from_base64_string(zlib_compress_to_base64_string("abc"))', 'abc']],
  },
  {
    name: 'zlib_decompress_from_base64_string',
    ...textToText,
    js: (text) => unpacked(inflateSync, text),
    examples: [['zlib_decompress_from_base64_string("eJwLSS0uUSguKcrMS1cwNDIGACxqBQ4=")', 'Test string 123']],
  },
  {
    name: 'url_encode',
    ...textToText,
    js: (text) => percentEncoded(String(text ?? ''), '+'),
    examples: [['url_encode("https://www.bing.com/a b")', 'https%3a%2f%2fwww.bing.com%2fa+b']],
  },
  {
    name: 'url_encode_component',
    ...textToText,
    js: (text) => percentEncoded(String(text ?? ''), '%20'),
    examples: [['url_encode_component("https://www.bing.com/a b")', 'https%3a%2f%2fwww.bing.com%2fa%20b']],
  },
  {
    name: 'url_decode',
    ...textToText,
    js: (text) => percentDecoded(String(text ?? '')),
    examples: [
      ['url_decode("https%3a%2f%2fwww.bing.com%2f")', 'https://www.bing.com/'],
      ['url_decode("100%")', '100%'],
    ],
  },
  {
    name: 'punycode_domain_from_string',
    ...textToText,
    js: (domain) => decodeDomain(String(domain ?? '')),
    examples: [['punycode_domain_from_string("xn--Riill-jta.org")', 'Riðill.org']],
  },
  {
    name: 'punycode_domain_to_string',
    ...textToText,
    js: (domain) => encodeDomain(String(domain ?? '')),
    examples: [['punycode_domain_to_string("艺术.com")', 'xn--cqv902d.com']],
  },
  {
    name: 'punycode_from_string',
    ...textToText,
    js: (text) => toPunycode(String(text ?? '')),
    examples: [['punycode_from_string("艺术")', 'cqv902d']],
  },
  {
    name: 'punycode_to_string',
    ...textToText,
    js: (text) => fromPunycode(String(text ?? '')),
    examples: [['punycode_to_string("cqv902d")', '艺术']],
  },
]);
