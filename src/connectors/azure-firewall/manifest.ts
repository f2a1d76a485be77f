import {
  type Connector,
  type Emit,
  type ParseContext,
  type Parser,
  Reject,
  type Sample,
} from '../../ingest/connector.js';
import { itemsOf, severalParser } from '../several.js';
import { readSample } from '../table/sample.js';
import { huntRow } from './hunts.js';
import { isFirewallRecord, isLegacy, readRecord } from './record.js';
import { tableRow } from './tables.js';

/** The tables that Azure Firewall's structured logs have. */
const TABLES =
  'AZFWNetworkRule AZFWApplicationRule AZFWNatRule AZFWThreatIntel AZFWIdpsSignature AZFWDnsQuery AZFWDnsFlowTrace AZFWInternalFqdnResolutionFailure AZFWFlowTrace AZFWFatFlow AZFWNetworkRuleAggregation AZFWApplicationRuleAggregation AZFWNatRuleAggregation'.split(
    ' ',
  );

/** Azure Firewall's logs as diagnostic settings write them, legacy (text) and structured, and AzureDiagnostics rows of them. */
export const azureFirewall: Connector = {
  name: 'azure-firewall',
  title: 'Azure Firewall: diagnostic logs, legacy and structured (JSON), and AzureDiagnostics exports',
  tables: ['AzureDiagnostics', ...TABLES, 'CommonSecurityLog', 'DnsEvents'],
  framing: ['json', 'csv'],
  settings: {
    'hunt-rows': { default: true, help: 'whether records also give rows to CommonSecurityLog or DnsEvents' },
  },
  detect,
  open: (context) => (context.framing === 'csv' ? csvParser(context) : severalParser(recordParser(context))),
};

function recordParser({ settings }: ParseContext): (value: unknown, emit: Emit) => number {
  const hunted = settings['hunt-rows'] !== false;
  return (value, emit) => {
    const values = itemsOf(value, ['records']);
    for (const item of values) {
      const record = readRecord(item);
      const { table, row } = tableRow(record);
      const hunt = hunted ? huntRow(record) : undefined;
      emit(table, row);
      if (hunt) emit(hunt.table, hunt.row);
    }
    return values.length;
  };
}

function csvParser(context: ParseContext): Parser {
  const parse = recordParser(context);
  let header: readonly string[] | undefined;
  return {
    parse(record, emit) {
      const cells = record as readonly string[];
      if (header === undefined) {
        header = cells.map((cell) => cell.replace(/^\uFEFF/, '').trim());
        return 'skip';
      }
      if (cells.length > header.length) throw new Reject(`${cells.length} cells where the header has ${header.length}`);
      parse(Object.fromEntries(header.map((name, at) => [name, cells[at]])), emit);
      return 'event';
    },
  };
}

function detect(sample: Sample): number {
  const { json } = sample;
  if (json.length > 0) return json.filter(isFirewallRecord).length > json.length / 2 ? 0.98 : 0;
  const { names, columns } = readSample(sample);
  if (!names.includes('msg_s') || !names.includes('Category')) return 0;
  const categories = columns.get('Category') ?? [];
  return categories.length > 0 && categories.filter(isLegacy).length > categories.length / 2 ? 0.95 : 0;
}
