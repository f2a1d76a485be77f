import type { Outcome } from '../hunting.js';
import type { Io } from '../io.js';
import { writeTexts } from './destination.js';
import { jsonLines, jsonText } from './json-text.js';
import type { OutputRequest } from './request.js';
import { MARKDOWN, rowTexts } from './rows.js';
import { writeTables } from './write-tables.js';

/** Writes hunts' findings for programs: one JSON document, an NDJSON line a finding, or a table a hunt. */
export async function writeHuntData(io: Io, outcomes: readonly Outcome[], request: OutputRequest): Promise<void> {
  switch (request.format) {
    case 'json':
      await writeTexts(io, [`${jsonLines({ hunts: outcomes.map(huntObject) }, 5)}\n`], request.file);
      return;
    case 'ndjson':
      await writeTexts(io, findingLines(outcomes), request.file);
      return;
    case 'markdown':
      if (outcomes.length > 1) return writeTexts(io, markdownSections(outcomes), request.file);
  }
  const tables = outcomes.flatMap(({ hunt, result }) =>
    result?.tables[0] ? [{ name: hunt.id, table: result.tables[0] }] : [],
  );
  await writeTables(io, tables, request);
}

function huntObject({ hunt, result, error, prepared, ms }: Outcome) {
  const { id, guid, name, description, tactics, techniques } = hunt;
  return {
    id,
    guid,
    name,
    description,
    tactics,
    techniques,
    asOf: result?.asOf,
    knobs: prepared.knobs.map(({ help: _, ...knob }) => knob),
    kql: prepared.kql,
    ms: Math.round(ms),
    error: error && { code: error.code, message: error.message, span: error.span },
    withoutData: result?.withoutData,
    diagnostics: result?.diagnostics,
    columns: result?.tables[0]?.columns,
    findings: result?.findings,
  };
}

function* findingLines(outcomes: readonly Outcome[]): Iterable<string> {
  for (const { hunt, result } of outcomes)
    for (const { values, entities } of result?.findings ?? [])
      yield `${jsonText({ hunt: hunt.id, asOf: result!.asOf, values, entities })}\n`;
}

function* markdownSections(outcomes: readonly Outcome[]): Iterable<string> {
  for (const { hunt, result, error } of outcomes) {
    yield `## ${hunt.name}\n\n`;
    if (error) yield `Could not run: ${error.message}\n\n`;
    if (!result) continue;
    yield `As of ${result.asOf}.\n\n`;
    if (result.tables[0] && result.findings.length > 0) yield* rowTexts(MARKDOWN, result.tables[0]);
    else yield 'Nothing found.\n';
    yield '\n';
  }
}
