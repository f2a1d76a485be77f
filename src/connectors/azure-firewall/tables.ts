import type { Cell, Row } from '../../ingest/connector.js';
import { knownSchema } from '../../tables/known.js';
import { isObject, type Json, text } from './json.js';
import { type FirewallRecord, isLegacy } from './record.js';

/** Tables of categories that are not called as their table. */
const TABLES: Readonly<Record<string, string>> = {
  AZFWFqdnResolveFailure: 'AZFWInternalFqdnResolutionFailure',
  AZFWDnsAdditional: 'AZFWDnsFlowTrace',
};

/** Properties whose column has another name. */
const COLUMNS: Readonly<Record<string, string>> = { Url: 'TargetUrl' };

/** The record's row as Azure Monitor stores it: AzureDiagnostics for the legacy categories, a table of its own for the others. */
export function tableRow(record: FirewallRecord): { table: string; row: Row } {
  const { category, exported, time } = record;
  const legacy = isLegacy(category);
  const table = legacy ? 'AzureDiagnostics' : (TABLES[category] ?? category);
  if (exported) return { table, row: { ...cells(exported), TimeGenerated: time } };
  return { table, row: legacy ? diagnosticsRow(record) : ownRow(record, table) };
}

function ownRow({ properties, resourceId, time, envelope }: FirewallRecord, table: string): Row {
  const schema = knownSchema(table);
  const row: Row = { TimeGenerated: time };
  for (const key in properties) {
    const column = schema && !schema[key] ? (COLUMNS[key] ?? key) : key;
    put(row, column, properties[key]);
  }
  row.SourceSystem = 'Azure';
  row._ResourceId = resourceId.toLowerCase();
  row._SubscriptionId = partsOf(resourceId).subscription.toLowerCase();
  put(row, 'TenantId', envelope.tenantId);
  put(row, 'CorrelationId', envelope.correlationId);
  return row;
}

/** Suffixes that AzureDiagnostics gives the columns of properties, by the type of their values. */
const suffixed = (key: string, value: unknown): string =>
  `${key}_${typeof value === 'number' ? 'd' : typeof value === 'boolean' ? 'b' : 's'}`;

/** What an envelope says under other names than AzureDiagnostics has. */
const ENVELOPE: Readonly<Record<string, string>> = {
  level: 'Level',
  Level: 'Level',
  correlationId: 'CorrelationId',
  tenantId: 'Tenant_g',
  resultType: 'ResultType',
  resultDescription: 'ResultDescription',
  operationVersion: 'OperationVersion',
  callerIpAddress: 'CallerIPAddress',
};

function diagnosticsRow(record: FirewallRecord): Row {
  const { category, operation, resourceId, properties, envelope, time } = record;
  const parts = partsOf(resourceId);
  const row: Row = {
    TimeGenerated: time,
    Category: category,
    OperationName: operation,
    ResourceId: resourceId.toUpperCase(),
    ResourceGroup: parts.group.toUpperCase(),
    SubscriptionId: parts.subscription.toLowerCase(),
    ResourceProvider: parts.provider.toUpperCase(),
    ResourceType: parts.type.toUpperCase(),
    Resource: parts.name.toUpperCase(),
    SourceSystem: 'Azure',
    _ResourceId: resourceId.toLowerCase(),
  };
  for (const key in properties) put(row, suffixed(key, properties[key]), properties[key]);
  for (const key in envelope) put(row, ENVELOPE[key] ?? suffixed(key, envelope[key]), envelope[key]);
  return row;
}

const cells = (values: Json): Row => {
  const row: Row = {};
  for (const key in values) put(row, key.replace(/ \[[^\]]*\]$/, ''), values[key]);
  return row;
};

function put(row: Row, column: string, value: unknown): void {
  if (value === null || value === undefined || value === '') return;
  row[column === '__proto__' ? '_proto_' : column] =
    isObject(value) || Array.isArray(value) ? JSON.stringify(value) : (value as Cell);
}

interface ResourceParts {
  readonly subscription: string;
  readonly group: string;
  readonly provider: string;
  readonly type: string;
  readonly name: string;
}

const RESOURCE = /^\/subscriptions\/([^/]+)(?:\/resourcegroups\/([^/]+))?(?:\/providers\/([^/]+)\/([^/]+)\/([^/]+))?/i;

/** The parts of a resource's id, '' for those it doesn't have. */
export function partsOf(resourceId: string): ResourceParts {
  const [, subscription = '', group = '', provider = '', type = '', name = ''] = RESOURCE.exec(text(resourceId)) ?? [];
  return { subscription, group, provider, type, name };
}
