import { type Connector, type RawLine, Reject } from '../../ingest/connector.js';
import { EARLY_TYPE, TYPE } from './fields.js';
import { readHeader } from './labels.js';
import { PanOsMapper } from './map.js';
import { findMessage, typeAt } from './message.js';
import { fieldText, makeFields, splitFields } from './split.js';

const HASH = 35;
const BRACE = 123;

/** Palo Alto Networks' firewalls and Panorama: PAN-OS's own comma-separated messages, from syslog or exported. */
export const paloalto: Connector = {
  name: 'paloalto',
  title: 'Palo Alto Networks PAN-OS logs (syslog in its own format, CSV exports)',
  tables: ['CommonSecurityLog'],
  framing: 'raw-lines',
  settings: {
    'time-zone': {
      default: 'UTC',
      help: "The firewall's zone, for messages that do not say theirs: an IANA name (Europe/Berlin) or an offset (+02:00).",
    },
  },
  detect({ lines }) {
    const sample = lines.slice(0, 200);
    return sample.length === 0 ? 0 : sample.filter(isOurs).length / sample.length;
  },
  open(context) {
    const mapper = new PanOsMapper(context);
    return {
      parse(record) {
        const { source, start, end } = record as RawLine;
        if (source.bytes[start] === BRACE) throw new Reject('the message stands within JSON');
        return source.bytes[start] === HASH ? 'skip' : mapper.map(source, start, end);
      },
    };
  },
};

function isOurs(line: string): boolean {
  const bytes = Buffer.from(line);
  const fields = makeFields();
  if (/^\uFEFF?"?(?:Domain|Receive Time)"?,/.test(line)) {
    splitFields(bytes, 0, bytes.length, fields);
    const cells = Array.from({ length: fields.count }, (_, i) => fieldText(bytes, fields, i));
    if (readHeader(cells)?.includes('serial')) return true;
  }
  const at = bytes[0] === BRACE ? -1 : findMessage(bytes, 0, bytes.length);
  if (at === -1) return false;
  splitFields(bytes, at, bytes.length, fields);
  return (typeAt(bytes, fields, TYPE) ?? typeAt(bytes, fields, EARLY_TYPE)) !== undefined && fields.count >= 7;
}
