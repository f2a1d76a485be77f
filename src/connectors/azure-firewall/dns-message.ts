import { endpoint } from './message.js';

/** A lookup as the DNS proxy's text tells of it. */
export interface DnsMessage {
  readonly client: string;
  readonly port: number | null;
  readonly id: string;
  readonly type: string;
  readonly class: string;
  readonly name: string;
  readonly protocol: string;
  /** '' for a lookup that failed on its way to the server. */
  readonly result: string;
  /** Why it failed. */
  readonly error: string;
  /** Sizes, flags and duration, under the names of the structured log. */
  readonly more: Readonly<Record<string, string>>;
}

const REQUEST = /^\s*DNS Request: (\S+) - (\d+) (\S+) (\S+) (\S+) (\S+) (\d+) (\S+) (\d+) (\S+) (\S+) (\d+) ([\d.]+)s/;
const ERROR = /^\s*Error: (\S+) (\S+) (\S+): (?:(.*?) (udp|tcp|tcp-tls) (\S+?)->(\S+?): )?([\s\S]*)$/i;

/** Reads the text of a DNS proxy's log: a request with its answer, or an error on the way to the server. Null when it is neither. */
export function readDnsMessage(message: string): DnsMessage | null {
  const request = REQUEST.exec(message);
  if (request) {
    const [, client = '', id = '', type = '', dnsClass = '', name = '', protocol = '', ...rest] = request;
    const [RequestSize, DnssecOkBit, EDNS0BufferSize, result = '', ResponseFlags, ResponseSize, RequestDurationSecs] =
      rest;
    const from = endpoint(client);
    const more = { RequestSize, DnssecOkBit, EDNS0BufferSize, ResponseFlags, ResponseSize, RequestDurationSecs };
    return {
      client: from.host,
      port: from.port,
      id,
      type,
      class: dnsClass,
      name,
      protocol,
      result,
      error: '',
      more: more as Record<string, string>,
    };
  }
  const failed = ERROR.exec(message);
  if (!failed) return null;
  const [, number = '', name = '', type = '', , protocol = '', client = '', server = '', reason = ''] = failed;
  const from = endpoint(client);
  return {
    client: from.host,
    port: from.port,
    id: '',
    type,
    class: '',
    name,
    protocol,
    result: '',
    error: reason.trim(),
    more: { ErrorNumber: number, Server: server },
  };
}
