import type { Connector, Sample } from '../../ingest/connector.js';
import { HUNTED } from './hunts.js';
import { SCHEMAS } from './map.js';
import { eveParser } from './parse.js';
import { eveReader, isCertain } from './read.js';

/** Suricata's EVE JSON: lines, arrays, and lines behind a syslog header. */
export const suricata: Connector = {
  name: 'suricata',
  title: 'Suricata EVE JSON (eve.json), also over syslog',
  tables: [...Object.keys(SCHEMAS), 'CommonSecurityLog', 'DnsEvents'],
  framing: ['lines', 'json'],
  schemas: SCHEMAS,
  settings: {
    sensor: { default: '', help: 'Computer of rows whose event does not name its sensor (host)' },
    'hunt-rows': { default: HUNTED.join(), help: 'event types that also give a row to CommonSecurityLog or DnsEvents' },
  },
  detect,
  open: eveParser,
};

const LOOKED_AT = 50;

function detect({ json, lines }: Sample): number {
  const records = (json.length > 0 ? json : lines.filter((line) => line.includes('"event_type"'))).slice(0, LOOKED_AT);
  const of = json.length > 0 ? records.length : Math.min(lines.length, LOOKED_AT);
  const read = eveReader();
  const certain = records.filter((record) => {
    const found = read(record);
    return found !== null && isCertain(found.event);
  });
  return of > 0 && certain.length > of / 2 ? 0.98 : 0;
}
