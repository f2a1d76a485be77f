import type { Row } from '../../ingest/connector.js';

/** Sentinel's simple forms of DeviceAction: those that its exported rows show. Others stay as they are. */
const SIMPLE_ACTIONS = new Map(['deny', 'Deny', 'DENY', 'denied', 'Denied', 'DENIED'].map((word) => [word, 'Deny']));

/** Fills SimplifiedDeviceAction from DeviceAction. */
export function fillSimpleAction(row: Row): void {
  const action = row.DeviceAction as string;
  row.SimplifiedDeviceAction = SIMPLE_ACTIONS.get(action) ?? action;
}

/** Fills SourceIP and DestinationIP, where they are missing, from the custom IPv6 addresses whose labels say which is which. */
export function fillIpv6(row: Row): void {
  for (let i = 1; i <= 4; i++) {
    const address = row[`DeviceCustomIPv6Address${i}`];
    const label = row[`DeviceCustomIPv6Address${i}Label`];
    if (typeof address !== 'string' || typeof label !== 'string' || /translated|nat\b|post/i.test(label)) continue;
    if (/source/i.test(label)) row.SourceIP ??= address;
    else if (/destination/i.test(label)) row.DestinationIP ??= address;
  }
}

/** Fills RemoteIP and RemotePort with the far end, which CommunicationDirection tells: 0 is inbound, 1 outbound. */
export function fillRemote(row: Row): void {
  const end = row.CommunicationDirection === '0' ? 'Source' : row.CommunicationDirection === '1' ? 'Destination' : '';
  if (end === '') return;
  row.RemoteIP = row[`${end}IP`];
  const port = row[`${end}Port`];
  if (typeof port === 'number') row.RemotePort = String(port);
}
