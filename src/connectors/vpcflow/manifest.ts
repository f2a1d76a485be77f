import type { Connector, Sample } from '../../ingest/connector.js';
import { defaultFieldsOf, isFieldList, isHeader, isUnordered } from './fields.js';
import { readLine } from './line.js';
import { TABLE } from './map.js';
import { flowParser, messageOf } from './parse.js';

/** Flow logs of AWS: VPCs, subnets, network interfaces and transit gateways. */
export const vpcflow: Connector = {
  name: 'vpcflow',
  title: 'AWS VPC and transit gateway flow logs (text, Parquet, CloudWatch Logs JSON)',
  tables: [TABLE, 'CommonSecurityLog'],
  framing: ['lines', 'json', 'parquet'],
  settings: {
    fields: { default: '', help: 'the order of the fields, for a custom format without a header line' },
    'hunt-rows': { default: true, help: 'whether flows also give rows to CommonSecurityLog' },
  },
  detect,
  open: flowParser,
};

const LOOKED_AT = 50;

function detect({ json, lines }: Sample): number {
  const texts = json.length > 0 ? json.map(messageOf).filter((text) => text !== undefined) : lines;
  if (json.length > 0 && texts.length === 0) return detectRecords(json);
  const [first, ...rest] = texts.slice(0, LOOKED_AT).map((text) => readLine(text).tokens);
  if (!first) return 0;
  if (isHeader(first)) return first.length > 2 ? 0.97 : 0.5;
  const read = [first, ...rest];
  if (read.filter((tokens) => defaultFieldsOf(tokens)).length > read.length / 2) return 0.97;
  return read.filter(isUnordered).length > read.length / 2 ? 0.6 : 0;
}

function detectRecords(records: readonly unknown[]): number {
  const [first] = records;
  if (typeof first !== 'object' || first === null || Array.isArray(first)) return 0;
  const names = Object.keys(first);
  return names.length > 2 && isFieldList(names) ? 0.95 : 0;
}
