import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith, trawl } from './trawl.js';

test.each([
  ['serve: {syslog: {tcp: "0.0.0.0:514"}}\n', 0, /is right/],
  ['serve:\n  syslog:\n    tcp: nowhere:99999\n', 1, /trawl\.yaml.*3.*'nowhere:99999' is no HOST:PORT/s],
  ['serve:\n  sylog: {}\n', 1, /sylog/],
  ['connectors:\n  cef: {nonsense: 1}\n', 1, /nonsense/],
  ['hunts:\n  no-such-hunt: {lookback: 1d}\n', 1, /no-such-hunt/],
  ['serve: {tls: {cert: /none.pem, key: /none.pem}}\n', 1, /none\.pem/],
  [
    'feeds:\n  a: {kind: url, url: "https://lists.example/a", every: 15m, headers: {X-Key: {env: PATH}}}\n',
    0,
    /is right/,
  ],
  ['feeds:\n  a:\n    kind: url\n    url: nowhere\n', 1, /trawl\.yaml:4.*feeds\.a\.url: no http/s],
  ['feeds:\n  a:\n    kind: taxii\n    url: https://t.example/\n    token: in-the-clear\n', 1, /:5: .*a secret stands/],
  [
    'feeds:\n  a:\n    kind: misp\n    url: https://m.example/\n    token: {env: NOT_SET_HERE}\n',
    1,
    /:5: .*NOT_SET_HERE/,
  ],
  ['feeds:\n  a: {kind: url, url: "https://me:pw@l.example/"}\n', 1, /credentials go under/],
  ['feeds:\n  a: {kind: misp, url: "http://m.example/", token: {env: PATH}}\n', 1, /credentials need https/],
  ['feeds:\n  a: {kind: file, path: /none.csv, every: often}\n', 1, /'often' is no time/],
  ['feeds:\n  a: {kind: file, path: /none.csv}\n', 1, /no file \/none\.csv/],
  ['feeds:\n  MISP: {kind: file, path: /none.csv}\n', 1, /the name is taken/],
])('%j', async (text, code, said) => {
  const folder = folderWith({ 'trawl.yaml': text });
  const ran = await trawl(['config', 'check', join(folder, 'trawl.yaml')]);
  expect(ran.stdout + ran.stderr).toMatch(said);
  expect(ran.code).toBe(code);
});
