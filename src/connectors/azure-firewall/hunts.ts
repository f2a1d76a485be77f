import { isIP } from 'node:net';
import type { Row } from '../../ingest/connector.js';
import { pairs } from '../pairs.js';
import { dnsRow } from './dns.js';
import { readDnsMessage } from './dns-message.js';
import { number, text } from './json.js';
import { type Endpoint, readRuleMessage } from './message.js';
import { type FirewallRecord, isLegacy } from './record.js';
import { partsOf } from './tables.js';

/** A connection that a firewall allowed, denied or alerted of; texts are '' for what the log doesn't say. */
interface Connection {
  readonly protocol: string;
  readonly source: Endpoint;
  readonly destination: Endpoint;
  /** A host name beside the destination's address. */
  readonly hostName?: string;
  readonly translated?: Endpoint | null;
  readonly action: string;
  readonly reason?: string;
  readonly url?: string;
  readonly threat?: string;
  readonly signature?: string;
  readonly description?: string;
  readonly severity?: string;
  readonly classification?: string;
  readonly message?: string;
  readonly extra: Readonly<Record<string, unknown>>;
}

/** The row that the hunts read of a record, beside its own table; undefined for what tells of neither connection nor lookup. */
export function huntRow(record: FirewallRecord): { table: 'CommonSecurityLog' | 'DnsEvents'; row: Row } | undefined {
  if (!isLegacy(record.category)) return structured(record);
  const message = text(record.properties.msg);
  const lookup = readDnsMessage(message);
  if (lookup) return { table: 'DnsEvents', row: dnsRow(record, lookup) };
  const rule = readRuleMessage(message);
  if (!rule) return undefined;
  const connection: Connection = {
    protocol: rule.protocol,
    source: rule.source,
    destination: rule.destination,
    translated: rule.translated,
    action: rule.action || (rule.translated ? 'Allow' : ''),
    reason: rule.reason,
    url: rule.url,
    threat: rule.threat,
    signature: rule.signature,
    description: rule.description,
    severity: rule.priority,
    classification: rule.classification,
    message,
    extra: {
      IcmpType: rule.icmpType,
      Policy: rule.policy,
      RuleCollectionGroup: rule.ruleCollectionGroup,
      RuleCollection: rule.ruleCollection,
      Rule: rule.rule,
      WebCategory: rule.webCategory,
    },
  };
  return { table: 'CommonSecurityLog', row: connectionRow(record, connection) };
}

/** Structured categories that tell of connections, one each. Aggregations and traces tell of the same ones again. */
const CONNECTIONS = new Set([
  'AZFWNetworkRule',
  'AZFWApplicationRule',
  'AZFWNatRule',
  'AZFWThreatIntel',
  'AZFWIdpsSignature',
]);

/** Properties that have a column. */
const MAPPED = new Set(
  'Protocol SourceIp SourcePort DestinationIp DestinationPort Fqdn TranslatedIp TranslatedPort Action ActionReason Url TargetUrl ThreatDescription SignatureId Description Severity Category msg TimeGenerated Type TenantId SourceSystem _ResourceId ResourceId _SubscriptionId'.split(
    ' ',
  ),
);

function structured(record: FirewallRecord): ReturnType<typeof huntRow> {
  const { category, properties } = record;
  if (category === 'AZFWDnsQuery')
    return {
      table: 'DnsEvents',
      row: dnsRow(record, {
        client: text(properties.SourceIp),
        port: number(properties.SourcePort),
        id: text(properties.QueryId),
        type: text(properties.QueryType),
        class: text(properties.QueryClass),
        name: text(properties.QueryName),
        protocol: text(properties.Protocol),
        result: text(properties.ResponseCode),
        error: text(properties.ErrorMessage),
        more: Object.fromEntries(
          'RequestSize DnssecOkBit EDNS0BufferSize ResponseFlags ResponseSize RequestDurationSecs ErrorNumber'
            .split(' ')
            .map((name) => [name, text(properties[name])]),
        ),
      }),
    };
  if (!CONNECTIONS.has(category)) return undefined;
  const fqdn = text(properties.Fqdn);
  const port = number(properties.DestinationPort);
  const extra: Record<string, unknown> = {};
  for (const key in properties) if (!MAPPED.has(key)) extra[key] = properties[key];
  const translated = text(properties.TranslatedIp);
  const connection: Connection = {
    protocol: text(properties.Protocol),
    source: { host: text(properties.SourceIp), port: number(properties.SourcePort) },
    destination: { host: text(properties.DestinationIp) || fqdn, port },
    hostName: fqdn,
    translated: translated === '' ? null : { host: translated, port: number(properties.TranslatedPort) },
    action: text(properties.Action) || (category === 'AZFWNatRule' ? 'Allow' : ''),
    reason: text(properties.ActionReason),
    url: text(properties.TargetUrl) || text(properties.Url),
    threat: text(properties.ThreatDescription),
    signature: text(properties.SignatureId),
    description: text(properties.Description),
    severity: text(properties.Severity),
    classification: text(properties.Category),
    extra,
  };
  return { table: 'CommonSecurityLog', row: connectionRow(record, connection) };
}

/** Application protocols of application rules, which all run over TCP. */
const OVER_TCP = new Set(['HTTP', 'HTTPS', 'MSSQL']);
const OUTCOMES: Readonly<Record<string, string>> = {
  allow: 'Success',
  deny: 'Failure',
  drop: 'Failure',
  block: 'Failure',
};

function connectionRow(record: FirewallRecord, connection: Connection): Row {
  const { source, destination, translated, action } = connection;
  const named = connection.protocol.toUpperCase();
  const [application = ''] = named.split(':');
  const isApplication = OVER_TCP.has(application);
  const isAddress = isIP(destination.host) > 0;
  const portless = named.startsWith('ICMP');
  return {
    TimeGenerated: record.time,
    DeviceVendor: 'Microsoft',
    DeviceProduct: 'Azure Firewall',
    DeviceEventClassID: connection.signature || record.category,
    Activity: connection.description || record.operation || record.category,
    LogSeverity: connection.severity ?? '',
    DeviceEventCategory: connection.classification ?? '',
    Computer: partsOf(record.resourceId).name,
    SourceIP: isIP(source.host) > 0 ? source.host : '',
    SourceHostName: isIP(source.host) > 0 ? '' : source.host,
    SourcePort: portless ? null : source.port,
    DestinationIP: isAddress ? destination.host : '',
    DestinationHostName: connection.hostName || (isAddress ? '' : destination.host),
    DestinationPort: portless ? null : destination.port,
    DestinationTranslatedAddress: translated?.host ?? '',
    DestinationTranslatedPort: translated?.port ?? null,
    Protocol: isApplication ? 'TCP' : named,
    ApplicationProtocol: isApplication ? application : '',
    DeviceAction: action,
    EventOutcome: OUTCOMES[action.toLowerCase()] ?? '',
    Reason: connection.reason ?? '',
    RequestURL: connection.url ?? '',
    ThreatDescription: connection.threat ?? '',
    Message: connection.message ?? '',
    AdditionalExtensions: pairs(connection.extra),
  };
}
