import { OWN } from '../addresses.js';
import { cefTime, syslogTime } from '../clock.js';
import type { Flow } from '../flow.js';
import { DOMAIN, type Zone } from '../hosts.js';

/** The head office's firewall. */
export const PALO_ALTO = { name: 'pa-fw01', serial: '013201099999', version: '11.1.6-h3' } as const;

const ZONES: Readonly<Record<Zone, readonly [zone: string, networkInterface: string]>> = {
  users: ['trust', 'ethernet1/2'],
  servers: ['servers', 'ethernet1/3'],
  dmz: ['dmz', 'ethernet1/4'],
  devices: ['devices', 'ethernet1/5'],
  branch: ['vpn', 'tunnel.1'],
  untrust: ['untrust', 'ethernet1/1'],
};

const RULES = {
  inner: 'Internal-Services',
  out: 'Internet-Outbound',
  in: 'Published-Services',
  deniedOut: 'Block-Outbound',
  deniedIn: 'interzone-default',
} as const;

/** PAN-OS' log subtype and session end reason. */
function ending(flow: Flow): readonly [subtype: string, reason: string] {
  if (flow.outcome === 'drop') return ['drop', 'policy-deny'];
  if (flow.outcome !== 'allow') return ['deny', 'policy-deny'];
  if (flow.protocol !== 'tcp') return ['end', 'aged-out'];
  const kind = (flow.sourcePort * 31 + flow.destinationPort) % 16;
  return [
    'end',
    kind < 11 ? 'tcp-fin' : kind < 14 ? 'tcp-rst-from-client' : kind < 15 ? 'tcp-rst-from-server' : 'aged-out',
  ];
}

const packets = (bytes: number): number => (bytes === 0 ? 0 : 1 + Math.floor(bytes / 1100));

/** What both templates share: the addresses, the rule, the zones, up to the ports. */
function common(flow: Flow, time: number, subtype: string, type: string, severity: number, sequence: number): string {
  const allowed = flow.outcome === 'allow';
  const outward = !flow.to;
  const inward = !flow.from;
  const six = flow.source.includes(':');
  const none = six ? '::' : '0.0.0.0';
  const translate = allowed && outward && flow.from;
  const sourceNat = translate ? (six ? OWN.egress6 : OWN.egress) : none;
  const destinationNat = translate ? flow.destination : allowed && inward && flow.to ? flow.to.address : none;
  const rule = inward
    ? allowed
      ? RULES.in
      : RULES.deniedIn
    : allowed
      ? outward
        ? RULES.out
        : RULES.inner
      : RULES.deniedOut;
  const [fromZone, fromInterface] = ZONES[flow.from?.zone ?? 'untrust'];
  const [toZone, toInterface] = ZONES[flow.to?.zone ?? 'untrust'];
  const user = flow.from?.user ? `corp\\\\${flow.from.user}` : '';
  const session = 100_000 + ((sequence * 37) % 900_000);
  const sourceNatPort = translate ? 1024 + ((sequence * 7919) % 64_000) : 0;
  const destinationNatPort = destinationNat === none ? 0 : flow.destinationPort;
  return `<14>${syslogTime(time)} ${PALO_ALTO.name} CEF:0|Palo Alto Networks|PAN-OS|${PALO_ALTO.version}|${subtype}|${type}|${severity}|rt=${cefTime(time)} deviceExternalId=${PALO_ALTO.serial} src=${flow.source} dst=${flow.destination} sourceTranslatedAddress=${sourceNat} destinationTranslatedAddress=${destinationNat} cs1Label=Rule cs1=${rule} suser=${user} duser= app=${flow.application.pan} cs3Label=Virtual System cs3=vsys1 cs4Label=Source Zone cs4=${fromZone} cs5Label=Destination Zone cs5=${toZone} deviceInboundInterface=${fromInterface} deviceOutboundInterface=${toInterface} cs6Label=LogProfile cs6=default cn1Label=SessionID cn1=${session} cnt=1 spt=${flow.sourcePort} dpt=${flow.destinationPort} sourceTranslatedPort=${sourceNatPort} destinationTranslatedPort=${destinationNatPort} flexString1Label=Flags flexString1=${translate ? '0x400053' : '0x19'} proto=${flow.protocol}`;
}

/**
 * A TRAFFIC log line by Palo Alto's own CEF template, written when the session ended. In that template `in` is
 * `$bytes_sent` and `out` is `$bytes_received`, the other way round from what the keys say.
 */
export function paloAltoTraffic(flow: Flow, sequence: number): string {
  const end = flow.time + flow.duration;
  const [subtype, reason] = ending(flow);
  const sent = packets(flow.sent);
  const received = packets(flow.received);
  return `${common(flow, end, subtype, 'TRAFFIC', 1, sequence)} act=${flow.outcome} flexNumber1Label=Total bytes flexNumber1=${flow.sent + flow.received} in=${flow.sent} out=${flow.received} cn2Label=Packets cn2=${sent + received} PanOSPacketsReceived=${received} PanOSPacketsSent=${sent} start=${cefTime(flow.time)} cn3Label=Elapsed time in seconds cn3=${Math.floor(flow.duration / 1000)} cs2Label=URL Category cs2=${flow.category} externalId=${7_100_000_000_000 + sequence} reason=${reason} dvchost=${PALO_ALTO.name}.${DOMAIN} cat=from-policy\n`;
}

/** A THREAT url log line, written as the request passed. `action` is the URL filter's: alert or block-url. */
export function paloAltoUrl(flow: Flow, action: 'alert' | 'block-url', sequence: number): string {
  const severity = action === 'alert' ? 1 : 4;
  const scheme = flow.destinationPort === 80 ? 'web-browsing' : 'ssl';
  return `${common(flow, flow.time, 'url', 'THREAT', severity, sequence)} act=${action} request=${flow.domain}/ cs2Label=URL Category cs2=${flow.category} flexString2Label=Direction flexString2=client-to-server externalId=${7_200_000_000_000 + sequence} requestContext= cat=(9999) fileId=0 requestMethod=${scheme === 'ssl' ? 'unknown' : 'get'} dvchost=${PALO_ALTO.name}.${DOMAIN}\n`;
}
