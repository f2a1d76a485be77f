import type { Fields, Log } from './fields.js';
import { splitPairs } from './pipes.js';

const HEADER = /LEEF:\s*([12](?:\.\d)?)\|([^|]*)\|([^|]*)\|([^|]*)\|([^|]*)(?:\||$)/;
const DELIMITER = /^(?:(?:0?x|\\x)([0-9A-Fa-f]{2})|([^\w\s|]))?\|/;

/** LEEF's names of fields, in Check Point's own. */
const NAMES: Readonly<Record<string, string>> = {
  devTime: 'time',
  cat: 'product',
  srcPort: 's_port',
  dstPort: 'service',
  usrName: 'user',
  sev: 'severity',
  url: 'resource',
  srcPostNAT: 'xlatesrc',
  dstPostNAT: 'xlatedst',
  srcPostNATPort: 'xlatesport',
  dstPostNATPort: 'xlatedport',
  srcBytes: 'sent_bytes',
  dstBytes: 'received_bytes',
  policy: 'rule_name',
};

/** Whether a line has a LEEF header of Check Point's. */
export const isCheckPointLeef = (line: string): boolean => /^check ?point/i.test(HEADER.exec(line)?.[2] ?? '');

/** Reads the Log Exporter's LEEF form; null for other lines and other vendors. */
export function readLeef(line: string): Log | null {
  const header = HEADER.exec(line);
  if (header === null || !isCheckPointLeef(line)) return null;
  let text = line.slice(header.index + header[0].length);
  let separator = '\t';
  const given = header[1]!.startsWith('2') ? DELIMITER.exec(text) : null;
  if (given !== null) {
    text = text.slice(given[0].length);
    separator = given[1] !== undefined ? String.fromCharCode(Number.parseInt(given[1], 16)) : (given[2] ?? '\t');
  } else if (!text.includes('\t') && text.includes('|')) separator = '|';
  const fields: Fields = splitPairs(text, separator).map(([key, value]) => [NAMES[key] ?? key, value]);
  if (!fields.some(([key]) => key === 'action')) fields.push(['action', header[5]!]);
  return { prefix: line.slice(0, header.index).trimEnd(), fields, product: header[3]! };
}
