import type { Row } from '../../ingest/connector.js';
import { pairs } from '../pairs.js';
import { commonExtras, commonRow, type Seen } from './base.js';
import { type Json, number, part, text } from './json.js';
import { hostName, requestUrl } from './web.js';

/**
 * The CommonSecurityLog row of an `alert`: source and destination as the packet that matched had them, DeviceAction as
 * Suricata writes it (`allowed`, `blocked`). No bytes: the flow's own row has them, once.
 */
export function alerted(event: Json, seen: Seen): Row {
  const alert = part(event, 'alert');
  return Object.assign(commonRow(event, seen, signatureId(alert)), {
    ...signature(alert),
    DeviceAction: text(alert.action),
    ...web(event),
    AdditionalExtensions: pairs(commonExtras(event), {
      rev: alert.rev,
      metadata: alert.metadata,
      direction: event.direction,
      pkt_src: event.pkt_src,
    }),
  });
}

/** The CommonSecurityLog row of a `drop`: a packet that Suricata as an IPS dropped, with the rule that did it if one did. */
export function dropped(event: Json, seen: Seen): Row {
  const alert = part(event, 'alert');
  const drop = part(event, 'drop');
  const sid = signatureId(alert);
  return Object.assign(commonRow(event, seen, sid === '' ? 'drop' : sid), {
    ...signature(alert),
    Activity: text(alert.signature) || 'packet dropped',
    DeviceAction: 'drop',
    Reason: text(drop.reason),
    AdditionalExtensions: pairs(commonExtras(event), drop, { direction: event.direction }),
  });
}

const signatureId = (alert: Json): string =>
  alert.signature_id === undefined ? '' : `${text(alert.gid) || '1'}:${text(alert.signature_id)}`;

const signature = (alert: Json): Row => ({
  Activity: text(alert.signature),
  LogSeverity: text(alert.severity),
  DeviceEventCategory: text(alert.category),
});

function web(event: Json): Row {
  const http = part(event, 'http');
  const name = text(part(event, 'tls').sni) || text(part(event, 'quic').sni) || text(http.hostname);
  const url = text(http.hostname) === '' && text(http.url) === '' ? '' : requestUrl(http, number(event.dest_port));
  return {
    DestinationHostName: hostName(name),
    RequestURL: url,
    RequestMethod: text(http.http_method),
    RequestClientApplication: text(http.http_user_agent),
  };
}
