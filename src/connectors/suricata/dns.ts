import { isIP } from 'node:net';
import type { Row } from '../../ingest/connector.js';
import { pairs } from '../pairs.js';
import { commonExtras, type Seen } from './base.js';
import { isObject, type Json, list, number, part, text } from './json.js';

/** Response codes by name (IANA's DNS parameters). */
const CODES: Readonly<Record<string, number>> = Object.fromEntries(
  'NOERROR FORMERR SERVFAIL NXDOMAIN NOTIMP REFUSED YXDOMAIN YXRRSET NXRRSET NOTAUTH NOTZONE DSOTYPENI'
    .split(' ')
    .map((name, code) => [name, code]),
);

/** True for an answer, of which `dns.type` is `answer` or, since version 3 of the format, `response`. */
export const isAnswer = (dns: Json): boolean => dns.type === 'answer' || dns.type === 'response';

/**
 * The DnsEvents row of a `dns` event, in all three versions of its format: one question a query, the answers as a list,
 * grouped by type, or (version 1) one event a record. What has no column there is in Message, as `k=v;k=v`.
 * @param withAnswers whether the source logs answers: then those are the lookups, and queries are `LookupRequest`
 */
export function dnsEvent(event: Json, { time, sensor }: Seen, withAnswers: boolean): Row {
  const dns = part(event, 'dns');
  const answer = isAnswer(dns);
  const question = questionOf(dns);
  const code = text(dns.rcode);
  return {
    TimeGenerated: time,
    Computer: sensor,
    ClientIP: text(isFromServer(event, answer) ? event.dest_ip : event.src_ip),
    Name: text(question.rrname).replace(/(?<=.)\.$/, ''),
    QueryType: text(question.rrtype),
    SubType: !answer && withAnswers ? 'LookupRequest' : 'LookupQuery',
    ResultCode: CODES[code] ?? number(code),
    Result: code,
    IPAddresses: answer ? addresses(dns).join(', ') : '',
    Message: pairs(commonExtras(event), {
      type: dns.type,
      proto: event.proto,
      server: isFromServer(event, answer) ? event.src_ip : event.dest_ip,
      id: dns.id,
      tx_id: dns.tx_id ?? event.tx_id,
      flags: dns.flags,
      ttl: dns.ttl,
      rdata: dns.rdata,
      answers: list(dns.answers).map((item) => (isObject(item) ? text(item.rdata) : '')),
    }),
    SourceSystem: 'Suricata',
  };
}

/** Old versions log an answer as the packet went: from the server's port 53. */
const isFromServer = (event: Json, answer: boolean): boolean =>
  answer && event.src_port === 53 && event.dest_port !== 53;

function questionOf(dns: Json): Json {
  if (dns.rrname !== undefined) return dns;
  const [first] = [...list(dns.queries), ...list(dns.query), ...list(dns.answers)].filter(isObject);
  return first ?? dns;
}

function addresses(dns: Json): string[] {
  const grouped = part(dns, 'grouped');
  const records = [...list(dns.answers).map((item) => (isObject(item) ? item.rdata : '')), dns.rdata];
  const found = [...records, ...list(grouped.A), ...list(grouped.AAAA)].map(text).filter((item) => isIP(item) > 0);
  return [...new Set(found)];
}
