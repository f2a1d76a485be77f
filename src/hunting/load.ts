import { readFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { isScalar, Scalar } from 'yaml';
import { z } from 'zod';
import { readYaml } from '../config/checked-yaml.js';
import { trawlError } from '../util/errors.js';
import type { Hunt, QueryPlace } from './hunt.js';

const text = z.string();
const SHAPE = z.looseObject({
  id: text.min(1, 'a GUID is needed'),
  name: text.min(1),
  query: text.min(1, 'a query is needed'),
  description: text.default(''),
  requiredDataConnectors: z.array(z.looseObject({ dataTypes: z.array(text).default([]) })).nullish(),
  tactics: z.array(text).nullish(),
  relevantTechniques: z.array(text).nullish(),
  entityMappings: z
    .array(
      z.looseObject({
        entityType: text,
        fieldMappings: z.array(z.looseObject({ identifier: text, columnName: text })),
      }),
    )
    .nullish(),
  version: z.union([text, z.number()]).optional(),
});

/** The endings of files that hold a bare query. */
export const QUERY_FILES: readonly string[] = ['.kql', '.csl', '.kusto'];
/** The endings of files that hold a hunt. */
export const HUNT_FILES: readonly string[] = ['.yaml', '.yml'];

/**
 * Reads a hunt from Sentinel's hunting-query YAML, or from a file with a query only.
 * @throws TrawlError `yaml-invalid` with file and line; `path-unreadable`
 */
export function loadHunt(file: string): Hunt {
  return HUNT_FILES.includes(extname(file).toLowerCase()) ? loadYaml(file) : loadQuery(file);
}

function loadYaml(file: string): Hunt {
  const yaml = readYaml(file, SHAPE);
  const { value } = yaml;
  return {
    id: basename(file, extname(file)),
    guid: value.id.toLowerCase(),
    name: value.name,
    description: value.description.trim(),
    tactics: value.tactics ?? [],
    techniques: value.relevantTechniques ?? [],
    dataTypes: [...new Set((value.requiredDataConnectors ?? []).flatMap((of) => of.dataTypes.map(tableOf)))],
    entityMappings: value.entityMappings ?? [],
    version: value.version === undefined ? '' : String(value.version),
    query: value.query,
    file,
    queryPlace: placeOf(yaml.document.get('query', true), yaml.text, yaml.lineOf(['query'])),
  };
}

/** `SecurityAlert (MCAS)` is the table SecurityAlert. */
const tableOf = (dataType: string): string => dataType.replace(/\s*\(.*\)$/, '').trim();

function placeOf(node: unknown, source: string, line: number): QueryPlace {
  const block = isScalar(node) && (node.type === Scalar.BLOCK_LITERAL || node.type === Scalar.BLOCK_FOLDED);
  if (!block) return { line, indent: 0 };
  const lines = source.split('\n');
  for (let at = line; at < lines.length; at++) {
    const [indent] = /^\s*/.exec(lines[at]!)!;
    if (lines[at]!.trim() !== '') return { line: line + 1, indent: indent.length };
  }
  return { line: line + 1, indent: 0 };
}

function loadQuery(file: string): Hunt {
  let query: string;
  try {
    query = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw trawlError('path-unreadable', { path: file, reason: (error as NodeJS.ErrnoException).code ?? String(error) });
  }
  const id = basename(file, extname(file));
  const title = /^\s*\/\/+\s*(.+?)\s*$/m.exec(query.trimStart().split('\n', 1)[0]!)?.[1];
  return {
    id,
    guid: '',
    name: title ?? id,
    description: '',
    tactics: [],
    techniques: [],
    dataTypes: [],
    entityMappings: [],
    version: '',
    query,
    file,
    queryPlace: { line: 1, indent: 0 },
  };
}
