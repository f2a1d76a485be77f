import type { Row } from '../../ingest/connector.js';
import { resultCode, resultName, typeName } from './codes.js';
import type { EtwEvent } from './etw.js';
import { type DnsEvent, eventOf, eventOfPacket } from './events.js';
import type { LogLine, Packet } from './parse.js';
import { readDnsMessage } from './wire.js';

/**
 * What kind of row an event gives. `LookupQuery` is one row a lookup, as in Sentinel: the response to the client, which has the result;
 * in a source that logs no responses, the query.
 */
function subType(event: DnsEvent, withResponses: boolean): string {
  switch (event.id) {
    case 256:
      return withResponses ? 'LookupRequest' : 'LookupQuery';
    case 257:
    case 258:
      return 'LookupQuery';
    case 259:
      return 'IgnoredQuery';
    case 260:
    case 262:
      return 'RecursiveQuery';
    case 261:
      return 'RecursiveResponse';
    case 279:
    case 280:
      return 'InternalLookup';
    default:
      return event.category === 'Dynamic update' ? 'DynamicUpdate' : 'ZoneTransfer';
  }
}

const describe = (event: DnsEvent, withResponses: boolean): Row => ({
  EventId: event.id,
  SubType: subType(event, withResponses),
  TaskCategory: event.category,
  Description: event.name,
});

/** The row of a packet of the debug log. Opcodes that no analytical event stands for give a row without EventId. */
export function mapPacket(time: bigint, packet: Packet, text: string, withResponses: boolean): Row {
  const type = packet.type === '' ? '' : typeName(packet.type);
  const code = packet.response ? resultCode(packet.result) : null;
  const event = eventOfPacket(packet.opcode, type, packet.sent, packet.response, code);
  return {
    TimeGenerated: time,
    Name: packet.name,
    QueryType: type,
    ClientIP: event?.client === undefined ? '' : packet.remote,
    Result: packet.response ? packet.result : '',
    ResultCode: code,
    ...(event ? describe(event, withResponses) : { SubType: 'Other' }),
    Message: text,
  };
}

/** The row of a dated line that is no packet: the server's own doings. */
export const mapServerLine = (time: bigint, line: LogLine): Row => ({
  TimeGenerated: time,
  SubType: 'Server',
  TaskCategory: line.context,
  Message: line.text,
});

/** The row of an event of the analytical log; ids that aren't analytical give none. */
export function mapEtw(etw: EtwEvent, withResponses: boolean): Row | null {
  const event = eventOf(etw.id);
  if (!event) return null;
  const { data } = etw;
  const message = data.PacketData === undefined ? null : readDnsMessage(data.PacketData);
  const name = data.QNAME ?? message?.question?.name ?? '';
  const code = event.response ? responseCode(data, message?.responseCode) : null;
  return {
    TimeGenerated: etw.time,
    Computer: etw.computer,
    Name: withoutFinalDot(name),
    QueryType:
      data.QTYPE !== undefined
        ? typeName(data.QTYPE)
        : message?.question
          ? typeName(String(message.question.type))
          : '',
    ClientIP: event.client === undefined ? '' : (data[event.client] ?? ''),
    Result: code === null ? '' : resultName(code),
    ResultCode: code,
    IPAddresses: event.response ? (message?.addresses.join(', ') ?? '') : '',
    Severity: etw.level,
    ...describe(event, withResponses),
    Message: etw.message === '' ? render(event, data) : etw.message,
  };
}

/** A response's code: what the event says, else what the packet says, else the low bits of the flags. */
function responseCode(data: EtwEvent['data'], fromPacket: number | undefined): number | null {
  if (data.RCODE !== undefined && /^\d{1,4}$/.test(data.RCODE)) return Number(data.RCODE);
  if (fromPacket !== undefined) return fromPacket;
  return data.Flags !== undefined && /^\d{1,5}$/.test(data.Flags) ? Number(data.Flags) & 15 : null;
}

/** The fields of an event in the form that Windows renders: `QUERY_RECEIVED: TCP=0; …`. */
const render = (event: DnsEvent, data: EtwEvent['data']): string =>
  `${event.name}: ${Object.entries(data)
    .map(([name, value]) => `${name}=${value}`)
    .join('; ')}`; // prettier-ignore

/** A name without the dot of the root at its end; a dot escaped by a backslash belongs to the last label. */
function withoutFinalDot(name: string): string {
  if (name.length < 2 || !name.endsWith('.')) return name;
  let i = name.length - 1;
  while (i > 0 && name.charAt(i - 1) === '\\') i--;
  return (name.length - 1 - i) % 2 === 0 ? name.slice(0, -1) : name;
}
