import { serviceAddress, serviceAddress6 } from './addresses.js';
import { APPLICATIONS, type Application } from './applications.js';
import { createRandom, hashText, zipfWeights } from './prng.js';

/** An ordinary service on the Internet. */
export interface Service {
  readonly domain: string;
  readonly address: string;
  /** '' without IPv6. */
  readonly address6: string;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  readonly application: Application;
  /** PAN-OS URL category. */
  readonly category: string;
}

export const SERVICE_COUNT = 3000;

/** Popularity of the services in the order of `buildServices`. */
export const SERVICE_WEIGHTS = zipfWeights(SERVICE_COUNT, 0.85);

const FIRST =
  'amber azure bright broad calm clear copper coral crisp early easy fair fast fine first fresh gentle glad golden grand green happy honest humble keen kind lively lucky mellow merry modern neat nimble noble open plain polar prime proud quick quiet rapid ready rural sharp silver simple smart snowy soft solid sunny swift tidy true urban vivid warm wide wild'.split(
    ' ',
  );
const SECOND =
  'anchor atlas badge barn basket beacon bench bloom board bridge brook cabin canvas castle cedar circle cloud compass corner court crane creek desk field forge garden gate grove guide harbor hill house island journal kettle lantern ledger library maple market meadow mill notebook orchard paper path pier planet pond press quarry ridge river road school shelf signal square station studio table tower trail valley village wagon willow'.split(
    ' ',
  );
const HOSTS = ['www', 'www', 'www', 'cdn', 'static', 'api', 'img', 'login', 'assets', 'app'];
const TOPS = ['example', 'example', 'example.com', 'example.net', 'example.org', 'test'];
const CATEGORIES = [
  'business-and-economy',
  'computer-and-internet-info',
  'content-delivery-networks',
  'news',
  'shopping',
  'search-engines',
  'online-storage-and-backup',
  'streaming-media',
  'web-advertisements',
  'travel',
  'financial-services',
  'government',
];

/** The same services for every seed: the Internet does not change with the office. */
export function buildServices(): Service[] {
  const random = createRandom(0, 'services');
  return Array.from({ length: SERVICE_COUNT }, (_, rank) => {
    const first = FIRST[rank % FIRST.length]!;
    const second = SECOND[(rank * 7 + Math.floor(rank / FIRST.length)) % SECOND.length]!;
    const domain = `${random.pick(HOSTS)}.${first}${second}${rank >= 2000 ? rank % 10 : ''}.${random.pick(TOPS)}`;
    const kind = random.next();
    const [port, protocol, app]: [number, 'tcp' | 'udp', Application] =
      kind < 0.86
        ? [443, 'tcp', APPLICATIONS.ssl]
        : kind < 0.94
          ? [80, 'tcp', APPLICATIONS.web]
          : [443, 'udp', APPLICATIONS.quic];
    return {
      domain,
      address: serviceAddress(rank),
      address6: rank % 6 === 2 && rank < 600 ? serviceAddress6(rank) : '',
      port,
      protocol,
      application: app,
      category: CATEGORIES[hashText(domain) % CATEGORIES.length]!,
    };
  });
}
