import { isIP } from 'node:net';
import type { Cell, Row } from '../../ingest/connector.js';
import { extensions, text } from './extensions.js';

type Values = Readonly<Record<string, Cell>>;

/** Record types that some Zeek versions write as `query-N`, by number (IANA's DNS parameters). */
const TYPES: Readonly<Record<number, string>> = { 52: 'TLSA', 64: 'SVCB', 65: 'HTTPS', 255: 'ANY', 257: 'CAA' };

const EXTRA = [
  'uid',
  'proto',
  'id_resp_h',
  'id_resp_p',
  'trans_id',
  'rtt',
  'qclass_name',
  'AA',
  'TC',
  'RD',
  'RA',
  'rejected',
  'answers',
  'TTLs',
] as const;

/** The DnsEvents row of a `dns` record; what has no column there is in Message, as `k=v;k=v`. */
export function dnsEvent(values: Values, sensor: string): Row {
  const answers = Array.isArray(values.answers) ? values.answers : [];
  return {
    TimeGenerated: values.TimeGenerated,
    Computer: sensor,
    ClientIP: text(values.id_orig_h),
    Name: text(values.query),
    QueryType: queryType(values),
    SubType: 'LookupQuery',
    ResultCode: values.rcode,
    Result: text(values.rcode_name),
    IPAddresses: answers.filter((answer) => isIP(String(answer)) > 0).join(', '),
    Message: extensions(values, EXTRA),
    SourceSystem: 'Zeek',
  };
}

function queryType(values: Values): string {
  const name = text(values.qtype_name);
  if (name !== '' && name !== '*' && !/^query-\d+$/.test(name)) return name;
  return TYPES[Number(values.qtype)] ?? name;
}
