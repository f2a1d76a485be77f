import type { Row } from '../../ingest/connector.js';

const CODES = ['NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED'];

/**
 * The DnsEvents row of a DNS filter's log. FortiOS logs questions and answers apart: `LookupRequest` are those that hunts
 * don't count where answers are logged, as in the rows of Windows' DNS server.
 * @param field the text of a field, by name
 * @param time ticks as text
 */
export function dnsRow(field: (name: string) => string, time: string | null, computer: string): Row {
  const kind = `${field('subtype')} ${field('eventtype')}`;
  const code = /^\d{1,5}$/.test(field('rcode')) ? Number(field('rcode')) : null;
  return {
    TimeGenerated: time === null ? null : BigInt(time),
    Computer: computer,
    ClientIP: field('srcip'),
    Name: field('qname'),
    QueryType: field('qtype'),
    SubType: kind.includes('dns-query') ? 'LookupRequest' : 'LookupQuery',
    IPAddresses: field('ipaddr'),
    ResultCode: code,
    Result: code === null ? '' : (CODES[code] ?? String(code)),
    Message: field('msg'),
    SourceSystem: 'Fortinet',
  };
}
