import { type Connector, type RawLine, Reject } from '../../ingest/connector.js';
import { FortinetMapper } from './map.js';

const HASH = 35;
const BRACE = 123;
/** Date and time as FortiOS writes them, in any order with what names the device or the log. */
const DATED = /(?:^|[\s,;:>"])date="?\d{4}-\d\d-\d\d"?["\s,]+time="?\d\d:\d\d:\d\d/;
const STAMPED = /(?:^|[\s,;:>"])(?:eventtime|itime|timestamp)="?\d{10,19}\b/;
const NAMED = /[\s,"](?:log_?id|devid|device_id)="?"?\w/;
const CEF = /CEF: ?\d\|/;

/** Fortinet's own `key=value` logs: FortiOS, and what FortiWeb, FortiMail, FortiProxy and FortiAnalyzer write alike. */
export const fortinet: Connector = {
  name: 'fortinet',
  title: 'Fortinet logs (FortiOS key=value, FortiWeb, FortiMail, FortiAnalyzer)',
  tables: ['CommonSecurityLog', 'DnsEvents'],
  framing: 'raw-lines',
  settings: {
    'time-zone': {
      default: 'UTC',
      help: 'The zone of logs with neither eventtime nor tz: an IANA name (Europe/Berlin) or an offset (+02:00).',
    },
    'hunt-rows': { default: 'dns', help: 'logs that also give a row to DnsEvents' },
  },
  detect({ lines }) {
    const sample = lines.slice(0, 200);
    return sample.length === 0 ? 0 : sample.filter(isOurs).length / sample.length;
  },
  open(context) {
    const mapper = new FortinetMapper(context);
    return {
      parse(record, emit) {
        const { source, start, end } = record as RawLine;
        if (source.bytes[start] === HASH) return 'skip';
        if (source.bytes[start] === BRACE) throw new Reject('the log stands within JSON');
        mapper.map(source, start, end, emit);
        return 'event';
      },
    };
  },
};

const isOurs = (line: string): boolean =>
  !line.startsWith('{') && (DATED.test(line) || STAMPED.test(line)) && NAMED.test(line) && !CEF.test(line);
