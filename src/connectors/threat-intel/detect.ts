import type { Sample } from '../../ingest/connector.js';
import { cellsOf } from './feed/cells.js';
import { entriesIn, isEntry } from './feed/documents.js';
import { isFeedHeader, kindOf } from './feed/fields.js';
import { guessedLayout, headerLayout, isSure } from './feed/layout.js';
import { plainEntries, withoutComment } from './feed/plain.js';
import { isJson } from './json.js';
import { isMisp } from './misp/document.js';
import { isWarninglist } from './misp/warninglist.js';
import { observe } from './observable.js';
import { isStixObject } from './stix/objects.js';

/** Lines looked at: enough to judge a list by. */
const LINES = 500;

/** Columns of the widest feed there is, with room; tables of logs have more. */
const WIDEST = 40;

/** Columns of Sentinel's tables: exports of those are for whoever reads tables. */
const OTHERS = /^(?:TimeGenerated|TenantId|DeviceVendor|_ResourceId)\b/;

/** How sure the sample is a source of indicators. Text is judged by the share of its lines that are indicators. */
export function detect(sample: Sample): number {
  if (sample.json.length > 0) return detectJson(sample.json);
  if (/^\s*[[{]/.test(sample.text)) return detectCutJson(sample.text);
  return detectText(sample.lines.slice(0, LINES));
}

function detectJson(values: readonly unknown[]): number {
  const share = (test: (value: unknown) => boolean): number => values.filter(test).length / values.length;
  if (share(isStixObject) > 0.5 || share(isMisp) > 0.5) return 0.95;
  if (share((value) => isWarninglist(value) && isJson(value) && Array.isArray(value.list)) > 0.5) return 0.95;
  if (share((value) => typeof value === 'string' && observe(value) !== null) > 0.8) return 0.6;
  // A table's own rows have its columns: they are for whoever reads tables.
  if (values.some((value) => isJson(value) && 'TimeGenerated' in value)) return 0;
  const feed = share((value) => isJson(value) && (isFeed(value) || entriesIn(value).some(isFeed)));
  return feed > 0.5 ? 0.7 : 0;
}

const isFeed = (value: Readonly<Record<string, unknown>>): boolean =>
  isEntry(value) && isFeedHeader(Object.keys(value));

/** A document longer than the sample is no value yet: it is told by how it begins. */
function detectCutJson(text: string): number {
  if (/"type"\s*:\s*"bundle"/.test(text) && /"objects"\s*:\s*\[/.test(text)) return 0.95;
  if (/"Attribute"\s*:\s*[[{]/.test(text) && /"to_ids"\s*:/.test(text)) return 0.95;
  if (/^\s*\{[^{}[\]]*"list"\s*:\s*\[\s*"/.test(text)) return 0.8;
  return 0;
}

function detectText(lines: readonly string[]): number {
  const [first, ...rest] = lines.flatMap((line) => withoutComment(line) ?? []);
  if (first === undefined) return 0;
  const comments = lines.slice(
    0,
    Math.max(
      0,
      lines.findIndex((line) => withoutComment(line) !== null),
    ),
  );
  const layout = headerLayout(first) ?? headerLayout((comments.at(-1) ?? '').replace(/^[\s#]+/, ''));
  if (layout && layout.header.length > 1) {
    if (layout.header.length > WIDEST || layout.header.some((name) => OTHERS.test(name))) return 0;
    // Cells with line breaks make lines of other lengths: they tell nothing.
    const rows = lines
      .map((line) => cellsOf(line, layout.separator) ?? [])
      .filter((cells) => cells.length === layout.header.length);
    const indicates = (cells: readonly string[]): boolean =>
      cells.some((cell) => observe(cell) !== null || kindOf(cell) !== undefined);
    const entries = rows.filter(
      (cells) => !cells.every((cell, at) => cell.replace(/^[#"\s]+/, '') === layout.header[at]),
    );
    return shareOf(entries, indicates) > 0.6 ? 0.75 : 0;
  }
  const all = layout && headerLayout(first) ? rest : [first, ...rest];
  const plain = shareOf(all, isBareEntry);
  if (plain > 0.8) return 0.5 + plain * 0.3;
  const guessed = guessedLayout(first);
  if (!guessed || !isSure(guessed)) return 0;
  return shareOf(all, (line) => {
    const found = guessedLayout(line);
    return found !== null && isSure(found);
  }) > 0.8
    ? 0.65
    : 0;
}

const shareOf = <T>(items: readonly T[], test: (item: T) => boolean): number =>
  items.length === 0 ? 0 : items.filter(test).length / items.length;

/** An indicator alone or with a score. With a note behind it, it could be the address that a log's line starts with. */
function isBareEntry(line: string): boolean {
  const entries = plainEntries(line);
  return (
    entries?.every(
      (entry) => entry.note === undefined || /[#;]/.test(line[entry.value.length] ?? '') || /^SBL\d/.test(entry.note),
    ) === true
  );
}
