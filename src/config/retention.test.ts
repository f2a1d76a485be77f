import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readConfig } from './config.js';
import { readBytes, readDays } from './retention.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'trawl-config-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function read(text: string) {
  const file = join(directory, 'trawl.yaml');
  writeFileSync(file, text);
  try {
    return readConfig(file).retention;
  } catch (error) {
    return (error as Error).message.replace(directory, '');
  }
}

test('retention as it is written', () => {
  expect(
    read('retention: {CommonSecurityLog: 90d, Audit_CL: forever, default: 1y, disk: 50GB, archive-after: 1w}'),
  ).toEqual({
    tables: { CommonSecurityLog: 90, Audit_CL: null },
    default: 365,
    disk: 50_000_000_000,
    archiveAfter: 7,
  });
  expect(read('')).toEqual({ tables: {} });
  expect(read('retention:\n  default: forever')).toEqual({ tables: {}, default: null });
});

test('mistakes have their places', () => {
  expect(read('retention:\n  default: 365d\n  CommonSecurityLog: 90')).toMatch(
    /trawl\.yaml:3: retention\.CommonSecurityLog: /,
  );
  expect(read('retention:\n  default: 0d')).toMatch(/trawl\.yaml:2: retention\.default: /);
  expect(read('retention:\n\n  disk: 50 apples')).toBe(
    "/trawl.yaml:3: retention.disk: '50 apples' is no size such as 50GB or 200GiB",
  );
  expect(read('retention:\n  archive-after: soon')).toBe(
    "/trawl.yaml:2: retention.archive-after: 'soon' is no number of days such as 90d, 12w or 1y",
  );
});

test('days and sizes', () => {
  expect(['1d', '2 W', '1y', '0d', '1h', 'd', '-1d', '9999999d'].map(readDays)).toEqual([
    1,
    14,
    365,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  expect(['1B', '1.5 kb', '1MiB', '2TB', '5', '1ib', 'GB'].map(readBytes)).toEqual([
    1,
    1500,
    1_048_576,
    2e12,
    undefined,
    undefined,
    undefined,
  ]);
});
