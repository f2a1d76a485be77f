/** Sentinel's simple forms of DeviceAction: those that its exported rows show. Others stay as they are. */
const SIMPLE_ACTIONS = new Map(['deny', 'Deny', 'DENY', 'denied', 'Denied', 'DENIED'].map((word) => [word, 'Deny']));

/** SimplifiedDeviceAction of a DeviceAction. */
export const simpleAction = (action: string): string => SIMPLE_ACTIONS.get(action) ?? action;

/** Which end of the connection a custom IPv6 address is, by its label; undefined when the label doesn't say. */
export function endOfLabel(label: string): 'source' | 'destination' | undefined {
  if (/translated|nat\b|post/i.test(label)) return undefined;
  return /source/i.test(label) ? 'source' : /destination/i.test(label) ? 'destination' : undefined;
}

/** The far end of a connection by its CommunicationDirection: 0 is inbound, 1 outbound. */
export const farEnd = (direction: string): 'source' | 'destination' | undefined =>
  direction === '0' ? 'source' : direction === '1' ? 'destination' : undefined;
