import type { Row } from '../../../ingest/connector.js';
import { parseIsoDatetime, ticksFromUnixMilliseconds } from '../../../util/ticks.js';
import { isJson, type Json, listOf as list } from '../json.js';
import { confidence, expiration, jsonText, type Source, stableId, tlp, withSet } from '../row.js';
import { attributeColumns } from './attributes.js';

const text = (value: unknown): string =>
  value === null || value === undefined || typeof value === 'object' ? '' : String(value);

/** MISP's threat levels (1 high, 2 medium, 3 low, 4 undefined) as Sentinel's severity, 5 being the worst. */
const SEVERITY: Readonly<Record<string, number>> = { '1': 5, '2': 3, '3': 1 };

/** Galaxies whose clusters name malware, and those that name its users, in `misp-galaxy:NAME="…"` tags. */
const MALWARE =
  /^misp-galaxy:(?:mitre-(?:enterprise-attack-)?malware|mitre-(?:enterprise-attack-)?tool|malpedia|tool|ransomware|rat|banker|stealer|botnet|backdoor)="(.*)"$/;
const GROUPS =
  /^misp-galaxy:(?:threat-actor|mitre-(?:enterprise-attack-)?intrusion-set|microsoft-activity-group)="(.*)"$/;

/** Fields of an attribute that have a column or are furniture of MISP's database. */
const MAPPED = new Set([
  'uuid',
  'timestamp',
  'comment',
  'category',
  'Tag',
  'deleted',
  'to_ids',
  'distribution',
  'sharing_group_id',
  'id',
  'event_id',
  'object_id',
  'disable_correlation',
  'value1',
  'value2',
  'Galaxy',
  'ShadowAttribute',
  'SharingGroup',
  'Event',
  'Object',
  'data',
]);

/** The row of an attribute. `event` is what is known of its event, `{}` when it stands alone. */
export function attributeRow(attribute: Json, object: Json | undefined, event: Json, source: Source): Row {
  const type = text(attribute.type);
  const value = text(attribute.value);
  const generated =
    time(attribute.timestamp) ?? time(event.timestamp) ?? (parseIsoDatetime(text(event.date)) || source.modified);
  const provider = source.provider || text((isJson(event.Orgc) ? event.Orgc : {}).name) || 'MISP';
  const tags = [
    ...new Set([...list(event.Tag), ...list(attribute.Tag)].map((tag) => text(tag.name)).filter((name) => name !== '')),
  ];
  const deleted = attribute.deleted === true || text(attribute.deleted) === '1' || object?.deleted === true;
  const detects = attribute.to_ids === undefined || attribute.to_ids === true || text(attribute.to_ids) === '1';
  const named = (pattern: RegExp) => [...new Set(tags.flatMap((tag) => pattern.exec(tag)?.[1] ?? []))].join(', ');
  const marks = [...(detects ? [] : ['to_ids:false']), ...(deleted ? ['deleted'] : [])];
  const comments = [text(event.info), text(object?.comment), text(attribute.comment)].filter((part) => part !== '');
  const id = text(attribute.uuid) || stableId(provider, `${type} ${value}`);
  const rest = Object.fromEntries(Object.entries(attribute).filter(([key]) => !MAPPED.has(key)));
  const row: Row = {
    TimeGenerated: generated,
    SourceSystem: 'MISP',
    IndicatorProvider: provider,
    IndicatorId: id,
    ExternalIndicatorId: id,
    // MISP's own rule: an attribute without the flag is context, not for detection.
    Active: detects && !deleted,
    ExpirationDateTime: expiration(null, generated, source),
    ConfidenceScore: certainty(tags),
    ThreatSeverity: SEVERITY[text(event.threat_level_id)] ?? null,
    Description: [...new Set(comments)].join(': '),
    ThreatType: text(attribute.category),
    Tags: jsonText([...tags, ...marks]),
    MalwareNames: named(MALWARE),
    ActivityGroupNames: named(GROUPS),
    TrafficLightProtocolLevel: tags.map(tlp).find((level) => level !== '') ?? '',
    AdditionalInformation: jsonText({
      ...rest,
      object: text(object?.name),
      event: text(event.uuid) || text(attribute.event_id),
      distribution: text(attribute.distribution),
    }),
  };
  return withSet(row, attributeColumns(type, value));
}

/** Unix seconds as MISP writes them, a number or its text. */
function time(value: unknown): bigint | null {
  const seconds = Number(text(value));
  return text(value) !== '' && Number.isFinite(seconds) && seconds > 0 && seconds < 1e11
    ? ticksFromUnixMilliseconds(seconds * 1000)
    : parseIsoDatetime(text(value));
}

function certainty(tags: readonly string[]): number | null {
  const value = tags.map((tag) => /^osint:certainty="(\d{1,3})"$/.exec(tag)?.[1]).find((score) => score !== undefined);
  return value === undefined ? null : confidence(value);
}
