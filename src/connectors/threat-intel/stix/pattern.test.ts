import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Reject } from '../../../ingest/connector.js';
import { parsePattern } from './pattern.js';
import { patternRows } from './rows.js';

const rows = (pattern: string) => patternRows(parsePattern(pattern).tree);

describe('rows of a pattern', () => {
  test.each([
    ["[ipv4-addr:value = '1.2.3.4']", [{ NetworkIP: '1.2.3.4' }]],
    [
      "[ipv4-addr:value ISSUBSET '10.0.0.0/8' OR ipv6-addr:value = '2001:DB8::/32']",
      [{ NetworkCidrBlock: '10.0.0.0/8' }, { NetworkCidrBlock: '2001:db8::/32' }],
    ],
    ["[domain-name:value IN ('a.example', 'b.example')]", [{ DomainName: 'a.example' }, { DomainName: 'b.example' }]],
    [
      "[url:value = 'http://x.example/a//b'] /* no 'string' */ OR [url:value = 'http://y.example'] // end",
      [{ Url: 'http://x.example/a//b' }, { Url: 'http://y.example' }],
    ],
    [
      "[file:hashes.MD5 = 'AB' AND file:hashes.'SHA-1' = 'cd' AND file:name = 'x']",
      [
        { FileHashType: 'MD5', FileHashValue: 'ab' },
        { FileHashType: 'SHA1', FileHashValue: 'cd', FileName: 'x' },
      ],
    ],
    [
      "[(domain-name:value = 'a.example' OR domain-name:value = 'b.example') AND network-traffic:dst_port = 53]",
      [
        { DomainName: 'a.example', NetworkDestinationPort: 53, NetworkPort: 53 },
        { DomainName: 'b.example', NetworkDestinationPort: 53, NetworkPort: 53 },
      ],
    ],
    ["[network-traffic:src_ref.value = '1.2.3.4']", [{ NetworkIP: '1.2.3.4', NetworkSourceIP: '1.2.3.4' }]],
    ["[network-traffic:dst_ref.value = 'c2.example']", [{ DomainName: 'c2.example' }]],
    ["[ipv4-addr:value != '1.2.3.4' OR domain-name:value LIKE '%.example' OR url:value MATCHES '^x']", [{}]],
    ["[domain-name:value NOT = 'a.example' AND ipv4-addr:value = '1.2.3.4']", [{ NetworkIP: '1.2.3.4' }]],
    ["[x509-certificate:issuer = 'CN=x']", [{}]],
    [
      "[email-message:from_ref.value = 'A@b.example' AND email-message:subject = 'hi']",
      [{ EmailSenderAddress: 'a@b.example', EmailSubject: 'hi' }],
    ],
  ])('%s', (pattern, expected) => expect(rows(pattern)).toEqual(expected));

  test('a product of alternatives too large to write out gives a row for each', () => {
    const choice = (at: number) =>
      `(${Array.from({ length: 20 }, (_, i) => `domain-name:value = 'd${i}.x${at}.example'`).join(' OR ')})`;
    expect(rows(`[${[1, 2, 3, 4, 5].map(choice).join(' AND ')}]`)).toHaveLength(100);
  });
});

test('qualifiers are kept', () => {
  const { qualifiers } = parsePattern(
    "([a:b = 1] AND [a:b = 2]) REPEATS 5 TIMES WITHIN 1.5 SECONDS START t'2024-01-01T00:00:00Z' STOP t'2024-01-02T00:00:00Z'",
  );
  expect(qualifiers).toEqual([
    'REPEATS 5 TIMES',
    'WITHIN 1.5 SECONDS',
    'START 2024-01-01T00:00:00Z STOP 2024-01-02T00:00:00Z',
  ]);
});

test.each([
  ['', "'[' expected, it ends"],
  ['[a:b = ]', "a value expected, ']' found"],
  ["[a:b = 'x'", "']' expected, it ends"],
  ["[a:b 'x']", "a comparison expected, 'x' found"],
  ["[a:b = 'x'] nonsense", "the end expected, 'nonsense' found"],
  ["[a:b = 'x", "unexpected ''x'"],
  [`${'('.repeat(5000)}[a:b = 1]`, 'nested deeper than 100'],
])('%s is refused', (pattern, reason) => {
  expect(() => parsePattern(pattern)).toThrow(Reject);
  expect(() => parsePattern(pattern)).toThrow(reason);
});

describe('properties', () => {
  test('any value comes back from its literal', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const literal = value.replace(/[\\']/g, '\\$&');
        expect(parsePattern(`[url:value = '${literal}']`).tree).toMatchObject({ values: [value] });
      }),
    );
  });

  test('garbage is refused in little time', () => {
    const word = fc.constantFrom(
      '[',
      ']',
      '(',
      ')',
      "'x'",
      "'",
      'AND',
      'OR',
      'NOT',
      'IN',
      'a:b',
      '=',
      '1',
      ',',
      'EXISTS',
      'START',
      '/*',
      '//',
      '\\',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string()), { maxLength: 60 }), (words) => {
        try {
          patternRows(parsePattern(words.join(' ')).tree);
        } catch (error) {
          expect(error).toBeInstanceOf(Reject);
        }
      }),
    );
    const start = performance.now();
    for (const text of [
      "'\\".repeat(100_000),
      '/*'.repeat(100_000),
      '['.repeat(100_000),
      '1'.repeat(200_000),
      ' '.repeat(200_000),
    ])
      expect(() => parsePattern(text)).toThrow(Reject);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
