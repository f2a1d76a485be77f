import { DAY, HOUR } from './clock.js';
import { createRandom, type Random } from './prng.js';

/** One indicator of the demo's threat feed. Ages are in days before the end of the logs. */
export interface Indicator {
  readonly kind: 'ipv4' | 'ipv6' | 'domain' | 'url' | 'sha256' | 'md5';
  /** Several values make one pattern with OR. */
  readonly values: readonly string[];
  readonly campaign: string;
  readonly confidence: number;
  readonly createdDaysAgo: number;
  /** Negative: it has expired. */
  readonly validForDays: number;
  readonly revoked: boolean;
  readonly type: 'malicious-activity' | 'anomalous-activity' | 'compromised' | 'attribution';
}

const CAMPAIGNS = ['Cobalt Moth', 'Grey Heron', 'Velvet Jackal', 'Salt Viper', 'Paper Mantis', 'Hollow Raven'] as const;
const ADJECTIVES = ['cobalt', 'grey', 'velvet', 'salt', 'paper', 'hollow', 'rusty', 'ashen', 'brittle', 'crooked'];
const ANIMALS = ['moth', 'heron', 'jackal', 'viper', 'mantis', 'raven', 'weasel', 'shrike', 'leech', 'hornet'];
const TOPS = ['example', 'test', 'example.com', 'example.net', 'example.org'];

/** The indicators that the planted incidents and the decoys of this folder speak of. */
export const INTEL = {
  address: '203.0.113.77',
  block: '198.51.100.64/27',
  address6: '2001:db8:bad::c2',
  domain: 'cobaltmoth.example',
  url: 'http://files.greyheron.test/invoice/2291.iso',
  scanner: '203.0.113.50',
  expiredAddress: '203.0.113.33',
  revokedAddress: '198.51.100.44',
  expiredDomain: 'ashenweasel.example.net',
} as const;

const sure = {
  confidence: 90,
  createdDaysAgo: 9,
  validForDays: 80,
  revoked: false,
  type: 'malicious-activity',
} as const;

const NAMED: readonly Indicator[] = [
  { ...sure, kind: 'ipv4', values: [INTEL.address], campaign: 'Cobalt Moth' },
  { ...sure, kind: 'ipv4', values: [INTEL.block], campaign: 'Velvet Jackal', confidence: 85 },
  { ...sure, kind: 'ipv6', values: [INTEL.address6], campaign: 'Cobalt Moth' },
  { ...sure, kind: 'domain', values: [INTEL.domain], campaign: 'Cobalt Moth', confidence: 95 },
  { ...sure, kind: 'url', values: [INTEL.url], campaign: 'Grey Heron' },
  { ...sure, kind: 'ipv4', values: [INTEL.scanner], campaign: 'Salt Viper', confidence: 75 },
  {
    ...sure,
    kind: 'ipv4',
    values: [INTEL.expiredAddress],
    campaign: 'Paper Mantis',
    createdDaysAgo: 200,
    validForDays: -21,
  },
  {
    ...sure,
    kind: 'ipv4',
    values: [INTEL.revokedAddress],
    campaign: 'Paper Mantis',
    createdDaysAgo: 60,
    revoked: true,
  },
  {
    ...sure,
    kind: 'domain',
    values: [INTEL.expiredDomain],
    campaign: 'Hollow Raven',
    createdDaysAgo: 180,
    validForDays: -40,
  },
];

function filler(random: Random, kind: Indicator['kind'], values: readonly string[], index: number): Indicator {
  const expired = index % 11 === 5;
  return {
    kind,
    values,
    campaign: random.pick(CAMPAIGNS),
    confidence: index % 5 === 3 ? random.between(10, 40) : random.between(60, 95),
    createdDaysAgo: expired ? random.between(90, 300) : random.between(1, 60),
    validForDays: expired ? -random.between(1, 60) : random.between(14, 180),
    revoked: index % 17 === 9,
    type: index % 7 === 0 ? 'anomalous-activity' : 'malicious-activity',
  };
}

/** Values of the rest of the feed, none of which any machine of the demo touches. */
function fillerValues(random: Random): [Indicator['kind'], string[]][] {
  const named = new Set(NAMED.flatMap((indicator) => indicator.values));
  const addresses = [
    ...Array.from({ length: 58 }, (_, i) => `198.51.100.${i + 2}`),
    ...Array.from({ length: 62 }, (_, i) => `203.0.113.${i + 2}`),
  ].filter((address) => !named.has(address));
  const names = ADJECTIVES.flatMap((adjective, a) =>
    ANIMALS.map((animal, b) => `${adjective}${animal}.${TOPS[(a * 3 + b) % TOPS.length]}`),
  ).filter((name) => !named.has(name) && !/^(cobaltmoth|greyheron|ashenweasel)\./.test(name));
  const hosts = names.splice(60);
  return [
    ...addresses.slice(0, 100).map((value): [Indicator['kind'], string[]] => ['ipv4', [value]]),
    ['ipv4', addresses.slice(100, 102)],
    ['ipv4', addresses.slice(102, 105)],
    ['ipv4', ['203.0.113.128/28']],
    ['ipv6', ['2001:db8:bad:7::/64']],
    ...Array.from({ length: 10 }, (_, i): [Indicator['kind'], string[]] => ['ipv6', [`2001:db8:bad:1::${i + 1}`]]),
    ...names.map((value, i): [Indicator['kind'], string[]] => [
      'domain',
      i % 15 === 7 ? [value, `mail.${value}`] : [value],
    ]),
    ...hosts.map((value, i): [Indicator['kind'], string[]] => [
      'url',
      [`${i % 3 ? 'http' : 'https'}://dl.${value}/${random.hex(6)}/update.bin`],
    ]),
    ...Array.from({ length: 46 }, (): [Indicator['kind'], string[]] => ['sha256', [random.hex(64)]]),
    ...Array.from({ length: 18 }, (): [Indicator['kind'], string[]] => ['md5', [random.hex(32)]]),
  ];
}

/** The feed: some 300 indicators. */
export function buildIndicators(seed: number): Indicator[] {
  const random = createRandom(seed, 'intel');
  return [...NAMED, ...fillerValues(random).map(([kind, values], index) => filler(random, kind, values, index))];
}

/** When an indicator was made, last sent by the feed and runs out; the feed sends everything it has once a day. */
export function indicatorTimes(
  indicator: Indicator,
  end: number,
  index: number,
): { created: number; modified: number; until: number } {
  const created = end - indicator.createdDaysAgo * DAY - (index % 24) * HOUR;
  return { created, modified: end - 6 * HOUR + (index % 600) * 1000, until: end + indicator.validForDays * DAY };
}
