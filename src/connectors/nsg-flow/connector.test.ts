import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Reject } from '../../ingest/connector.js';
import { detect, sampleOf } from '../../ingest/detect.js';
import { connectors } from '../index.js';
import { collect, noRows, readSamples } from '../testing.js';
import { nsgFlow } from './manifest.js';

const record = (tuples: readonly string[], more: object = {}) => ({
  category: 'NetworkSecurityGroupFlowEvent',
  properties: { Version: 2, flows: [{ rule: 'UserRule_a', flows: [{ mac: '000D3A000001', flowTuples: tuples }] }] },
  ...more,
});

describe('samples', () => {
  for (const { name, text, expected } of readSamples(new URL('./samples/', import.meta.url)))
    test(name, () => {
      expect(detect(connectors, sampleOf(text, true), false)?.connector.name).toBe('nsg-flow');
      expect(collect(nsgFlow, text)).toEqual(expected);
    });
});

test('a record longer than the sample is found by its names', () => {
  const tuples = Array.from(
    { length: 2000 },
    (_, i) => `1718445602,10.40.0.4,198.51.100.70,${20000 + i},443,T,O,A,B,,,,`,
  );
  const text = JSON.stringify({ records: [record(tuples)] });
  const found = detect(connectors, sampleOf(text.slice(0, 65_536), false), false);
  expect([found?.connector.name, found?.framing]).toEqual(['nsg-flow', 'json']);
});

test('a record by itself, as it comes over a network', () => {
  const text = JSON.stringify(record(['1718445602,10.40.0.4,198.51.100.70,50000,443,T,O,A']));
  expect(detect(connectors, sampleOf(text, true), false)?.connector.name).toBe('nsg-flow');
  expect(collect(nsgFlow, text)).toMatchObject({ events: 1, rows: [{ table: 'AzureNetworkAnalytics_CL' }, {}] });
});

test('a whole envelope as one message', () => {
  const parser = nsgFlow.open({ framing: 'json', fileName: '', modified: 0, settings: {}, rows: noRows });
  const rows: string[] = [];
  const one = record(['1718445602,10.40.0.4,198.51.100.70,50000,443,T,O,A']);
  expect(parser.parse({ records: [one, one] }, (table) => rows.push(table), { line: 0 })).toBe('event');
  expect(rows).toHaveLength(4);
  expect(parser.end?.(() => {})).toBe(1);
});

test('a flow of several tuples counts once in a record', () => {
  const tuples = ['B,,,,', 'C,1,100,1,50', 'E,2,200,2,60'].map(
    (rest) => `1718445602,10.40.0.4,198.51.100.70,50000,443,T,O,A,${rest}`,
  );
  const rows = collect(nsgFlow, JSON.stringify(record(tuples))).rows.filter(
    ({ table }) => table !== 'CommonSecurityLog',
  );
  expect(rows.map(({ row }) => [row.AllowedOutFlows_d, row.CompletedFlows_d, row.OutboundBytes_d])).toEqual([
    [1, 0, undefined],
    [0, 0, 100],
    [0, 1, 200],
  ]);
});

test('what is no tuple rejects its record and is named', () => {
  for (const tuple of ['', '1718445602,10.40.0.4', 'soon,10.0.0.1,10.0.0.2,1,2,T,O,A'])
    expect(collect(nsgFlow, JSON.stringify(record([tuple]))).rejected[0]?.reason).toMatch(
      /not a flow tuple|not the time of a flow tuple/,
    );
});

test('nothing but Reject is thrown', () => {
  const cell = fc.oneof(
    fc.string(),
    fc.constantFrom('1718445602', '10.0.0.1', '443', 'T', 'I', 'O', 'A', 'D', 'B', 'NX', '6'),
  );
  const tuple = fc.array(cell, { maxLength: 14 }).map((cells) => cells.join(','));
  const group = fc.array(tuple).map((tuples) => record(tuples));
  const network = fc
    .array(tuple)
    .map((tuples) => ({ flowRecords: { flows: [{ aclID: 'a', flowGroups: [{ rule: 'r', flowTuples: tuples }] }] } }));
  fc.assert(
    fc.property(fc.array(fc.oneof(group, network, fc.jsonValue())), (records) => {
      const parser = nsgFlow.open({ framing: 'json', fileName: 'x', modified: 0, settings: {}, rows: noRows });
      for (const value of records)
        try {
          parser.parse(value, () => {}, { line: 1 });
        } catch (error) {
          expect(error).toBeInstanceOf(Reject);
        }
    }),
  );
});
