import { OWN } from '../addresses.js';
import { syslogTime } from '../clock.js';
import type { Flow } from '../flow.js';

/** The branch office's firewall. */
export const FORTIGATE = { name: 'fgt-branch', serial: 'FGT60FTK99999999', version: 'v7.4.8' } as const;

/** FortiOS' word for how the session ended (`act=`). */
function action(flow: Flow): string {
  if (flow.outcome !== 'allow') return 'deny';
  if (flow.protocol !== 'tcp') return 'accept';
  const kind = (flow.sourcePort * 31 + flow.destinationPort) % 16;
  return kind < 11 ? 'close' : kind < 13 ? 'client-rst' : kind < 15 ? 'server-rst' : 'timeout';
}

const PROTOCOL = { tcp: 6, udp: 17, icmp: 1 } as const;
const packets = (bytes: number): number => (bytes === 0 ? 0 : 1 + Math.floor(bytes / 1100));

/** A forward-traffic log line as FortiOS writes CEF: `out` is what the source sent, `in` what it received. */
export function fortiGateTraffic(flow: Flow, sequence: number): string {
  const end = flow.time + flow.duration;
  const act = action(flow);
  const allowed = act !== 'deny';
  const [id, name, category, risk] = flow.application.fortinet;
  const inward = !flow.from;
  const outward = !flow.to;
  const inner = !inward && !outward;
  const [inInterface, inRole, outInterface, outRole] = inward
    ? ['wan1', 'wan', 'internal', 'lan']
    : ['internal', 'lan', inner ? 'vpn-hq' : 'wan1', inner ? 'undefined' : 'wan'];
  const translated =
    allowed && !inner && !inward
      ? `FTNTFGTtrandisp=snat sourceTranslatedAddress=${OWN.branchEgress} sourceTranslatedPort=${flow.sourcePort}`
      : 'FTNTFGTtrandisp=noop';
  const policy = allowed ? (inner ? 2 : 1) : inward ? 0 : 7;
  const user = flow.from?.user ? ` suser=${flow.from.user.toUpperCase()}` : '';
  return `<${allowed ? 189 : 188}>${syslogTime(end)} ${FORTIGATE.name} CEF:0|Fortinet|Fortigate|${FORTIGATE.version}|00013|traffic:forward ${act}|${allowed ? 3 : 4}|deviceExternalId=${FORTIGATE.serial} FTNTFGTeventtime=${end}${String((sequence * 7919) % 1_000_000).padStart(6, '0')} FTNTFGTtz=+0000 FTNTFGTlogid=0000000013 cat=traffic:forward FTNTFGTsubtype=forward FTNTFGTlevel=${allowed ? 'notice' : 'warning'} FTNTFGTvd=root src=${flow.source} spt=${flow.sourcePort} deviceInboundInterface=${inInterface} FTNTFGTsrcintfrole=${inRole} dst=${flow.destination} dpt=${flow.destinationPort} deviceOutboundInterface=${outInterface} FTNTFGTdstintfrole=${outRole} FTNTFGTsrccountry=Reserved FTNTFGTdstcountry=Reserved externalId=${200_000 + sequence} proto=${PROTOCOL[flow.protocol]} act=${act} FTNTFGTpolicyid=${policy} FTNTFGTpolicytype=policy${user} app=${flow.application.service} ${translated} FTNTFGTappid=${id} FTNTFGTapp=${name} FTNTFGTappcat=${category} FTNTFGTapprisk=${risk} FTNTFGTapplist=default FTNTFGTduration=${Math.floor(flow.duration / 1000)} out=${flow.sent} in=${flow.received} FTNTFGTsentpkt=${packets(flow.sent)} FTNTFGTrcvdpkt=${packets(flow.received)} FTNTFGTutmaction=${allowed ? 'allow' : 'block'} FTNTFGTcountapp=1\n`;
}
