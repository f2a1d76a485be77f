/** An event of the DNS server's analytical log. */
export interface DnsEvent {
  readonly id: number;
  /** Its name in Microsoft's list of analytical events. */
  readonly name: string;
  /** Microsoft's category of it. */
  readonly category: string;
  readonly response: boolean;
  /** The field with the address of the client that asked this server; none where this server is the one that asks. */
  readonly client?: 'Source' | 'Destination';
}

const row = (id: number, name: string, category: string, response: boolean, client?: DnsEvent['client']): DnsEvent => ({
  id,
  name,
  category,
  response,
  client,
});

/** Microsoft's analytical events of the DNS server. */
export const EVENTS: readonly DnsEvent[] = [
  row(256, 'QUERY_RECEIVED', 'Lookup', false, 'Source'),
  row(257, 'RESPONSE_SUCCESS', 'Lookup', true, 'Destination'),
  row(258, 'RESPONSE_FAILURE', 'Lookup', true, 'Destination'),
  row(259, 'IGNORED_QUERY', 'Lookup', false, 'Source'),
  row(260, 'RECURSE_QUERY_OUT', 'Recursive query', false),
  row(261, 'RECURSE_RESPONSE_IN', 'Recursive query', true),
  row(262, 'RECURSE_QUERY_TIMEOUT', 'Recursive query', false),
  row(263, 'DYN_UPDATE_RECV', 'Dynamic update', false, 'Source'),
  row(264, 'DYN_UPDATE_RESPONSE', 'Dynamic update', true, 'Destination'),
  row(265, 'IXFR_REQ_OUT', 'Zone XFR', false),
  row(266, 'IXFR_REQ_RECV', 'Zone XFR', false, 'Source'),
  row(267, 'IXFR_RESP_OUT', 'Zone XFR', true, 'Destination'),
  row(268, 'IXFR_RESP_RECV', 'Zone XFR', true),
  row(269, 'AXFR_REQ_OUT', 'Zone XFR', false),
  row(270, 'AXFR_REQ_RECV', 'Zone XFR', false, 'Source'),
  row(271, 'AXFR_RESP_OUT', 'Zone XFR', true, 'Destination'),
  row(272, 'AXFR_RESP_RECV', 'Zone XFR', true),
  row(273, 'XFR_NOTIFY_RECV', 'Zone XFR', false, 'Source'),
  row(274, 'XFR_NOTIFY_OUT', 'Zone XFR', false),
  row(275, 'XFR_NOTIFY_ACK_IN', 'Zone XFR', true),
  row(276, 'XFR_NOTIFY_ACK_OUT', 'Zone XFR', true, 'Destination'),
  row(277, 'DYN_UPDATE_FORWARD', 'Dynamic update', false),
  row(278, 'DYN_UPDATE_RESPONSE_IN', 'Dynamic update', true),
  row(279, 'INTERNAL_LOOKUP_CNAME', 'Lookup', false),
  row(280, 'INTERNAL_LOOKUP_ADDITIONAL', 'Lookup', false),
];

const byId = new Map(EVENTS.map((event) => [event.id, event]));

/** The event of an id; undefined for ids that aren't analytical events. */
export const eventOf = (id: number): DnsEvent | undefined => byId.get(id);

/** Event ids of a packet in the order: query received, query sent, response received, response sent. */
const PACKETS: Readonly<Record<string, readonly [number, number, number, number]>> = {
  Q: [256, 260, 261, 257],
  U: [263, 277, 278, 264],
  N: [273, 274, 275, 276],
  AXFR: [270, 269, 272, 271],
  IXFR: [266, 265, 268, 267],
};

/** The analytical event that a packet of the debug log is. Null for opcodes without one. */
export function eventOfPacket(
  opcode: string,
  type: string,
  sent: boolean,
  response: boolean,
  code: number | null,
): DnsEvent | null {
  const ids = PACKETS[opcode === 'Q' && (type === 'AXFR' || type === 'IXFR') ? type : opcode];
  if (ids === undefined) return null;
  const id = ids[(response ? 2 : 0) + (sent ? 1 : 0)]!;
  return byId.get(id === 257 && code !== 0 ? 258 : id)!;
}
