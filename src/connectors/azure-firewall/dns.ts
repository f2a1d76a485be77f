import type { Row } from '../../ingest/connector.js';
import { pairs } from '../pairs.js';
import type { DnsMessage } from './dns-message.js';
import type { FirewallRecord } from './record.js';
import { partsOf } from './tables.js';

/** Response codes by name (IANA's DNS parameters). */
const CODES: Readonly<Record<string, number>> = Object.fromEntries(
  'NOERROR FORMERR SERVFAIL NXDOMAIN NOTIMP REFUSED YXDOMAIN YXRRSET NXRRSET NOTAUTH NOTZONE'
    .split(' ')
    .map((name, code) => [name, code]),
);

/** The DnsEvents row of a lookup through the firewall's DNS proxy. Its log has no answers, so IPAddresses stays empty. */
export function dnsRow(record: FirewallRecord, lookup: DnsMessage): Row {
  return {
    TimeGenerated: record.time,
    Computer: partsOf(record.resourceId).name,
    ClientIP: lookup.client,
    Name: lookup.name.replace(/(?<=.)\.$/, ''),
    QueryType: lookup.type,
    SubType: 'LookupQuery',
    Result: lookup.result || lookup.error,
    ResultCode: CODES[lookup.result.toUpperCase()] ?? null,
    Message: pairs({
      SourcePort: lookup.port,
      Protocol: lookup.protocol,
      QueryId: lookup.id,
      QueryClass: lookup.class,
      ...lookup.more,
      ErrorMessage: lookup.error,
    }),
    SourceSystem: 'Azure Firewall',
  };
}
