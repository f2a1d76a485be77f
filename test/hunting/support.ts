import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { TrawlError } from '../../src/util/errors.js';

/** A directory with these files, that goes away with the test. */
export function directoryWith(files: Readonly<Record<string, string>> = {}): string {
  const directory = mkdtempSync(join(tmpdir(), 'trawl-hunting-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), content);
  }
  return directory;
}

/** A hunt as YAML around a query. */
export const huntYaml = (query: string, guid = '00000000-0000-4000-8000-000000000001'): string =>
  `id: ${guid}
name: Odd logons
description: |
  Looks for odd logons.
requiredDataConnectors:
  - connectorId: Any
    dataTypes:
      - Logon_CL (Preview)
tactics:
  - CredentialAccess
relevantTechniques:
  - T1110
query: |
${query.replace(/^/gm, '  ')}
entityMappings:
  - entityType: Host
    fieldMappings:
      - identifier: HostName
        columnName: Computer
version: 1.0.0
`;

/** The error that a call or a promise ends in. */
export async function errorOf(work: () => unknown): Promise<TrawlError> {
  try {
    await work();
  } catch (error) {
    if (error instanceof TrawlError) return error;
    throw error;
  }
  throw new Error('it went well');
}
