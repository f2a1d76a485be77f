import { type Connector, Reject } from '../../ingest/connector.js';
import { createMapper } from './map.js';
import { findCef } from './parse.js';

/** ArcSight's Common Event Format, from any product and behind any syslog header. */
export const cef: Connector = {
  name: 'cef',
  title: 'Common Event Format (CEF), any vendor, with or without a syslog header',
  tables: ['CommonSecurityLog'],
  framing: 'lines',
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
    return sample.length === 0 ? 0 : sample.filter((line) => findCef(line) !== -1).length / sample.length;
  },
  open(context) {
    const map = createMapper(context);
    return {
      parse(record, emit) {
        const line = record as string;
        const at = findCef(line);
        if (at === -1) {
          if (line.startsWith('#')) return 'skip';
          throw new Reject('no CEF header (CEF:0|…) in the line');
        }
        emit('CommonSecurityLog', map(line, at));
        return 'event';
      },
    };
  },
};
