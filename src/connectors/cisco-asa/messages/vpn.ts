import type { Message } from './message.js';

/** Remote access, tunnels and their users (classes 113, 402, 602, 713 to 716, 722, 734, 737, 750, 751). */
export const VPN: readonly Message[] = [
  {
    ids: '113019',
    action: 'disconnected',
    activity: 'Session disconnected',
    patterns: [
      'Group = {group}, Username = {user:text}, IP = {src@}, Session disconnected. Session Type: {sessionType:text}, Duration: {duration}, Bytes xmt: {received}, Bytes rcv: {sent}, Reason: {reason}',
    ],
  },
  {
    ids: '113038 113039',
    action: '',
    activity: 'AnyConnect parent session',
    patterns: ['Group [\\<]{group}[\\>] User [\\<]{user:text}[\\>] IP [\\<]{src@}[\\>] {what}'],
  },
  {
    ids: '113042',
    action: 'denied',
    activity: 'Connection denied by redirect filter',
    patterns: [
      'CoA: Non-HTTP connection from {src!} to {dst!} for user {user:text} at {client.addr} denied by redirect filter',
    ],
  },
  {
    ids: '402114 402115 402117 402118 402119 402120',
    action: '',
    activity: 'IPSEC packet received',
    patterns: [
      'IPSEC: Received an {protocol} packet (SPI=[ ]{spi:text}, sequence number=[ ]{sequence:text}) from {src.addr}[ (user=[ ]{user:text})][ ({user:text})] to {dst.addr}[.] [that ]{reason}',
      'IPSEC: Received a non-IPSec [packet ][(protocol=[ ]{protocol})][({protocol}) packet] from {src.addr} to {dst@}',
      'IPSEC: Received {what:text} from {src.addr}[ (user=[ ]{user:text})][ ({user:text})] to {dst@}',
    ],
  },
  {
    ids: '402116',
    action: '',
    activity: 'IPSEC packet does not match the negotiated policy',
    patterns: [
      'IPSEC: Received an {protocol} packet (SPI=[ ]{spi:text}, sequence number=[ ]{sequence:text}) from {src.addr}[ (user=[ ]{user:text})][ ({user:text})] to {dst@}[.] {reason}',
    ],
  },
  {
    ids: '602303 602304',
    action: '',
    activity: 'IPSEC SA {what}',
    patterns: [
      'IPSEC: An {direction} {tunnel:text} SA (SPI=[ ]{spi:text}) between {dst.addr} and {src.addr}[ (user=[ ]{user:text})][ ({user:text})] has been {what:word}',
    ],
  },
  {
    ids: '603101 603104 603106 603108',
    action: '',
    activity: 'Tunnel created',
    patterns: [
      '{what:text} Tunnel created, tunnel_id is {tunnel:number}, remote_peer_ip is {src@}[, {more:text}], client_dynamic_ip is {srcNat}, username is {user:word}',
    ],
  },
  {
    ids: '713',
    action: '',
    activity: '{text}',
    patterns: [
      '[Group = {group}, ][Username = {user:text}, ]IP = {src@}, {text}',
      'IKE Initiator: {what:text}, IP[ ]= {src@}',
    ],
  },
  {
    ids: '714',
    action: '',
    activity: '{text}',
    patterns: ['[Group = {group}, ][Username = {user:text}, ]IP = {src@}, {text}'],
  },
  {
    ids: '715',
    action: '',
    activity: '{text}',
    patterns: ['[Group = {group}, ][Username = {user:text}, ]IP = {src@}, {text}'],
  },
  {
    ids: '716038 716039',
    activity: 'Authentication: {action}',
    patterns: [
      'Group [\\<]{group}[\\>] User [\\<]{user:text}[\\>] IP [\\<]{src@}[\\>] Authentication: {action}, Session Type: {sessionType}',
      'Authentication: {action}, group = {group} user = {user:text}, Session Type: {sessionType}',
    ],
  },
  {
    ids: '716003 716004',
    activity: 'WebVPN access {action}',
    patterns: [
      'Group [\\<]{group}[\\>] User [\\<]{user:text}[\\>][ IP [\\<]{src@}[\\>]] WebVPN access [to specified location: ]["]{action}["][ to specified location]: {url:quoted}',
      'Group [\\<]{group}[\\>] User [\\<]{user:text}[\\>][ IP [\\<]{src@}[\\>]] WebVPN {text}',
    ],
  },
  {
    ids: '716 722 721',
    action: '',
    activity: '{text}',
    patterns: [
      'Group [\\<]{group}[\\>] User [\\<]{user:text}[\\>] IP [\\<]{src@}[\\>] {text}',
      'Group [\\<]{group}[\\>] User [\\<]{user:text}[\\>] {text}',
      'User [\\<]{user:text}[\\>] IP [\\<]{src@}[\\>] {text}',
    ],
  },
  {
    ids: '722051',
    action: 'assigned',
    activity: 'Address assigned to session',
    patterns: [
      'Group [\\<]{group}[\\>] User [\\<]{user:text}[\\>] IP [\\<]{src@}[\\>] [IPv4 ]Address [\\<]{srcNat}[\\>][ IPv6 address [\\<]{ipv6.addr}[\\>]] assigned to session',
      'Group [\\<]{group}[\\>] User [\\<]{user:text}[\\>] IP [\\<]{src@}[\\>] No address {text}',
    ],
  },
  {
    ids: '734001 734002 734003 734004',
    action: '',
    activity: 'Dynamic access policy',
    patterns: ['DAP: User {user:text}, Addr {src@}[, Connection {connectionType:text}]: {text}'],
  },
  {
    ids: '737',
    action: '',
    activity: 'Address assignment',
    patterns: ['IPAA: [Session={session:word}, ]{text:text} {assigned:ip}', 'IPAA: [Session={session:word}, ]{text}'],
  },
  {
    ids: '751025',
    action: 'assigned',
    activity: 'Address assigned to session',
    patterns: [
      'Local:[ ]{dst.addr}:{dst.port} Remote:[ ]{src.addr}:{src.port} Username:[ ]{user:text} [Group:[ ]{group} ][IKEv2 Group:[ ]{group} ]IPv4 Address=[ ]{srcNat.addr} IPv6 address=[ ]{ipv6.addr} assigned to session',
    ],
  },
  {
    ids: '750 751',
    action: '',
    activity: '{text}',
    protocol: 'UDP',
    patterns: [
      'Local:[ ]{dst.addr}:[ ]{dst.port} Remote:[ ]{src.addr}:[ ]{src.port} Username:[ ]{user:word} [Group:[ ]{group} ][IKEv2 ]{text}',
    ],
  },
];
