import type { Connector, Sample } from '../../ingest/connector.js';
import { isZeekRecord } from './json.js';
import { kindFromCells } from './kind.js';
import { SCHEMAS } from './map.js';
import { zeekParser } from './parse.js';

/** Zeek (Bro) logs: TSV with or without headers, JSON, and Corelight's JSON streaming. */
export const zeek: Connector = {
  name: 'zeek',
  title: 'Zeek and Corelight logs (TSV, JSON)',
  tables: [...Object.keys(SCHEMAS), 'CommonSecurityLog', 'DnsEvents'],
  framing: ['lines', 'json'],
  schemas: SCHEMAS,
  settings: {
    sensor: { default: '', help: 'Computer of rows whose log does not name its sensor' },
    'hunt-rows': { default: 'conn,dns,http,ssl', help: 'logs that also give a row to CommonSecurityLog or DnsEvents' },
  },
  detect,
  open: zeekParser,
};

function detect(sample: Sample): number {
  if (/^#separator |^#fields\t/m.test(sample.text)) return 1;
  if (sample.json.length > 0) {
    const share = sample.json.filter(isZeekRecord).length / sample.json.length;
    return share > 0.5 ? 0.5 + share * 0.45 : 0;
  }
  const [first = ''] = sample.lines;
  if (/^ts\t(?:uid|fuid|id|host)\t/.test(first)) return 0.9;
  const lines = sample.lines.slice(0, 50);
  if (lines.length === 0) return 0;
  if (first.startsWith('{')) return lines.filter(isZeekLine).length / lines.length > 0.5 ? 0.9 : 0;
  const fitting = lines.filter((line) => kindFromCells(line.split('\t'), '') !== undefined).length;
  return fitting / lines.length > 0.7 ? 0.8 : 0;
}

function isZeekLine(line: string): boolean {
  try {
    return isZeekRecord(JSON.parse(line));
  } catch {
    return false;
  }
}
