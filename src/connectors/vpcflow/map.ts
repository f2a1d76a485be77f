import { type Cell, Reject, type Row } from '../../ingest/connector.js';
import { knownSchema } from '../../tables/known.js';
import { parseIsoDatetime, ticksFromUnixMilliseconds } from '../../util/ticks.js';
import { isPortless, protocolName } from '../ip-protocol.js';
import { pairs } from '../pairs.js';

/** A record's values by AWS's field names; those without a value (`-`) are not there. */
export type FlowRecord = Readonly<Record<string, string>>;

export const TABLE = 'AWSVPCFlow';

/** Columns whose names are not the field's in Pascal case. */
const NAMES: Readonly<Record<string, string>> = {
  srcaddr: 'SrcAddr',
  dstaddr: 'DstAddr',
  srcport: 'SrcPort',
  dstport: 'DstPort',
  'pkt-srcaddr': 'PktSrcAddr',
  'pkt-dstaddr': 'PktDstAddr',
  type: 'TrafficType',
};

const columns = new Map<string, string>();

/** The column of a field: `account-id` is `AccountId`. Fields that Azure's table lacks get one made the same way. */
export function columnOf(field: string): string {
  let column = columns.get(field);
  if (column === undefined) {
    column = NAMES[field] ?? field.replace(/(?:^|[^a-z\d]+)([a-z\d]|$)/gi, (_, letter: string) => letter.toUpperCase());
    if (columns.size < 1000) columns.set(field, column);
  }
  return column;
}

/** Gateways' counters, which Azure's table has no columns for. */
const COUNTERS = /^packets-lost-/;

/**
 * The AWSVPCFlow row of a record. TimeGenerated is when the flow started.
 * @param written when the record was written: stands in for a record without times; null when that isn't known
 */
export function flowRow(record: FlowRecord, written: bigint | null): Row {
  const schema = knownSchema(TABLE) ?? {};
  const row: Row = {};
  for (const field in record) {
    const column = columnOf(field);
    const type = COUNTERS.test(field) ? 'long' : schema[column];
    row[column] = cellOf(field, record[field]!, type);
  }
  row.TimeGenerated = (row.Start as Cell) ?? row.End ?? written;
  return row;
}

function cellOf(field: string, text: string, type: string | undefined): Cell {
  if (type === 'datetime') return timeOf(field, text);
  if (type !== 'int' && type !== 'long') return text;
  if (!/^\d{1,15}$/.test(text)) throw new Reject(`${field}: '${text.slice(0, 60)}' is no number`);
  return Number(text);
}

function timeOf(field: string, text: string): bigint {
  const time = /^\d{9,10}$/.test(text) ? ticksFromUnixMilliseconds(Number(text) * 1000) : parseIsoDatetime(text);
  if (time === null) throw new Reject(`${field}: '${text.slice(0, 60)}' is no time`);
  return time;
}

const DIRECTIONS: Readonly<Record<string, string>> = { ingress: 'Inbound', egress: 'Outbound' };
const OUTCOMES: Readonly<Record<string, string>> = { ACCEPT: 'Success', REJECT: 'Failure' };

/** Fields that have a column in CommonSecurityLog. */
const MAPPED = new Set(
  'version srcaddr dstaddr srcport dstport protocol bytes start end action flow-direction reject-reason log-status'.split(
    ' ',
  ),
);

/**
 * The CommonSecurityLog row of a record; null for one that tells of no traffic (NODATA, SKIPDATA, or without addresses).
 * A record is one direction: SentBytes are those from source to destination, the answer's are in a record of its own.
 */
export function connection(record: FlowRecord, row: Row): Row | null {
  if (record.srcaddr === undefined || record.dstaddr === undefined) return null;
  const protocol = typeof row.Protocol === 'number' ? row.Protocol : null;
  const portless = isPortless(protocol);
  const action = record.action ?? '';
  const extra: Record<string, string> = {};
  for (const field in record) if (!MAPPED.has(field)) extra[field] = record[field]!;
  return {
    TimeGenerated: row.TimeGenerated,
    DeviceVendor: 'AWS',
    DeviceProduct: 'VPC',
    DeviceVersion: record.version ?? '',
    DeviceEventClassID: 'flow',
    Activity: 'VPC flow',
    Computer: record['instance-id'] ?? record['interface-id'] ?? record['tgw-id'] ?? '',
    SourceIP: record.srcaddr,
    DestinationIP: record.dstaddr,
    SourcePort: portless ? null : row.SrcPort,
    DestinationPort: portless ? null : row.DstPort,
    Protocol: protocolName(protocol),
    SentBytes: row.Bytes,
    DeviceAction: action,
    EventOutcome: OUTCOMES[action] ?? '',
    Reason: record['reject-reason'] ?? '',
    CommunicationDirection: DIRECTIONS[record['flow-direction'] ?? ''] ?? '',
    StartTime: row.Start,
    EndTime: row.End,
    AdditionalExtensions: pairs(extra),
  };
}
