import type { Row } from '../../../ingest/connector.js';
import type { KqlType } from '../../../kql/types.js';
import { COLUMNS } from '../columns.js';
import { isJson, type Json } from '../json.js';
import { jsonText } from '../row.js';

export const WARNINGLIST_TABLE = 'MispWarninglist_CL';

/** A warninglist names what is known to be harmless or shared: a list to leave out of hunts, never indicators. */
export const WARNINGLIST_COLUMNS: Readonly<Record<string, KqlType>> = {
  TimeGenerated: 'datetime',
  ListName: 'string',
  ListDescription: 'string',
  ListType: 'string',
  ListVersion: 'long',
  MatchingAttributes: 'string',
  Value: 'string',
  NetworkIP: 'string',
  NetworkCidrBlock: 'string',
  DomainName: 'string',
};

const TYPES = new Set(['cidr', 'string', 'hostname', 'substring', 'regex']);

/** True for what a warninglist's document says beside its `list`. */
export const isWarninglist = (value: unknown): value is Json =>
  isJson(value) &&
  typeof value.name === 'string' &&
  typeof value.type === 'string' &&
  TYPES.has(value.type) &&
  ('version' in value || 'description' in value || 'matching_attributes' in value);

/** The row of one entry of a warninglist. Entries have no time: that of the source's last change stands in. */
export function warninglistRow(value: string, about: Json, modified: bigint): Row {
  const type = String(about.type);
  const address = type === 'cidr' || type === 'string' ? COLUMNS.any(value) : {};
  return {
    TimeGenerated: modified,
    ListName: String(about.name ?? ''),
    ListDescription: String(about.description ?? ''),
    ListType: type,
    ListVersion: Number.isFinite(Number(about.version)) ? Number(about.version) : null,
    MatchingAttributes: Array.isArray(about.matching_attributes) ? jsonText(about.matching_attributes) : '',
    Value: value,
    NetworkIP: address.NetworkIP,
    NetworkCidrBlock: address.NetworkCidrBlock,
    DomainName: type === 'hostname' ? COLUMNS.domain(value).DomainName : address.DomainName,
  };
}
