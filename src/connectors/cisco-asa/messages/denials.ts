import type { Message } from './message.js';

/** Packets and connections that access lists, checks and limits let through or not (classes 106, 201, 313, 710 and others). */
export const DENIALS: readonly Message[] = [
  {
    ids: '106001',
    action: 'denied',
    activity: 'Inbound TCP connection denied',
    protocol: 'TCP',
    patterns: ['Inbound TCP connection denied from {src@} to {dst@} flags {flags} on interface {interface}'],
  },
  {
    ids: '106002',
    action: 'denied',
    activity: 'Connection denied by outbound list',
    patterns: ['{protocol} Connection denied by outbound list {rule:word} src {src@} dest {dst@}'],
  },
  {
    ids: '106006',
    action: 'Deny',
    activity: 'Deny inbound UDP',
    protocol: 'UDP',
    patterns: ['Deny inbound UDP from {src@} to {dst@} on interface {interface}'],
  },
  {
    ids: '106007',
    action: 'Deny',
    activity: 'Deny inbound UDP due to DNS {dns}',
    protocol: 'UDP',
    patterns: ['Deny inbound UDP from {src@} to {dst@} due to DNS {dns:word}'],
  },
  {
    ids: '106010 106011',
    action: 'Deny',
    activity: 'Deny inbound {protocol}',
    patterns: [
      'Deny inbound [(No xlate) ]{protocol} src {src} dst {dst}[ (type {icmpType}, code {icmpCode})]',
      'Deny inbound [(No xlate) ]{protocol} from {src} to {dst}',
    ],
  },
  {
    ids: '106012',
    action: 'Deny',
    activity: 'Deny IP due to IP options',
    patterns: ['Deny <IP|{protocol}> from {src@} to {dst@}, IP options[:] {options}'],
  },
  {
    ids: '106013',
    action: 'Dropping',
    activity: 'Dropping echo request to PAT address',
    protocol: 'ICMP',
    patterns: ['Dropping echo request from {src@} to PAT address {dst@}'],
  },
  {
    ids: '106014',
    action: 'Deny',
    activity: 'Deny inbound {protocol}',
    patterns: ['Deny inbound {protocol} src {src} dst {dst}[ (type {icmpType}, code {icmpCode})]'],
  },
  {
    ids: '106015',
    action: 'Deny',
    activity: 'Deny TCP (no connection)',
    protocol: 'TCP',
    patterns: ['Deny TCP (no connection) from {src@} to {dst@} flags {flags} on interface {interface}'],
  },
  {
    ids: '106016',
    action: 'Deny',
    activity: 'Deny IP spoof',
    patterns: ['Deny IP spoof from [(]{src@}[)] to {dst@} on interface {interface}'],
  },
  {
    ids: '106017',
    action: 'Deny',
    activity: 'Deny IP due to Land Attack',
    patterns: ['Deny IP due to Land Attack from {src@} to {dst@}'],
  },
  {
    ids: '106018',
    action: 'denied',
    activity: 'ICMP packet denied by outbound list',
    protocol: 'ICMP',
    patterns: ['ICMP packet type {icmpType} denied by outbound list {rule:word} src {src@} dest {dst@}'],
  },
  {
    ids: '106020',
    action: 'Deny',
    activity: 'Deny IP teardrop fragment',
    patterns: ['Deny IP teardrop fragment (size = {size:number}, offset = {offset:number}) from {src@} to {dst@}'],
  },
  {
    ids: '106021',
    action: 'Deny',
    activity: 'Deny {protocol} reverse path check',
    patterns: ['Deny {protocol} reverse path check from {src@} to {dst@} on interface {interface}'],
  },
  {
    ids: '106022',
    action: 'Deny',
    activity: 'Deny {protocol} connection spoof',
    patterns: ['Deny {protocol} connection spoof from {src@} to {dst@} on interface {interface}'],
  },
  {
    ids: '106023',
    action: 'Deny',
    activity: 'Deny {protocol} by access-group',
    patterns: [
      'Deny {protocol} src {src} dst {dst}[ (type {icmpType}, code {icmpCode})] by access-group {rule}',
      'Deny {protocol} src {src} dst {dst}',
    ],
  },
  {
    ids: '106025 106026',
    action: '',
    activity: 'Failed to determine the security context',
    patterns: [
      'Failed to determine [the ]security context for [the ]packet:[ ]{vlan:text}[:| ]{src.addr} {dst.addr} {src.port} {dst.port} {protocol}',
    ],
  },
  {
    ids: '106100 106102 106103',
    activity: 'access-list {action} {protocol}',
    patterns: [
      'access-list {rule:text} {action} {protocol} [for user {user} ]{src.if}/{src.addr}[ ]({src.port})[[ ]({src.user})] -\\> {dst.if}/{dst.addr}[ ]({dst.port})[[ ]({dst.user})] hit-cnt {hits}',
      'access-list {rule:text} {action} {protocol} for user {user} {src.if}/{src.addr} {src.port} {dst.if}/{dst.addr} {dst.port} hit-cnt {hits}',
    ],
  },
  {
    ids: '313001 313008',
    action: 'Denied',
    activity: 'Denied ICMP',
    protocol: 'ICMP',
    patterns: ['Denied <ICMP|ICMPv6> type={icmpType}, code={icmpCode} from {src@} on interface {interface}'],
  },
  {
    ids: '313004',
    action: 'Denied',
    activity: 'Denied ICMP, no matching session',
    protocol: 'ICMP',
    patterns: [
      'Denied ICMP type={icmpType}[,] [code={icmpCode} ]from [laddr ]{src@} on interface {interface} to {dst@}: {reason}',
    ],
  },
  {
    ids: '313005',
    action: '',
    activity: 'No matching connection for ICMP error message',
    protocol: 'icmp',
    patterns: [
      'No matching connection for ICMP error message: icmp src {src} dst {dst} (type {icmpType}, code {icmpCode}) on {interface} interface.[ Original IP payload: {payload}]',
    ],
  },
  {
    ids: '313009',
    action: 'Denied',
    activity: 'Denied invalid ICMP code',
    protocol: 'ICMP',
    patterns: [
      'Denied invalid ICMP code {icmpCode}, for {src!}[ ]({srcNat}) to {dst!}[ ]({dstNat})[ {user:text}], ICMP id {icmpId:number}, ICMP type {icmpType}',
    ],
  },
  {
    ids: '710001',
    activity: '{protocol} access requested',
    action: 'requested',
    patterns: ['{protocol} access requested from {src@} to {dst}'],
  },
  {
    ids: '710002',
    action: 'permitted',
    activity: '{protocol} access permitted',
    patterns: ['{protocol} access permitted from {src@} to {dst}'],
  },
  {
    ids: '710003',
    action: 'denied',
    activity: '{protocol} access denied by ACL',
    patterns: ['{protocol} access denied by ACL from {src@} to {dst}'],
  },
  {
    ids: '710004',
    action: 'limit exceeded',
    activity: '{protocol} connection limit exceeded',
    patterns: ['{protocol} connection limit exceeded from {src@} to {dst!}'],
  },
  {
    ids: '710005 710006',
    action: 'discarded',
    activity: '{protocol} request discarded',
    patterns: ['{protocol} request discarded from {src@} to {dst}'],
  },
  {
    ids: '710007',
    action: '',
    activity: 'NAT-T keepalive received',
    protocol: 'UDP',
    patterns: ['NAT-T keepalive received from {src@} to {dst}'],
  },
  {
    ids: '201010 201011 201012 201013',
    action: 'limit exceeded',
    activity: '{what} limit exceeded',
    patterns: [
      '{what:text} limit exceeded {count:word} for {direction} packet from {src@} to {dst@} on interface {interface}',
    ],
  },
  {
    ids: '201003',
    action: 'limit exceeded',
    activity: 'Embryonic limit exceeded',
    patterns: ['Embryonic limit exceeded {count:word} for {src@}[ ]({dstNat}) {dst@} on interface {interface}'],
  },
  {
    ids: '209003 209004 209005',
    action: '',
    activity: 'IP fragment discarded',
    patterns: ['{what:text}: src = {src@}, dest = {dst@}, proto = {protocol}, id = {fragment:number}'],
  },
  {
    ids: '110002 110003',
    action: '',
    activity: 'Failed to locate egress interface or next hop',
    patterns: [
      '<Failed to locate egress interface|Routing failed to locate next[-| ]hop> for {protocol} from {src!} to {dst!}',
    ],
  },
  {
    ids: '405001',
    action: '',
    activity: 'Received ARP collision',
    protocol: 'ARP',
    patterns: [
      'Received ARP {arp:text} collision from {src.addr}/{mac} on interface {interface} <to|with existing ARP entry> {dst.addr}/{otherMac:mac}',
    ],
  },
  {
    ids: '322001',
    action: 'Deny',
    activity: 'Deny MAC address, possible spoof attempt',
    patterns: ['Deny MAC address {mac}, possible spoof attempt on interface {interface}'],
  },
  {
    ids: '322002 322003',
    action: '',
    activity: 'ARP inspection check failed',
    protocol: 'ARP',
    patterns: [
      'ARP inspection check failed for arp {arp:word} received from host {mac} on interface {interface}. This host is advertising MAC Address {otherMac:mac} for IP Address {src@}',
    ],
  },
  {
    ids: '407001',
    action: 'Deny',
    activity: 'Deny traffic for local-host, license limit exceeded',
    patterns: ['Deny traffic for local-host {src!}, license limit of {limit:number} exceeded'],
  },
  {
    ids: '407002',
    action: 'limit exceeded',
    activity: 'Embryonic limit for through connections exceeded',
    patterns: [
      'Embryonic limit {count:word} for through connections exceeded.[ ]{src@} to {dstNat.addr}[ ]({dst.addr})/{dst.port} on interface {interface}',
    ],
  },
  {
    ids: '418001',
    action: 'denied',
    activity: 'Through-the-device packet to/from management-only network is denied',
    patterns: [
      'Through-the-device packet to/from management-only network is denied: {protocol} [src ]from {src.if} {src.addr}[ ]({src.port})[[ ]({src.user})] to {dst.if} {dst.addr}[ ]({dst.port})',
    ],
  },
  {
    ids: '424001 424002',
    action: 'denied',
    activity: 'Packet denied, interface in backup state',
    patterns: ['<Packet|Connection to the backup interface is> denied: {protocol} {src} {dst}.'],
  },
  {
    ids: '450001',
    action: 'Deny',
    activity: 'Deny traffic, licensed host limit exceeded',
    patterns: [
      'Deny traffic for protocol {protocol} src {src} dst {dst}, licensed host limit of {limit:number} exceeded',
    ],
  },
  {
    ids: '509001',
    action: 'prevented',
    activity: 'Connection attempt prevented by "no forward" command',
    patterns: ['Connection attempt from {src} to {dst} was prevented by'],
  },
  {
    ids: '602101',
    action: '',
    activity: 'PMTU-D packet greater than effective mtu',
    patterns: [
      'PMTU-D packet {size:number} bytes greater than effective mtu {mtu:number}[,] dest_addr={dst@}, src_addr={src@}, prot={protocol}',
    ],
  },
];
