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
])('%j', async (text, code, said) => {
  const folder = folderWith({ 'trawl.yaml': text });
  const ran = await trawl(['config', 'check', join(folder, 'trawl.yaml')]);
  expect(ran.stdout + ran.stderr).toMatch(said);
  expect(ran.code).toBe(code);
});
