import { isIP } from 'node:net';
import type { Row } from '../../ingest/connector.js';
import { pairs } from '../pairs.js';
import { resultName, typeName } from '../windows-dns/codes.js';
import { integer, type WindowsEvent } from './event.js';
import { known } from './network.js';

/** Windows' error codes for DNS: 9000 and the response code; and those that say an answer had no record. */
const RCODE_BASE = 9000;
const LAST_RCODE = 9023;
const NO_RECORDS = new Set([9501, 9701]);
/** Most lookups of programs are for addresses. The event does not say the type that was asked for. */
const USUAL_TYPE = 'A';
const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/** What `QueryResults` says: `type:  5 www.example.com;::ffff:192.0.2.1;`. */
interface Results {
  readonly addresses: readonly string[];
  /** Types of the other records, by name. */
  readonly types: readonly string[];
}

export function readResults(text: string): Results {
  const addresses: string[] = [];
  const types: string[] = [];
  for (const item of text.split(';')) {
    const part = item.trim();
    const address = MAPPED.exec(part)?.[1] ?? part;
    const type = /^type: *(\d{1,5})\b/.exec(part)?.[1];
    if (isIP(address) > 0) addresses.push(address);
    else if (type !== undefined) types.push(typeName(type));
  }
  return { addresses, types };
}

/**
 * The DnsEvents row of event 22: a lookup that a program on this computer made.
 * @param client the computer's address when the event does not say it
 */
export function dnsRow(event: WindowsEvent, client: string): Row {
  const { data } = event;
  const results = readResults(known(data.QueryResults));
  const status = integer(known(data.QueryStatus));
  const code = responseCode(status);
  const { QueryName: name = '', RuleName: rule, ...rest } = data;
  return {
    TimeGenerated: event.time,
    Computer: event.computer,
    ClientIP: event.addresses.find((address) => isIP(address) === 4) ?? event.addresses[0] ?? client,
    Name: known(name).replace(/(?<=.)\.$/, ''),
    QueryType: queryType(results),
    SubType: 'LookupQuery',
    EventId: event.id,
    ResultCode: code ?? status,
    Result: code === null ? '' : resultName(code),
    IPAddresses: results.addresses.join(', '),
    Message: pairs({ ...rest, RuleName: known(rule) }),
    SourceSystem: 'Sysmon',
    Type: 'DnsEvents',
  };
}

/** The response code that a status of Windows' resolver means; null when it means none (a timeout). */
function responseCode(status: number | null): number | null {
  if (status === null) return null;
  if (status === 0 || NO_RECORDS.has(status)) return 0;
  return status > RCODE_BASE && status <= LAST_RCODE ? status - RCODE_BASE : null;
}

/** By the answers: an address record's, else that of the first record that is no alias. */
function queryType({ addresses, types }: Results): string {
  if (addresses.length > 0) return addresses.some((address) => isIP(address) === 4) ? 'A' : 'AAAA';
  return types.find((type) => type !== 'CNAME') ?? USUAL_TYPE;
}
