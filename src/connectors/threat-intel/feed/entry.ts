import { type Cell, Reject, type Row } from '../../../ingest/connector.js';
import { COLUMNS } from '../columns.js';
import { confidence, expiration, jsonText, type Source, stableId, tlp, withSet } from '../row.js';
import { type About, fieldOf, kindOf } from './fields.js';
import { feedTime } from './time.js';

/** A feed as a whole: who it is from, and what its comments say of the next entries. */
export interface Feed {
  readonly source: Source;
  /** The provider when neither the user nor the entry names one: the feed's name. */
  readonly name: string;
}

/** What all rows of ThreatIntelligenceIndicator from feeds have. */
export function feedRow(feed: Feed, value: string, columns: Row): Row {
  const provider = feed.source.provider || feed.name;
  const { modified } = feed.source;
  return {
    TimeGenerated: modified,
    SourceSystem: 'Feed',
    IndicatorProvider: provider,
    IndicatorId: stableId(provider, value),
    Active: true,
    ExpirationDateTime: expiration(null, modified, feed.source),
    ...columns,
  };
}

const text = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value).trim();

/** Words that feeds write for no value. */
const NOTHING = /^(?:none|null|n\/a|na|unknown|-|\\n)$/i;

/** The rows of an entry with named fields; `shared` holds fields that stand for all entries of the source. */
export function entryRows(
  entry: Readonly<Record<string, unknown>>,
  feed: Feed,
  shared: Readonly<Record<string, unknown>> = {},
): Row[] {
  const abouts: Partial<Record<About, unknown>> = {};
  const values: { name: string; value: string; kind: keyof typeof COLUMNS }[] = [];
  const rest: Record<string, unknown> = { ...shared };
  for (const [name, value] of Object.entries(entry)) {
    if (
      value === null ||
      value === undefined ||
      value === '' ||
      (typeof value === 'string' && NOTHING.test(value.trim()))
    )
      continue;
    const field = fieldOf(name);
    if (field && 'about' in field && abouts[field.about] === undefined) abouts[field.about] = value;
    else if (field && 'value' in field && typeof value !== 'object')
      values.push({ name, value: text(value), kind: field.value });
    else rest[name] = value;
  }
  const kind = kindOf(text(abouts.type));
  const parts: Row[] = [];
  for (const item of values) {
    const named = item.kind === 'any' && kind !== undefined ? COLUMNS[kind](item.value) : {};
    const columns = usable(named) ? named : COLUMNS[item.kind](item.value);
    if (usable(columns)) parts.push(columns);
    else rest[item.name] = item.value;
  }
  if (values.length === 0) throw new Reject('no indicator in this entry');
  if (parts.length === 0 && abouts.type === undefined)
    throw new Reject(`not an indicator: '${values[0]!.value.slice(0, 80)}'`);
  if (abouts.type !== undefined && kind === undefined) rest.type = abouts.type;
  const rows = combine(parts);
  const about = aboutColumns(abouts, rest, feed);
  const key = text(abouts.id) || values.map(({ value }) => value).join('|');
  return rows.map((columns, index) =>
    withSet(feedRow(feed, rows.length > 1 ? `${key} ${index}` : key, columns), about),
  );
}

const usable = (columns: Row): boolean =>
  Object.values(columns).some((value) => value !== null && value !== undefined && value !== '');

/** Values in free columns share a row (an address and its port); a second hash or address gives another. */
function combine(parts: readonly Row[]): Row[] {
  const rows: Row[] = [{}];
  for (const part of parts) {
    const free = rows.find((row) =>
      Object.entries(part).every(([column, value]) => row[column] === undefined || row[column] === value),
    );
    if (free) Object.assign(free, part);
    else rows.push({ ...part });
  }
  return rows;
}

function aboutColumns(abouts: Partial<Record<About, unknown>>, rest: Record<string, unknown>, feed: Feed): Row {
  const generated = feedTime(abouts.last) ?? feedTime(abouts.added) ?? feedTime(abouts.first);
  const active = text(abouts.active).toLowerCase();
  // A confidence in words, or beyond 100, has no column.
  if (abouts.confidence !== undefined && confidence(text(abouts.confidence)) === null)
    rest.confidence = abouts.confidence;
  for (const name of ['first', 'added', 'last'] as const)
    if (abouts[name] !== undefined) rest[`${name}Seen`.replace('addedSeen', 'added')] = abouts[name];
  return {
    TimeGenerated: generated,
    ExpirationDateTime: expiration(feedTime(abouts.expires), generated ?? feed.source.modified, feed.source),
    ConfidenceScore: confidence(text(abouts.confidence)),
    Description: text(abouts.description),
    Tags: tagText(abouts.tags),
    ThreatType: text(abouts.threat),
    MalwareNames: text(abouts.malware),
    ActivityGroupNames: text(abouts.group),
    TrafficLightProtocolLevel: tlp(abouts.tlp),
    IndicatorProvider: feed.source.provider ? '' : text(abouts.provider),
    ExternalIndicatorId: text(abouts.id),
    Active: active === 'false' || active === '0' || active === 'no' ? false : null,
    Action: text(abouts.action),
    ThreatSeverity: /^\d$/.test(text(abouts.severity)) ? (Number(abouts.severity) as Cell) : null,
    AdditionalInformation: jsonText(rest),
  };
}

function tagText(tags: unknown): string {
  if (Array.isArray(tags)) return jsonText(tags);
  const words = text(tags)
    .split(/[,;|]/)
    .map((word) => word.trim())
    .filter((word) => word !== '');
  return jsonText(words);
}
