import { parseDatetime } from '../../engine/store/datetime-text.js';
import { Reject } from '../../ingest/connector.js';
import { isObject, type Json, text } from './json.js';

/** A log record of an Azure Firewall, whichever way it came. */
export interface FirewallRecord {
  /** `AzureFirewallNetworkRule` (legacy), `AZFWNetworkRule` (structured) … */
  readonly category: string;
  readonly operation: string;
  readonly time: bigint;
  readonly resourceId: string;
  readonly properties: Json;
  /** What else the record's envelope says. */
  readonly envelope: Json;
  /** The row itself, when the record was exported from a workspace's table. */
  readonly exported?: Json;
}

const LEGACY = /^AzureFirewall(?:NetworkRule|ApplicationRule|DnsProxy|ThreatIntel|NatRule|IDPS\w*)(?:Log)?$/i;
const STRUCTURED = /^AZFW[A-Za-z]+$/;

export const isLegacy = (category: string): boolean => LEGACY.test(category);
const isCategory = (category: string): boolean => LEGACY.test(category) || STRUCTURED.test(category);

/** True for a log record of an Azure Firewall: one of a diagnostic setting, or a row of AzureDiagnostics or an AZFW table. */
export function isFirewallRecord(value: unknown): value is Json {
  if (!isObject(value)) return false;
  if (isCategory(text(value.category)) && propertiesOf(value)) return true;
  if (isLegacy(text(value.Category)) && typeof value.msg_s === 'string') return true;
  return STRUCTURED.test(text(value.Type)) && ('SourceIp' in value || 'Fqdn' in value);
}

/** Takes a record apart. Throws `Reject` when it is none of an Azure Firewall, or has no time. */
export function readRecord(value: unknown): FirewallRecord {
  if (!isObject(value)) throw new Reject('not a JSON object');
  const category = text(value.category) || text(value.Category);
  if (!isFirewallRecord(value))
    throw new Reject(
      category === ''
        ? 'no log record of an Azure Firewall'
        : `category '${category.slice(0, 60)}' is none of Azure Firewall's`,
    );
  const properties = propertiesOf(value);
  if (properties && isCategory(text(value.category))) {
    const { category: _, operationName, time, resourceId, properties: __, ...envelope } = value;
    return {
      category,
      operation: text(operationName),
      time: timeOf(time ?? envelope.TimeGenerated ?? envelope.timeStamp),
      resourceId: text(resourceId) || text(value.resourceID),
      properties,
      envelope,
    };
  }
  return {
    category: isLegacy(category) ? category : text(value.Type),
    operation: text(value.OperationName),
    time: timeOf(value.TimeGenerated ?? value['TimeGenerated [UTC]']),
    resourceId: text(value.ResourceId) || text(value._ResourceId),
    properties: isLegacy(category) ? { msg: value.msg_s } : value,
    envelope: {},
    exported: value,
  };
}

function propertiesOf(value: Json): Json | undefined {
  const { properties } = value;
  if (isObject(properties)) return properties;
  if (typeof properties !== 'string' || !properties.trimStart().startsWith('{')) return undefined;
  try {
    const parsed: unknown = JSON.parse(properties);
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function timeOf(value: unknown): bigint {
  const time = typeof value === 'string' ? parseDatetime(value) : null;
  if (time === null) throw new Reject(value === undefined ? 'no time' : `time: '${text(value).slice(0, 60)}' is none`);
  return time;
}
