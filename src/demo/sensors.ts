import type { DnsPacket, Flow } from './flow.js';
import { hashText } from './prng.js';
import { createTimeWheel, type TimeWheel } from './time-wheel.js';
import { createDefenderWriter } from './writers/defender.js';
import { fortiGateTraffic } from './writers/fortigate.js';
import { paloAltoTraffic, paloAltoUrl } from './writers/paloalto.js';
import { type AgentRecord, vmConnection } from './writers/vm-connection.js';
import { windowsDnsPacket } from './writers/windows-dns.js';

/** Takes a log line. */
export type Write = (line: string, time: number) => void;

/** Where each log goes. */
export interface Outputs {
  readonly paloAlto: Write;
  readonly fortiGate: Write;
  readonly defender: Write;
  readonly dns: Write;
  readonly agent: Write;
}

/** The devices that watch the network: they are told of connections and packets, and write their logs in time order. */
export interface Sensors {
  see(flow: Flow): void;
  packet(packet: DnsPacket): void;
  /** Writes everything of the minute of `minute`, up to and including `end`. */
  write(minute: number, end: number): void;
}

/** Which part of the allowed connections Defender reports; it leaves out many of the everyday ones. */
const reportedByDefender = (flow: Flow): boolean =>
  flow.outcome !== 'allow' || flow.local || flow.to === null || flow.sourcePort % 3 === 0;

const passesHeadOffice = (flow: Flow): boolean =>
  flow.from?.zone === 'branch' ? flow.to !== null : flow.to?.zone !== 'branch';

const passesBranch = (flow: Flow): boolean => flow.from?.zone === 'branch' || flow.to?.zone === 'branch';

/** URL filtering logs what it blocks, and some of what it lets through. */
function urlAction(flow: Flow): 'alert' | 'block-url' | null {
  if (flow.domain === '' || flow.to !== null || flow.destinationPort > 443) return null;
  if (flow.category === 'web-advertisements' && flow.outcome !== 'allow') return 'block-url';
  return flow.outcome === 'allow' && flow.sourcePort % 16 === 0 ? 'alert' : null;
}

/** Web sessions of the same site over TCP: Defender sees those of workstations only. */
const onWorkstation = (flow: Flow): boolean => flow.from?.defender === true && flow.program !== null;

/** Sensors that write to `out`. */
export function createSensors(out: Outputs): Sensors {
  const paloAlto = createTimeWheel<{ flow: Flow; url: 'alert' | 'block-url' | null }>();
  const fortiGate = createTimeWheel<Flow>();
  const defender = createTimeWheel<Flow>();
  const dns = createTimeWheel<DnsPacket>();
  const agent = createTimeWheel<AgentRecord>();
  const defenderLine = createDefenderWriter();
  const sequences = { paloAlto: 0, fortiGate: 0, defender: 0 };

  function seeAtFirewalls(flow: Flow, ended: number): void {
    if (flow.local) return;
    if (passesBranch(flow)) fortiGate.add(ended, flow);
    if (!passesHeadOffice(flow)) return;
    paloAlto.add(ended, { flow, url: null });
    const url = urlAction(flow);
    if (url) paloAlto.add(flow.time, { flow, url });
  }

  return {
    see(flow) {
      const ended = flow.time + flow.duration;
      seeAtFirewalls(flow, ended);
      if (onWorkstation(flow) && reportedByDefender(flow)) defender.add(flow.time, flow);
      if (flow.from?.agent) agent.add(ended, { host: flow.from, flow, direction: 'outbound' });
      if (flow.to?.agent && flow.outcome === 'allow' && sampled(flow)) {
        agent.add(ended, { host: flow.to, flow, direction: 'inbound' });
      }
    },
    packet: (packet) => dns.add(packet.time, packet),
    write(minute, end) {
      drain(
        paloAlto,
        minute,
        end,
        ({ flow, url }) => (url ? flow.time : flow.time + flow.duration),
        ({ flow, url }, time) =>
          out.paloAlto(
            url ? paloAltoUrl(flow, url, sequences.paloAlto++) : paloAltoTraffic(flow, sequences.paloAlto++),
            time,
          ),
      );
      drain(
        fortiGate,
        minute,
        end,
        (flow) => flow.time + flow.duration,
        (flow, time) => out.fortiGate(fortiGateTraffic(flow, sequences.fortiGate++), time),
      );
      drain(
        defender,
        minute,
        end,
        (flow) => flow.time,
        (flow, time) => out.defender(defenderLine(flow, sequences.defender++), time),
      );
      drain(
        dns,
        minute,
        end,
        (packet) => packet.time,
        (packet, time) => out.dns(windowsDnsPacket(packet), time),
      );
      drain(
        agent,
        minute,
        end,
        ({ flow }) => flow.time + flow.duration,
        (record, time) => out.agent(vmConnection(record), time),
      );
    },
  };
}

/** The agent's rows of what people do on servers are thinned; those of servers and customers are not. */
const sampled = (flow: Flow): boolean => flow.from?.defender !== true || hashText(flow.source) % 4 === 0;

function drain<T>(
  wheel: TimeWheel<T>,
  minute: number,
  end: number,
  timeOf: (item: T) => number,
  write: (item: T, time: number) => void,
): void {
  for (const item of wheel.take(minute)) {
    const time = timeOf(item);
    if (time <= end) write(item, time);
  }
}
