import { type Connector, type RawLine, Reject } from '../../ingest/connector.js';
import { byteText } from '../../util/byte-text.js';
import { findCef } from '../cef/parse.js';
import { findHead } from './header.js';
import { messageWriter } from './map.js';

/** Messages of Cisco's firewalls: ASA, Secure Firewall Threat Defense, and PIX and FWSM before them. */
export const ciscoAsa: Connector = {
  name: 'cisco-asa',
  title: 'Cisco ASA, FTD, PIX and FWSM messages (%ASA-6-302013: …), with or without a syslog header',
  tables: ['CommonSecurityLog'],
  framing: 'raw-lines',
  settings: {
    'time-zone': {
      default: 'UTC',
      help: 'The zone of times that do not say theirs: an IANA name (Europe/Berlin) or an offset (+02:00).',
    },
    'teardown-bytes': {
      default: 'total',
      help: "A Teardown's bytes are those of both directions together: total keeps them in DeviceCustomNumber1 only, sent also takes them for SentBytes (an upper bound).",
    },
  },
  detect({ lines }) {
    const sample = lines.slice(0, 200);
    const found = sample.filter((line) => {
      const bytes = Buffer.from(line);
      const head = findHead(bytes, 0, bytes.length);
      return head !== null && findCef(byteText(bytes), 0, head.at) === -1;
    });
    return sample.length === 0 ? 0 : found.length / sample.length;
  },
  open(context) {
    const write = messageWriter(context);
    return {
      parse(record) {
        const { source, start, end } = record as RawLine;
        const head = findHead(source.bytes, start, end);
        if (head === null) throw new Reject('no Cisco message head (%ASA-6-302013:) in the line');
        write(source, start, head, end);
        return 'event';
      },
    };
  },
};
