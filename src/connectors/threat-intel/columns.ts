import { isIP } from 'node:net';
import type { Row } from '../../ingest/connector.js';
import { addressColumns, domainText, observe, refang } from './observable.js';

const text =
  (column: string) =>
  (value: string): Row => ({ [column]: value });
const whole =
  (...columns: string[]) =>
  (value: string): Row =>
    /^\d{1,10}$/.test(value.trim()) ? Object.fromEntries(columns.map((column) => [column, Number(value)])) : {};
const hash =
  (type: string) =>
  (value: string): Row => ({ FileHashType: type, FileHashValue: value.trim().toLowerCase() });

/** An address that the source says is one end of a connection: NetworkIP as well, since that is what hunts read. */
const end =
  (side: 'Source' | 'Destination') =>
  (value: string): Row => {
    const columns = addressColumns(value);
    return columns.NetworkIP !== undefined
      ? { ...columns, [`Network${side}IP`]: columns.NetworkIP }
      : { ...columns, [`Network${side}CidrBlock`]: columns.NetworkCidrBlock };
  };

const PROTOCOLS: Readonly<Record<string, number>> = {
  icmp: 1,
  tcp: 6,
  udp: 17,
  ipv6: 41,
  gre: 47,
  icmp6: 58,
  'ipv6-icmp': 58,
  sctp: 132,
};

/**
 * What a value of a named kind gives the columns of ThreatIntelligenceIndicator; `{}` when the value isn't of the kind.
 * STIX paths, MISP types and the columns of feeds are all tables of these names.
 */
export const COLUMNS = {
  ip: addressColumns,
  'ip-src': end('Source'),
  'ip-dst': end('Destination'),
  port: whole('NetworkPort'),
  'port-src': whole('NetworkSourcePort', 'NetworkPort'),
  'port-dst': whole('NetworkDestinationPort', 'NetworkPort'),
  protocol: (value: string): Row => ({ NetworkProtocol: PROTOCOLS[value.toLowerCase()] ?? null }),
  domain: (value: string): Row =>
    isIP(value.trim()) !== 0 ? addressColumns(value) : { DomainName: domainText(value) },
  url: (value: string): Row => ({ Url: refang(value.trim()) }),
  md5: hash('MD5'),
  sha1: hash('SHA1'),
  sha224: hash('SHA224'),
  sha256: hash('SHA256'),
  sha384: hash('SHA384'),
  sha512: hash('SHA512'),
  ssdeep: text('FileHashValue'),
  hash: (value: string): Row => (observe(value.trim())?.FileHashValue ? observe(value.trim())! : {}),
  filename: text('FileName'),
  filepath: text('FilePath'),
  filetype: text('FileType'),
  filesize: whole('FileSize'),
  mutex: text('FileMutexName'),
  'email-src': (value: string): Row => ({ EmailSenderAddress: refang(value.trim()).toLowerCase() }),
  'email-dst': (value: string): Row => ({ EmailRecipient: refang(value.trim()).toLowerCase() }),
  'email-subject': text('EmailSubject'),
  'email-name': text('EmailSenderName'),
  'email-mailer': text('EmailXMailer'),
  'email-ip': text('EmailSourceIpAddress'),
  'user-agent': text('UserAgent'),
  as: (value: string): Row => whole('NetworkDestinationAsn')(value.replace(/^as\s*/i, '')),
  /** A value whose kind must be told from the value. */
  any: (value: string): Row => observe(value.trim()) ?? {},
} as const satisfies Readonly<Record<string, (value: string) => Row>>;

export type ColumnKind = keyof typeof COLUMNS;

/** Columns of several values; null when two of them want the same column. */
export function merge(parts: readonly Row[]): Row | null {
  const row: Row = {};
  for (const part of parts)
    for (const [column, value] of Object.entries(part)) {
      if (row[column] !== undefined && row[column] !== value) return null;
      row[column] = value;
    }
  return row;
}
