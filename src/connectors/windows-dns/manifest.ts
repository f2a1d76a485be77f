import { type Connector, type ParseContext, type Parser, Reject } from '../../ingest/connector.js';
import { debugLogParser } from './debug-log.js';
import { readEtwEvent } from './etw.js';
import { eventOf } from './events.js';
import { mapEtw } from './map.js';
import { readLogLine, readPacket } from './parse.js';

/** The Windows DNS server's debug log (dns.log), and its analytical events exported as JSON. */
export const windowsDns: Connector = {
  name: 'windows-dns',
  title: 'Windows DNS server: debug log, analytical events as JSON',
  tables: ['DnsEvents'],
  framing: ['lines', 'json'],
  settings: {
    'time-zone': {
      default: 'UTC',
      help: "The server's zone, which the debug log does not say: an IANA name (Europe/Berlin) or an offset (+02:00).",
    },
    'date-order': {
      default: 'auto',
      help: 'How the debug log writes dates: mdy, dmy, ymd, or auto (found out from the file).',
    },
  },
  detect({ lines, json }) {
    if (json.length > 0) return json.filter(isDnsEvent).length / json.length;
    if (lines.some((line) => /^\s*Message logging key \(for packets/i.test(line))) return 1;
    const dated = lines.map(readLogLine).filter((line) => line !== null);
    const packets = dated.filter((line) => line.context === 'PACKET' && readPacket(line.text) !== null);
    return dated.length === 0 ? 0 : packets.length / dated.length;
  },
  open: (context) => (context.framing === 'json' ? etwParser(context) : debugLogParser(context)),
};

const isDnsEvent = (value: unknown): boolean => {
  const event = readEtwEvent(value);
  return event !== null && eventOf(event.id) !== undefined;
};

function etwParser(context: ParseContext): Parser {
  const idOf = (value: unknown): number | undefined => readEtwEvent(value)?.id;
  let withResponses = context.sample?.json.some((value) => idOf(value) === 257 || idOf(value) === 258) ?? false;
  return {
    parse(record, emit) {
      const event = readEtwEvent(record);
      if (!event) throw new Reject('no event of the DNS server (no event id, or neither QNAME, XID nor PacketData)');
      withResponses ||= event.id === 257 || event.id === 258;
      const row = mapEtw(event, withResponses);
      if (!row) throw new Reject(`event ${event.id} is none of the analytical events 256 to 280`);
      emit('DnsEvents', row);
      return 'event';
    },
  };
}
