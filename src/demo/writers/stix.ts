import { isoTime } from '../clock.js';
import { guid } from '../hosts.js';
import { type Indicator, indicatorTimes } from '../intel.js';
import { createRandom } from '../prng.js';

const PATTERN: Readonly<Record<Indicator['kind'], string>> = {
  ipv4: 'ipv4-addr:value',
  ipv6: 'ipv6-addr:value',
  domain: 'domain-name:value',
  url: 'url:value',
  sha256: "file:hashes.'SHA-256'",
  md5: 'file:hashes.MD5',
};

/** OASIS' own identifiers of the TLP markings. */
const TLP = {
  green: 'marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da',
  amber: 'marking-definition--f88d31f6-486f-44da-b317-01333bde0b82',
} as const;

const TLP_CREATED = '2017-01-20T00:00:00.000Z';

const pattern = (indicator: Indicator): string =>
  `[${indicator.values.map((value) => `${PATTERN[indicator.kind]} = '${value}'`).join(' OR ')}]`;

const marking = (tlp: keyof typeof TLP): object => ({
  type: 'marking-definition',
  spec_version: '2.1',
  id: TLP[tlp],
  created: TLP_CREATED,
  definition_type: 'tlp',
  name: `TLP:${tlp.toUpperCase()}`,
  definition: { tlp },
});

/** A STIX 2.1 bundle of the feed: its publisher, the campaigns, the markings and the indicators. */
export function stixBundle(indicators: readonly Indicator[], seed: number, end: number): string {
  const random = createRandom(seed, 'stix');
  const id = (type: string): string => `${type}--${guid(random.hex(32))}`;
  const feed = id('identity');
  const stamp = isoTime(
    Math.min(...indicators.map((indicator, index) => indicatorTimes(indicator, end, index).created)),
  );
  const identity = {
    type: 'identity',
    spec_version: '2.1',
    id: feed,
    created: stamp,
    modified: stamp,
    name: 'Demo Threat Exchange',
    identity_class: 'organization',
  };
  const campaigns = [...new Set(indicators.map((indicator) => indicator.campaign))].map((name) => ({
    type: 'campaign',
    spec_version: '2.1',
    id: id('campaign'),
    created_by_ref: feed,
    created: stamp,
    modified: stamp,
    name,
    description: `${name} is made up for this demo.`,
  }));
  const objects = indicators.map((indicator, index) => {
    const { created, modified, until } = indicatorTimes(indicator, end, index);
    return {
      type: 'indicator',
      spec_version: '2.1',
      id: id('indicator'),
      created_by_ref: feed,
      created: isoTime(created),
      modified: isoTime(Math.max(created, modified)),
      name: `${indicator.campaign}: ${indicator.values[0]}`,
      description: `${indicator.kind === 'sha256' || indicator.kind === 'md5' ? 'Malware' : 'Infrastructure'} of ${indicator.campaign}`,
      indicator_types: [indicator.type],
      pattern: pattern(indicator),
      pattern_type: 'stix',
      pattern_version: '2.1',
      valid_from: isoTime(created),
      valid_until: isoTime(until),
      confidence: indicator.confidence,
      labels: [indicator.campaign.toLowerCase().replace(' ', '-'), 'demo'],
      ...(indicator.revoked ? { revoked: true } : {}),
      object_marking_refs: [index % 3 === 0 ? TLP.amber : TLP.green],
    };
  });
  const all = [identity, marking('green'), marking('amber'), ...campaigns, ...objects];
  return `{"type":"bundle","id":"${id('bundle')}","objects":[\n${all.map((object) => JSON.stringify(object)).join(',\n')}\n]}\n`;
}
