import { type Connector, type RawLine, Reject } from '../../ingest/connector.js';
import { byteText } from '../../util/byte-text.js';
import { CefMapper } from './map.js';
import { findCef } from './parse.js';

const HASH = 35;

/** ArcSight's Common Event Format, from any product and behind any syslog header. */
export const cef: Connector = {
  name: 'cef',
  title: 'Common Event Format (CEF), any vendor, with or without a syslog header',
  tables: ['CommonSecurityLog'],
  framing: 'raw-lines',
  settings: {
    'pan-os-swapped-bytes': {
      default: true,
      help: "PAN-OS's own CEF template writes bytes sent as in= and bytes received as out=: put them right. false takes them as written (as Sentinel does).",
    },
    'time-zone': {
      default: 'UTC',
      help: 'The zone of times that do not say theirs: an IANA name (Europe/Berlin) or an offset (+02:00).',
    },
  },
  detect({ lines }) {
    const sample = lines.slice(0, 200);
    const found = sample.filter((line) => {
      const bytes = Buffer.from(line);
      return findCef(byteText(bytes), 0, bytes.length) !== -1;
    });
    return sample.length === 0 ? 0 : found.length / sample.length;
  },
  open(context) {
    const mapper = new CefMapper(context, context.rows('CommonSecurityLog'));
    return {
      parse(record) {
        const { source, start, end } = record as RawLine;
        const at = findCef(source, start, end);
        if (at === -1) {
          if (source.bytes[start] === HASH) return 'skip';
          throw new Reject('no CEF header (CEF:0|…) in the line');
        }
        mapper.map(source, start, at, end);
        return 'event';
      },
    };
  },
};
