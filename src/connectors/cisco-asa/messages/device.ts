import type { Message } from './message.js';

/** What the device does for itself: routing, NTP, DHCP, failover peers and other messages that carry an address. */
export const DEVICE: readonly Message[] = [
  {
    ids: '107001 107002',
    action: 'failed',
    activity: 'RIP {what} failed',
    protocol: 'UDP',
    patterns: ['RIP {what:word} failed from {src@}: {reason:text} on interface {interface}'],
  },
  {
    ids: '503001',
    action: '',
    activity: 'OSPF neighbor changed state',
    patterns: ['Process {process:number}, Nbr {src@} on {interface} from {from:word} to {to:word}, {reason}'],
  },
  {
    ids: '604101 604102',
    action: '',
    activity: 'DHCP client address',
    protocol: 'UDP',
    patterns: [
      'DHCP client interface {interface}: Allocated ip = {src@}, mask = {mask:word}, gw = {gateway:word}',
      'DHCP client interface {interface}: address released',
    ],
  },
  {
    ids: '604103 604104',
    action: '',
    activity: 'DHCP daemon address {what}',
    protocol: 'UDP',
    patterns: [
      'DHCP daemon interface {interface}: address {what:word} {mac} ({dst@})',
      'DHCP daemon interface {interface}: address {what:word} {client:text} ({dst@})',
    ],
  },
  {
    ids: '610001 610002',
    action: 'denied',
    activity: 'NTP packet denied',
    protocol: 'UDP',
    patterns: ['NTP daemon interface {interface}: {reason:text} from {src@}'],
  },
  {
    ids: '405002',
    action: '',
    activity: 'Received mac mismatch collision',
    patterns: ['Received mac mismatch collision from {src.addr}/{mac} for authenticated host'],
  },
  {
    ids: '746014 746015 746016',
    action: '',
    activity: 'user-identity: FQDN',
    patterns: [
      'user-identity: \\[FQDN\\] {dst.host:word} address {dst@} {what}',
      'user-identity: DNS lookup for {dst.host:word} failed, reason: {reason}',
    ],
  },
];
