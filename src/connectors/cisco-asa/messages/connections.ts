import type { Message } from './message.js';

/** Connections built and torn down (classes 302, 303, 609, 725) and the state of the addresses they use. */
export const CONNECTIONS: readonly Message[] = [
  {
    ids: '302013 302015 302305',
    action: 'Built',
    activity: 'Built {direction} {protocol} connection',
    patterns: [
      'Built {direction} [Probe ]{protocol} connection {connection} for {src!}[ ]({srcNat})[[ ]({src.user})] to {dst!}[ ]({dstNat})[({dst.user})][ ({user})]',
      'Built {direction} [Probe ]{protocol} connection {connection} for {src} to {dst}',
    ],
  },
  {
    ids: '302014 302016 302306',
    action: 'Teardown',
    activity: 'Teardown {protocol} connection',
    patterns: [
      'Teardown [Probe ]{protocol} connection {connection} for {src} to {dst} duration {duration} bytes {bytes}[ {ended:rest}]',
    ],
  },
  {
    ids: '302017',
    action: 'Built',
    activity: 'Built {direction} GRE connection',
    protocol: 'GRE',
    patterns: [
      'Built {direction} GRE connection {connection} from {src!}[ ]({srcNat})[[ ]({src.user})] to {dst!}[ ]({dstNat})[({dst.user})][ ({user})]',
    ],
  },
  {
    ids: '302018',
    action: 'Teardown',
    activity: 'Teardown GRE connection',
    protocol: 'GRE',
    patterns: [
      'Teardown GRE connection {connection} from {src!}[[ ]({srcNat})][[ ]({src.user})] to {dst!}[[ ]({dstNat})][[ ]({dst.user})] duration {duration} bytes {bytes}[ {ended:rest}]',
    ],
  },
  {
    ids: '302020',
    action: 'Built',
    activity: 'Built {direction} ICMP connection',
    protocol: 'ICMP',
    patterns: [
      'Built {direction} <ICMP|ICMPv6> connection [{connection} ]for faddr {src.addr}/{src.icmpId:number}[ ][({src.user})] gaddr {dstNat.addr}/{dstNat.icmpId:number} laddr {dst.addr}/{dst.icmpId:number}[ ][({dst.user})][ type {icmpType} code {icmpCode}]',
    ],
  },
  {
    ids: '302021',
    action: 'Teardown',
    activity: 'Teardown ICMP connection',
    protocol: 'ICMP',
    patterns: [
      'Teardown <ICMP|ICMPv6> connection [{connection} ]for faddr {src.addr}/{src.icmpId:number}[ ][({src.user})] gaddr {dstNat.addr}/{dstNat.icmpId:number} laddr {dst.addr}/{dst.icmpId:number}[ ][({dst.user})][ type {icmpType} code {icmpCode}]',
    ],
  },
  {
    ids: '302022 302024 302026',
    action: 'Built',
    activity: 'Built {role} stub {protocol} connection',
    patterns: [
      'Built {role:word} stub {protocol} connection for {src!}[ ]({srcNat})[[ ]({src.user})] to {dst!}[ ]({dstNat})[({dst.user})][ ({user})]',
    ],
  },
  {
    ids: '302023 302025 302027',
    action: 'Teardown',
    activity: 'Teardown {role} stub {protocol} connection',
    patterns: [
      'Teardown {role:word} stub {protocol} connection for {src} to {dst} duration {duration} forwarded bytes {bytes}[ {ended:rest}]',
    ],
  },
  {
    ids: '302303',
    action: 'Built',
    activity: 'Built TCP state-bypass connection',
    protocol: 'TCP',
    patterns: [
      'Built TCP state-bypass connection {connection} <from|for> {src!}[ ]({srcNat})[[ ]({src.user})] to {dst!}[ ]({dstNat})',
    ],
  },
  {
    ids: '302304',
    action: 'Teardown',
    activity: 'Teardown TCP state-bypass connection',
    protocol: 'TCP',
    patterns: [
      'Teardown TCP state-bypass connection {connection} <from|for> {src} to {dst} duration[,] {duration}[,] bytes[,] {bytes}[[,] {ended:rest}]',
    ],
  },
  {
    ids: '302003',
    action: 'Built',
    activity: 'Built H245 connection',
    protocol: 'TCP',
    patterns: ['Built H245 connection for <faddr|foreign_address> {src@} <laddr|local_address> {dst@}'],
  },
  {
    ids: '302004 302012 302033 405102',
    activity: 'Pre-allocate H323 connection',
    patterns: [
      '<Pre-allocate|Pre-allocated|Unable to Pre-allocate> {what:text} for <faddr|foreign_address> {src!} to <laddr|local_address> {dst!}',
    ],
  },
  {
    ids: '303002',
    activity: 'FTP {action} file',
    protocol: 'TCP',
    patterns: [
      'FTP connection from {src} to {dst}, user {user} {action:word} file {file}',
      '{src@} {action:word} {dst@}:{file}',
    ],
  },
  {
    ids: '303004 303005',
    activity: 'Strict FTP inspection',
    protocol: 'TCP',
    patterns: [
      'Strict FTP inspection matched {matched} in policy-map {policy:word}, {action:text} from {src} to {dst}',
      'FTP {command:word} command unsupported - failed strict inspection, terminating connection from {src} to {dst}',
    ],
  },
  {
    ids: '609001',
    action: 'Built',
    activity: 'Built local-host',
    patterns: ['Built local-host {src!}'],
  },
  {
    ids: '609002',
    action: 'Teardown',
    activity: 'Teardown local-host',
    patterns: ['Teardown local-host {src!} duration {duration}'],
  },
  {
    ids: '725001',
    activity: 'Starting SSL handshake',
    protocol: 'TCP',
    patterns: ['Starting SSL handshake with {peer:word} {src!}[ to {dst!}][ for {version:word} session]'],
  },
  {
    ids: '725002',
    activity: 'Device completed SSL handshake',
    protocol: 'TCP',
    patterns: ['Device completed SSL handshake with {peer:word} {src!}[ to {dst!}][ for {version:word} session]'],
  },
  {
    ids: '725003',
    activity: 'SSL session resumed',
    protocol: 'TCP',
    patterns: ['SSL {peer:word} {src!}[ to {dst!}] request to resume previous session'],
  },
  {
    ids: '725006',
    activity: 'Device failed SSL handshake',
    protocol: 'TCP',
    patterns: ['Device failed SSL handshake with {peer:word} {src!}[ to {dst!}]'],
  },
  {
    ids: '725007',
    activity: 'SSL session terminated',
    protocol: 'TCP',
    patterns: ['SSL session with {peer:word} {src!}[ to {dst!}] terminated'],
  },
  {
    ids: '607001',
    activity: 'Pre-allocate SIP secondary channel',
    patterns: ['Pre-allocate SIP {channel:word} secondary channel for {dst!} to {src!} from {method:word} message'],
  },
  {
    ids: '608001',
    activity: 'Pre-allocate Skinny secondary channel',
    patterns: ['Pre-allocate Skinny {channel:word} secondary channel for {dst!} to {src!} from {method:word} message'],
  },
  {
    ids: '620001',
    activity: 'Pre-allocate CTIQBE secondary channel',
    patterns: ['Pre-allocate CTIQBE {channel:word} secondary channel for {src!} to {dst!} from {method:word} message'],
  },
  {
    ids: '314001',
    activity: 'Pre-allocate RTSP UDP backconnection',
    protocol: 'UDP',
    patterns: ['Pre-allocate RTSP UDP backconnection for {src!} to {dst!}'],
  },
  {
    ids: '616001',
    activity: 'Pre-allocate MGCP connection',
    patterns: ['Pre-allocate MGCP {channel:text} connection for {src!} to {dst!} from {method:word} message'],
  },
];
