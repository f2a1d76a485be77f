import { type Connector, type RawLine, Reject } from '../../ingest/connector.js';
import { EXTRA_COLUMNS, syslogMapper } from './map.js';
import { readSyslog } from './parse.js';

/** How sure this connector is at most: what is more than syslog belongs to the connector that knows it. */
const SUREST = 0.3;
const LINES = 200;

/** Syslog that no other connector claims: RFC 3164, RFC 5424, Linux log files, Cisco IOS. */
export const syslog: Connector = {
  name: 'syslog',
  title: 'syslog messages of any kind (RFC 3164, RFC 5424, Linux log files, Cisco IOS)',
  tables: ['Syslog'],
  framing: 'raw-lines',
  schemas: { Syslog: EXTRA_COLUMNS },
  settings: {
    'any-text': {
      default: false,
      help: 'Take lines without any syslog header as messages too; their time is that of their arrival (for a file: of its last change).',
    },
    'time-zone': {
      default: 'UTC',
      help: 'The zone of times that do not say theirs: an IANA name (Europe/Berlin) or an offset (+02:00).',
    },
    collector: { default: '', help: 'CollectorHostName of all rows' },
  },
  detect({ lines }) {
    const sample = lines.slice(0, LINES);
    let share = 0;
    for (const line of sample) {
      const { form } = readSyslog(line);
      share += form === 'priority' || form === 'tagged' ? 1 : 0;
      // a time and then words: only among lines that have more
      if (form === 'timed' && /^[A-Z]/.test(line)) share += 0.8;
    }
    share /= Math.max(1, sample.length);
    return share > 0.5 ? share * SUREST : 0;
  },
  open(context) {
    const map = syslogMapper(context);
    const anyText = context.settings['any-text'] === true;
    return {
      parse(record, emit) {
        const { source, start, end } = record as RawLine;
        const message = readSyslog(source.bytes.toString('utf8', start, end));
        if (!anyText && message.form === 'text') throw new Reject('no syslog header: neither a priority nor a time');
        emit('Syslog', map(message));
        return 'event';
      },
    };
  },
};
