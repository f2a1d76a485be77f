/** Names of IP protocols by number, those that flow logs show (IANA's assigned internet protocol numbers). */
const NAMES: Readonly<Record<number, string>> = {
  0: 'HOPOPT',
  1: 'ICMP',
  2: 'IGMP',
  4: 'IPv4',
  6: 'TCP',
  8: 'EGP',
  9: 'IGP',
  17: 'UDP',
  27: 'RDP',
  33: 'DCCP',
  41: 'IPv6',
  46: 'RSVP',
  47: 'GRE',
  50: 'ESP',
  51: 'AH',
  58: 'IPv6-ICMP',
  88: 'EIGRP',
  89: 'OSPFIGP',
  94: 'IPIP',
  97: 'ETHERIP',
  103: 'PIM',
  108: 'IPComp',
  112: 'VRRP',
  115: 'L2TP',
  132: 'SCTP',
  136: 'UDPLite',
};

/** The name of an IP protocol's number (`TCP`), the number as text when it has none here, '' for none. */
export function protocolName(number: number | null): string {
  return number === null ? '' : (NAMES[number] ?? String(number));
}

/** True for protocols of which a flow log's "ports" are no ports. */
export const isPortless = (number: number | null): boolean => number === 1 || number === 58;
