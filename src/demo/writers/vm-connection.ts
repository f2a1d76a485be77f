import { isoTime } from '../clock.js';
import type { Flow } from '../flow.js';
import { guid, type Host } from '../hosts.js';
import { hashText } from '../prng.js';

const TENANT = guid('5e1d0c9b5e1d0c9b5e1d0c9b5e1d0c9b');

/** A connection as the dependency agent on `host` reports it: one end of a flow. */
export interface AgentRecord {
  readonly host: Host;
  readonly flow: Flow;
  readonly direction: 'inbound' | 'outbound';
}

const COUNTRY = 'Reserved';

/** A VMConnection row as Log Analytics exports it, one JSON object a line. `Bytes*` are the host's own. */
export function vmConnection({ host, flow, direction }: AgentRecord): string {
  const out = direction === 'outbound';
  const remote = out ? flow.destination : flow.source;
  const inner = out ? flow.to !== null : flow.from !== null;
  const process = `p-${host.agentId.slice(0, 8)}${(hashText(flow.process + host.name) >>> 0).toString(16).padStart(8, '0')}`;
  const destination = out ? flow.destination : host.address;
  const connection = hashText(`${flow.source} ${destination} ${flow.destinationPort} ${flow.process}`)
    .toString(16)
    .padStart(8, '0');
  const established = flow.outcome === 'allow' ? 1 : 0;
  const response = 1 + (flow.sourcePort % 90);
  return `{"TenantId":"${TENANT}","TimeGenerated":"${isoTime(flow.time + flow.duration)}","Computer":"${host.fqdn}","Direction":"${direction}","ProcessName":"${flow.process}","SourceIp":"${flow.source}","DestinationIp":"${destination}","DestinationPort":${flow.destinationPort},"Protocol":"${flow.protocol}","RemoteIp":"${remote}","RemoteCountry":"${inner ? '' : COUNTRY}","RemoteClassification":"","RemoteDnsQuestions":"${out && flow.domain ? `[\\"${flow.domain}\\"]` : ''}","BytesSent":${out ? flow.sent : flow.received},"BytesReceived":${out ? flow.received : flow.sent},"LinksEstablished":${established},"LinksTerminated":${established},"LinksFailed":${1 - established},"LinksLive":0,"Responses":${established},"ResponseTimeMin":${response},"ResponseTimeMax":${response},"ResponseTimeSum":${response},"AgentId":"${host.agentId}","Machine":"m-${host.agentId}","Process":"${process}","ConnectionId":"${process}-${connection}","SourceSystem":"OpsManager","Type":"VMConnection"}\n`;
}
