import type { Row } from '../../ingest/connector.js';
import { pairs } from '../pairs.js';
import { commonExtras, commonRow, type Seen } from './base.js';
import { type Json, number, part, text } from './json.js';

/** The CommonSecurityLog row of an `http` event. No bytes and no action: the flow's own row has them, once for all requests. */
export function request(event: Json, seen: Seen): Row {
  const http = part(event, 'http');
  const method = text(http.http_method);
  return Object.assign(commonRow(event, seen, 'http'), {
    Activity: `HTTP ${method}`.trimEnd(),
    ApplicationProtocol: 'http',
    RequestMethod: method,
    RequestURL: requestUrl(http, number(event.dest_port)),
    DestinationHostName: hostName(method === 'CONNECT' ? text(http.url) : text(http.hostname)),
    RequestClientApplication: text(http.http_user_agent),
    RequestContext: text(http.http_refer),
    AdditionalExtensions: pairs(commonExtras(event), {
      tx_id: event.tx_id,
      status: http.status,
      protocol: http.protocol,
      length: http.length,
      http_content_type: http.http_content_type,
      redirect: http.redirect,
      xff: http.xff,
    }),
  });
}

/** The CommonSecurityLog row of a `tls` event: DestinationHostName is the name the client asked for (SNI). No bytes. */
export function session(event: Json, seen: Seen): Row {
  const tls = part(event, 'tls');
  return Object.assign(commonRow(event, seen, 'tls'), {
    Activity: text(tls.version).startsWith('TLS') ? text(tls.version) : `TLS ${text(tls.version)}`.trimEnd(),
    ApplicationProtocol: 'tls',
    DestinationHostName: hostName(text(tls.sni)),
    AdditionalExtensions: pairs(commonExtras(event), {
      subject: tls.subject,
      issuerdn: tls.issuerdn,
      serial: tls.serial,
      fingerprint: tls.fingerprint,
      notbefore: tls.notbefore,
      notafter: tls.notafter,
      ja3: part(tls, 'ja3').hash,
      ja3s: part(tls, 'ja3s').hash,
      ja4: tls.ja4,
      session_resumed: tls.session_resumed,
    }),
  });
}

/** The whole URL of a request: `url` is a path to a server, but `host:port` for CONNECT and already absolute to a proxy. */
export function requestUrl(http: Json, port: number | null): string {
  const url = text(http.url);
  const host = text(http.hostname);
  if (http.http_method === 'CONNECT' || /^[a-z][a-z\d+.-]*:\/\//i.test(url) || host === '') return url;
  const asked = number(http.http_port) ?? port;
  const address = host.includes(':') && !host.startsWith('[') && host.split(':').length > 2 ? `[${host}]` : host;
  const named = /(?<=[^:]):\d+$/.test(host) || asked === null || asked === 80 ? address : `${address}:${asked}`;
  return `http://${named}${url.startsWith('/') ? '' : '/'}${url}`;
}

/** A host name without port and brackets, in lower case. */
export const hostName = (host: string): string =>
  (host.split(':').length > 2 && !host.startsWith('[') ? host : host.replace(/:\d+$/, ''))
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase();
