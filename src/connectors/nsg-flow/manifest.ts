import {
  type Connector,
  type Emit,
  type ParseContext,
  type Parser,
  Reject,
  type Sample,
} from '../../ingest/connector.js';
import { itemsOf, severalParser } from '../several.js';
import { connection, SCHEMAS, tableRow } from './map.js';
import { flowsOf, isFlowRecord } from './records.js';

/** Flow logs of Azure's network security groups (versions 1 and 2) and virtual networks, as their storage accounts hold them. */
export const nsgFlow: Connector = {
  name: 'nsg-flow',
  title: 'Azure NSG and virtual network flow logs (JSON)',
  tables: ['AzureNetworkAnalytics_CL', 'NTANetAnalytics', 'CommonSecurityLog'],
  framing: 'json',
  schemas: SCHEMAS,
  settings: { 'hunt-rows': { default: true, help: 'whether flows also give rows to CommonSecurityLog' } },
  detect,
  open: flowParser,
};

function flowParser({ settings }: ParseContext): Parser {
  const hunted = settings['hunt-rows'] !== false;
  const read = (record: unknown, emit: Emit): number => {
    if (!isFlowRecord(record)) throw new Reject('no record of a flow log: neither flowRecords nor properties.flows');
    const flows = flowsOf(record);
    for (const flow of flows) {
      const { table, row } = tableRow(flow, record);
      emit(table, row);
      if (hunted) emit('CommonSecurityLog', connection(flow, record));
    }
    return flows.length;
  };
  return severalParser((value, emit) =>
    itemsOf(value, ['records']).reduce<number>((sum, record) => sum + read(record, emit), 0),
  );
}

function detect({ json, text }: Sample): number {
  if (json.length > 0) return json.filter(isFlowRecord).length > json.length / 2 ? 0.98 : 0;
  // one record may be longer than the sample
  return /^\s*[[{]/.test(text) && /"flowTuples"\s*:/.test(text) && /"(?:flowRecords|properties)"\s*:/.test(text)
    ? 0.9
    : 0;
}
