import type { ColumnKind } from '../columns.js';

/** What a named column of a feed is: a value of a kind (`any` is told by its type column or its look), or something about it. */
export type Field = { readonly value: ColumnKind } | { readonly about: About };

export type About =
  | 'type'
  | 'added'
  | 'first'
  | 'last'
  | 'expires'
  | 'confidence'
  | 'description'
  | 'tags'
  | 'threat'
  | 'malware'
  | 'group'
  | 'tlp'
  | 'provider'
  | 'id'
  | 'active'
  | 'action'
  | 'severity';

const VALUES: Readonly<Record<string, ColumnKind>> = names({
  any: 'indicator indicators ioc iocs iocvalue indicatorvalue observable observablevalue value ioctext threatindicator artifact',
  ip: 'ip ipaddress ipaddr ipv4 ipv6 address cidr subnet network ipsrc srcip ipcidr hostip maliciousip cncip',
  'ip-dst': 'dstip destip destinationip',
  port: 'port hostport cncport',
  'port-dst': 'dstport destport destinationport',
  domain: 'domain domainname domains host hostname fqdn cncdomain',
  url: 'url urls uri link maliciousurl',
  md5: 'md5 md5hash filemd5 hashmd5',
  sha1: 'sha1 sha1hash filesha1 hashsha1',
  sha256: 'sha256 sha256hash filesha256 hashsha256',
  sha512: 'sha512 sha512hash filesha512',
  hash: 'hash filehash filehashvalue',
  filename: 'filename',
  'email-src': 'email emailaddress emailsender sender emailsenderaddress',
  'user-agent': 'useragent',
  as: 'asn',
});

const ABOUTS: Readonly<Record<string, About>> = names({
  type: 'type indicatortype ioctype observabletype valuetype kind',
  added: 'dateadded added date created createdat createddate timestamp time reported reportedat listingdate datetime',
  first: 'firstseen firstseenutc firstseendate seen',
  last: 'lastseen lastseenutc lastonline modified updated lastupdated lastupdate lastseendate',
  expires: 'expires expiration expirationdate expirationdatetime validuntil expirydate expireson',
  confidence: 'confidence confidencelevel confidencescore score',
  description: 'description comment comments desc note notes title info context reason',
  tags: 'tags tag labels label',
  threat: 'threat threattype category classification threatcategory listingreason attacktype',
  malware: 'malware malwareprintable malwarefamily family signature malwarename malwarenames threatname',
  group: 'actor threatactor group apt activitygroup activitygroupnames campaign',
  tlp: 'tlp tlplevel trafficlightprotocollevel',
  provider: 'provider source feed indicatorprovider feedname',
  id: 'id iocid indicatorid externalid uuid externalindicatorid',
  active: 'active isactive toids',
  action: 'action',
  severity: 'severity threatseverity',
});

function names<T extends string>(words: Partial<Record<T, string>>): Record<string, T> {
  const found: Record<string, T> = {};
  for (const [name, list] of Object.entries(words) as [T, string][])
    for (const word of list.split(' ')) found[word] = name;
  return found;
}

/** What a feed's column of this name is; undefined for a name that is not known. */
export function fieldOf(name: string): Field | undefined {
  const word = name.toLowerCase().replace(/[^a-z\d]/g, '');
  const value = VALUES[word];
  if (value) return { value };
  const about = ABOUTS[word];
  return about && { about };
}

/** Names that only lists of threats have: one of these beside a value makes a table a feed, and not any log with addresses. */
const TELLING =
  /^(?:.*indicator.*|ioc.*|tlp.*|.*threat.*|malware.*|c2.*|confidence.*|.*observable.*|urlhaus.*|.*reporter|.*family|.*abuse.*|listing.*|to_ids|sblid)$/i;

/** True when these are the column names of a feed: a value among them, and a name that logs don't have. */
export function isFeedHeader(header: readonly string[]): boolean {
  const values = header.filter((name) => {
    const field = fieldOf(name);
    return field !== undefined && 'value' in field;
  });
  return (
    values.length > 0 &&
    (header.length === 1 || header.some((name) => TELLING.test(name.trim().replace(/^["#\s]+/, ''))))
  );
}

/** Kinds by the words that feeds write in a type column (`sha256_hash`, `ip:port`, `IPv4`, `FQDN`, `FileHash-MD5`). */
const KINDS: Readonly<Record<string, ColumnKind>> = {
  ip: 'ip',
  ipv4: 'ip',
  ipv6: 'ip',
  ipaddress: 'ip',
  ipv4addr: 'ip',
  ipv6addr: 'ip',
  cidr: 'ip',
  netblock: 'ip',
  subnet: 'ip',
  networkip: 'ip',
  ipsrc: 'ip-src',
  ipdst: 'ip-dst',
  ipport: 'any',
  domain: 'domain',
  domainname: 'domain',
  fqdn: 'domain',
  hostname: 'domain',
  host: 'domain',
  url: 'url',
  uri: 'url',
  md5: 'md5',
  md5hash: 'md5',
  filehashmd5: 'md5',
  sha1: 'sha1',
  sha1hash: 'sha1',
  filehashsha1: 'sha1',
  sha256: 'sha256',
  sha256hash: 'sha256',
  filehashsha256: 'sha256',
  sha512: 'sha512',
  hash: 'hash',
  filehash: 'hash',
  file: 'hash',
  filename: 'filename',
  filepath: 'filepath',
  path: 'filepath',
  email: 'email-src',
  emailaddr: 'email-src',
  emailaddress: 'email-src',
  mutex: 'mutex',
  useragent: 'user-agent',
  asn: 'as',
};

/** The kind that a type column's word names; undefined for none known. */
export const kindOf = (word: string): ColumnKind | undefined => KINDS[word.toLowerCase().replace(/[^a-z\d]/g, '')];
