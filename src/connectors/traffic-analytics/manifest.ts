import {
  type Connector,
  type ParseContext,
  type Parser,
  Reject,
  type Row,
  type Sample,
} from '../../ingest/connector.js';
import { headerOf, readSample } from '../table/sample.js';
import { columnFinder, type Table, tableOf } from './columns.js';
import { connections } from './hunts.js';

/** Rows of Azure's Traffic Analytics, exported from its workspace: flows of security groups or virtual networks, added up. */
export const trafficAnalytics: Connector = {
  name: 'traffic-analytics',
  title: 'Azure Traffic Analytics exports (AzureNetworkAnalytics_CL, NTANetAnalytics; JSON or CSV)',
  tables: ['AzureNetworkAnalytics_CL', 'NTANetAnalytics', 'CommonSecurityLog'],
  framing: ['json', 'csv'],
  settings: { 'hunt-rows': { default: true, help: 'whether flows also give rows to CommonSecurityLog' } },
  detect: (sample: Sample) => (tableOf(readSample(sample).names) === undefined ? 0 : 0.9),
  open: (context) => (context.framing === 'csv' ? csvParser(context) : jsonParser(context)),
};

function jsonParser({ settings, sample }: ParseContext): Parser {
  const inSample = sample && tableOf(readSample(sample).names);
  return {
    parse(record, emit) {
      if (typeof record !== 'object' || record === null || Array.isArray(record))
        throw new Reject('a row must be a JSON object of columns');
      const names = Object.keys(record);
      // a row may lack the columns that have no value in it
      const table = tableOf(names) ?? inSample;
      if (table === undefined) throw new Reject('its columns are those of neither table of Traffic Analytics');
      const row = rowOf(names, Object.values(record), FINDERS[table]);
      emit(table, row);
      if (settings['hunt-rows'] !== false) for (const flow of connections(table, row)) emit('CommonSecurityLog', flow);
      return 'event';
    },
  };
}

function csvParser({ settings }: ParseContext): Parser {
  let header: { readonly names: readonly string[]; readonly table: Table } | undefined;
  return {
    parse(record, emit) {
      const cells = record as readonly string[];
      if (header === undefined) {
        const names = headerOf(cells);
        const table = tableOf(names);
        if (table === undefined) throw new Reject('its columns are those of neither table of Traffic Analytics');
        header = { names, table };
        return 'skip';
      }
      const { names, table } = header;
      if (cells.length > names.length) throw new Reject(`${cells.length} cells where the header has ${names.length}`);
      const row = rowOf(names, cells, FINDERS[table]);
      emit(table, row);
      if (settings['hunt-rows'] !== false) for (const flow of connections(table, row)) emit('CommonSecurityLog', flow);
      return 'event';
    },
  };
}

const FINDERS: Readonly<Record<Table, (name: string) => string>> = {
  AzureNetworkAnalytics_CL: columnFinder('AzureNetworkAnalytics_CL'),
  NTANetAnalytics: columnFinder('NTANetAnalytics'),
};

/** A row by the table's columns. Empty cells and columns without a name (the index that data frames write) are left out. */
function rowOf(names: readonly string[], values: readonly unknown[], find: (name: string) => string): Row {
  const row: Row = {};
  for (let at = 0; at < names.length; at++) {
    const value = values[at];
    if (names[at] === '' || value === null || value === undefined || value === '' || value === 'null') continue;
    row[find(names[at]!)] ??= value as Row[string];
  }
  row.TimeGenerated ??= row.FlowStartTime_t ?? row.FlowStartTime;
  return row;
}
