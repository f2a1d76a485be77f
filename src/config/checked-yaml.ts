import { readFileSync } from 'node:fs';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { trawlError } from '../util/errors.js';

/** A YAML file's content after the check of its shape, with its nodes and a way to their lines. */
export interface CheckedYaml<T> {
  readonly value: T;
  readonly document: Document;
  readonly text: string;
  /** The line (from 1) of the value at that path, or of the nearest thing around it. */
  lineOf(path: readonly PropertyKey[]): number;
}

/**
 * Reads a YAML file and checks its shape.
 * @throws TrawlError `yaml-invalid` with file and line, when it is no YAML or not of that shape; `path-unreadable`
 */
export function readYaml<T>(file: string, shape: z.ZodType<T>): CheckedYaml<T> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw trawlError('path-unreadable', { path: file, reason: (error as NodeJS.ErrnoException).code ?? String(error) });
  }
  const lines = new LineCounter();
  // aliases that multiply ("billion laughs") are refused by the library's own limit
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [broken] = document.errors;
  if (broken)
    throw trawlError('yaml-invalid', { file, line: lines.linePos(broken.pos[0]).line, reason: broken.message });
  const lineOf = (path: readonly PropertyKey[]): number => {
    for (let length = path.length; length >= 0; length--) {
      const node = length === 0 ? document.contents : document.getIn(path.slice(0, length) as unknown[], true);
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  };
  let plain: unknown;
  try {
    plain = document.toJS({ maxAliasCount: 100 }) as unknown;
  } catch (error) {
    throw trawlError('yaml-invalid', { file, line: 1, reason: (error as Error).message });
  }
  const checked = shape.safeParse(plain ?? {});
  if (!checked.success) {
    const [issue] = checked.error.issues;
    const path = issue?.path ?? [];
    const where = path.length > 0 ? `${path.map(String).join('.')}: ` : '';
    throw trawlError('yaml-invalid', {
      file,
      line: lineOf(path),
      reason: `${where}${reasonOf(issue) ?? 'not of the expected shape'}`,
    });
  }
  return { value: checked.data, document, text, lineOf };
}

/** What is wrong with a name stands within the issue. */
const reasonOf = (issue: z.core.$ZodIssue | undefined): string | undefined =>
  issue?.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue?.message;
