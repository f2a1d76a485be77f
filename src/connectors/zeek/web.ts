import type { Cell, Row } from '../../ingest/connector.js';
import { extensions, text } from './extensions.js';

type Values = Readonly<Record<string, Cell>>;

const HTTP_EXTRA = [
  'uid',
  'status_code',
  'status_msg',
  'trans_depth',
  'version',
  'request_body_len',
  'response_body_len',
  'proxied',
  'origin',
  'tags',
  'orig_filenames',
  'orig_mime_types',
  'orig_fuids',
  'resp_filenames',
  'resp_mime_types',
  'resp_fuids',
] as const;

/**
 * The CommonSecurityLog row of an `http` record. SentBytes and ReceivedBytes stay null: the connection's own row
 * counts them, once for all of its requests.
 */
export function request(values: Values, sensor: string): Row {
  const method = text(values.method);
  return {
    TimeGenerated: values.TimeGenerated,
    DeviceVendor: 'Zeek',
    DeviceProduct: 'Zeek',
    DeviceEventClassID: 'http',
    Computer: sensor,
    SourceIP: text(values.id_orig_h),
    DestinationIP: text(values.id_resp_h),
    SourcePort: values.id_orig_p,
    DestinationPort: values.id_resp_p,
    Activity: `HTTP ${method}`.trimEnd(),
    Protocol: 'tcp',
    ApplicationProtocol: 'http',
    RequestMethod: method,
    RequestURL: requestUrl(values),
    DestinationHostName: hostName(method === 'CONNECT' ? text(values.uri) : text(values.host)),
    RequestClientApplication: text(values.user_agent),
    RequestContext: text(values.referrer),
    SourceUserName: text(values.username),
    AdditionalExtensions: extensions(values, HTTP_EXTRA),
  };
}

/** The whole URL: Zeek's `uri` is a path to a server, but `host:port` for CONNECT and already absolute to a proxy. */
function requestUrl(values: Values): string {
  const uri = text(values.uri);
  const host = text(values.host);
  if (values.method === 'CONNECT' || /^[a-z][a-z\d+.-]*:\/\//i.test(uri) || host === '') return uri;
  const port = values.id_resp_p;
  const named = /:\d+$/.test(host) || port === 80 || typeof port !== 'number' ? host : `${host}:${port}`;
  return `http://${named}${uri.startsWith('/') ? '' : '/'}${uri}`;
}

const hostName = (host: string): string =>
  host
    .replace(/:\d+$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase();

const SSL_EXTRA = [
  'uid',
  'version',
  'cipher',
  'curve',
  'resumed',
  'established',
  'last_alert',
  'next_protocol',
  'validation_status',
  'subject',
  'issuer',
  'client_subject',
  'client_issuer',
  'ja3',
  'ja3s',
  'ja4',
  'ja4s',
  'ssl_history',
  'cert_chain_fps',
  'cert_chain_fuids',
] as const;

/** The CommonSecurityLog row of an `ssl` record: DestinationHostName is the name the client asked for (SNI). No bytes. */
export function session(values: Values, sensor: string): Row {
  return {
    TimeGenerated: values.TimeGenerated,
    DeviceVendor: 'Zeek',
    DeviceProduct: 'Zeek',
    DeviceEventClassID: 'ssl',
    Computer: sensor,
    SourceIP: text(values.id_orig_h),
    DestinationIP: text(values.id_resp_h),
    SourcePort: values.id_orig_p,
    DestinationPort: values.id_resp_p,
    Activity: `TLS ${text(values.version)}`.trimEnd(),
    Protocol: text(values.version).startsWith('DTLS') ? 'udp' : 'tcp',
    ApplicationProtocol: 'ssl',
    DestinationHostName: hostName(text(values.server_name)),
    AdditionalExtensions: extensions(values, SSL_EXTRA),
  };
}
