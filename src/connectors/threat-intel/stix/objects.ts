import type { Row } from '../../../ingest/connector.js';
import { parseIsoDatetime } from '../../../util/ticks.js';
import { confidence, expiration, jsonText, type Source, stableId, tlp, withSet } from '../row.js';
import { parsePattern } from './pattern.js';
import { patternRows } from './rows.js';

export type StixObject = Readonly<Record<string, unknown>> & { readonly type: string; readonly id: string };

/** True for an object with STIX's `type` and `type--uuid` id. */
export const isStixObject = (value: unknown): value is StixObject => {
  const { type, id } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  return typeof type === 'string' && typeof id === 'string' && id.startsWith(`${type}--`);
};

const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The well-known TLP markings: 1.0 of STIX 2.0/2.1's specification, 2.0 of OASIS' extension definition. */
const TLP_IDS: Readonly<Record<string, string>> = {
  '613f2e26-407d-48c7-9eca-b8e91df99dc9': 'white',
  '34098fce-860f-48ae-8e50-ebd3cc5e41da': 'green',
  'f88d31f6-486f-44da-b317-01333bde0b82': 'amber',
  '5e57c739-391a-4eb3-b6be-7d15ca92d5ed': 'red',
  '94868c89-83c2-464b-929b-a1a8aa3c8487': 'white',
  'bab4a63c-aed9-4cf5-a766-dfca5abac2bb': 'green',
  '55d920b0-5e8b-4f79-9ee9-91f868d9b421': 'amber',
  '939a9414-2ddd-4d32-a0cd-375ea402b003': 'amber+strict',
  'e828b379-4e03-4974-9ac4-e53a884c97c1': 'red',
};

/** Kill-chain phases by the column they set; phase names of Lockheed Martin's chain and of MITRE ATT&CK. */
const PHASES: Readonly<Record<string, string>> = {
  reconnaissance: 'KillChainReconnaissance',
  weaponization: 'KillChainWeaponization',
  'resource-development': 'KillChainWeaponization',
  delivery: 'KillChainDelivery',
  'initial-access': 'KillChainDelivery',
  exploitation: 'KillChainExploitation',
  exploit: 'KillChainExploitation',
  execution: 'KillChainExploitation',
  'command-and-control': 'KillChainC2',
  c2: 'KillChainC2',
  'actions-on-objectives': 'KillChainActions',
  actions: 'KillChainActions',
  exfiltration: 'KillChainActions',
  impact: 'KillChainActions',
};

/** Fields that have a column or are furniture; all others are kept in AdditionalInformation. */
const MAPPED = new Set([
  'type',
  'id',
  'spec_version',
  'created',
  'modified',
  'valid_until',
  'confidence',
  'description',
  'indicator_types',
  'labels',
  'created_by_ref',
  'object_marking_refs',
  'revoked',
  'kill_chain_phases',
  'pattern_type',
]);

/** What the objects of a source say of each other: names, markings and who indicates what. */
export interface Neighbours {
  add(object: StixObject): void;
  readonly names: ReadonlyMap<string, string>;
  readonly markings: ReadonlyMap<string, string>;
  /** Names of malware and tools, and of groups and campaigns, that an indicator's relationships lead to. */
  indicated(id: string): { malware: string[]; groups: string[] };
}

export function neighbours(): Neighbours {
  const names = new Map<string, string>();
  const markings = new Map<string, string>();
  const links = new Map<string, string[]>();
  return {
    names,
    markings,
    add(object) {
      if (typeof object.name === 'string' && object.type !== 'indicator') names.set(object.id, object.name);
      if (object.type === 'marking-definition') {
        const level = tlp((object.definition as Record<string, unknown> | undefined)?.tlp) || tlp(object.name);
        if (level !== '') markings.set(object.id, level);
      }
      if (
        object.type === 'relationship' &&
        object.relationship_type === 'indicates' &&
        typeof object.source_ref === 'string'
      )
        links.set(object.source_ref, [...(links.get(object.source_ref) ?? []), text(object.target_ref)]);
    },
    indicated(id) {
      const named = (...types: string[]) =>
        (links.get(id) ?? [])
          .filter((ref) => types.includes(ref.replace(/--.*/, '')))
          .flatMap((ref) => names.get(ref) ?? []);
      return { malware: named('malware', 'tool'), groups: named('threat-actor', 'intrusion-set', 'campaign') };
    },
  };
}

/** The pattern rows of an indicator; throws `Reject` when it has a STIX pattern that can't be parsed. */
export function indicatorRows(object: StixObject): { rows: Row[]; qualifiers: readonly string[] } {
  const type = text(object.pattern_type) || 'stix';
  if (type !== 'stix') return { rows: [{}], qualifiers: [] };
  const { tree, qualifiers } = parsePattern(text(object.pattern));
  return { rows: patternRows(tree), qualifiers };
}

/** The rows of an indicator for ThreatIntelligenceIndicator, with what its neighbours know. */
export function finishedRows(
  object: StixObject,
  parsed: ReturnType<typeof indicatorRows>,
  around: Neighbours,
  source: Source,
): Row[] {
  const time = (value: unknown): bigint | null => (typeof value === 'string' ? parseIsoDatetime(value) : null);
  const generated = time(object.modified) ?? time(object.created) ?? time(object.valid_from) ?? source.modified;
  const { malware, groups } = around.indicated(object.id);
  const refs = texts(object.object_marking_refs);
  const types = texts(object.indicator_types);
  const labels = texts(object.labels);
  const rest = Object.fromEntries(Object.entries(object).filter(([key]) => !MAPPED.has(key)));
  const shared: Row = {
    TimeGenerated: generated,
    SourceSystem: 'STIX',
    IndicatorProvider: source.provider || (around.names.get(text(object.created_by_ref)) ?? 'STIX'),
    ExternalIndicatorId: object.id,
    Active: object.revoked !== true,
    ExpirationDateTime: expiration(time(object.valid_until), generated, source),
    ConfidenceScore: typeof object.confidence === 'number' ? confidence(object.confidence) : null,
    Description: text(object.description) || text(object.name),
    ThreatType: types.join(', ') || labels[0] || '',
    Tags: jsonText([...new Set([...types, ...labels])]),
    MalwareNames: malware.join(', '),
    ActivityGroupNames: groups.join(', '),
    TrafficLightProtocolLevel:
      refs
        .map((ref) => around.markings.get(ref) ?? TLP_IDS[ref.replace('marking-definition--', '')] ?? '')
        .find((level) => level !== '') ?? '',
    AdditionalInformation: jsonText({
      ...rest,
      pattern_type: object.pattern_type === 'stix' ? undefined : object.pattern_type,
      kill_chain_phases: object.kill_chain_phases,
      created_by_ref: around.names.has(text(object.created_by_ref)) ? undefined : object.created_by_ref,
      qualifiers: parsed.qualifiers,
    }),
  };
  for (const phase of Array.isArray(object.kill_chain_phases) ? object.kill_chain_phases : []) {
    const column = PHASES[text((phase as Record<string, unknown> | null)?.phase_name).toLowerCase()];
    if (column) shared[column] = true;
  }
  // Queries keep the latest row of each IndicatorId: the rows of one pattern need ids of their own.
  return parsed.rows.map((columns) =>
    withSet(
      { ...shared, IndicatorId: parsed.rows.length === 1 ? object.id : stableId(object.id, JSON.stringify(columns)) },
      columns,
    ),
  );
}
