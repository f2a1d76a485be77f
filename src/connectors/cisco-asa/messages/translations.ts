import type { Message } from './message.js';

/** Address translation (class 305). What an address is translated into is the source's translated address, not a destination. */
export const TRANSLATIONS: readonly Message[] = [
  {
    ids: '305005',
    action: '',
    activity: 'No translation group found for {protocol}',
    patterns: ['No translation group found for {protocol} src {src} dst {dst}[ (type {icmpType}, code {icmpCode})]'],
  },
  {
    ids: '305006',
    action: 'failed',
    activity: '{kind} translation creation failed for {protocol}',
    patterns: [
      '{kind:text} translation creation failed for {protocol} src {src} dst {dst}[ (type {icmpType}, code {icmpCode})]',
    ],
  },
  {
    ids: '305007',
    action: '',
    activity: 'Orphan IP on interface',
    patterns: ['addrpool_free(): Orphan IP {src@} on interface {interface}'],
  },
  {
    ids: '305009',
    action: 'Built',
    activity: 'Built {kind} translation',
    patterns: [
      'Built {kind:word} translation from {src.if}[[ ]({rule:word})]:{src.addr}[[ ]({src.user})] to {out.if}[[ ]({outRule:word})]:{srcNat}',
    ],
  },
  {
    ids: '305010',
    action: 'Teardown',
    activity: 'Teardown {kind} translation',
    patterns: ['Teardown {kind:word} translation from {src} to {out.if}:{srcNat} duration {duration}'],
  },
  {
    ids: '305011',
    action: 'Built',
    activity: 'Built {kind} {protocol} translation',
    patterns: [
      'Built {kind:word} {protocol} translation from {src.if}[[ ]({rule:word})]:{src.addr}/{src.port}[[ ]({src.user})] to {out.if}[[ ]({outRule:word})]:{srcNat}',
    ],
  },
  {
    ids: '305012',
    action: 'Teardown',
    activity: 'Teardown {kind} {protocol} translation',
    patterns: [
      'Teardown {kind:word} {protocol} translation from {src.if}[[ ]({rule:word})]:{src.addr}/{src.port}[[ ]({src.user})] to {out.if}[[ ]({outRule:word})]:{srcNat} duration {duration}',
    ],
  },
  {
    ids: '305013',
    action: 'denied',
    activity: 'Asymmetric NAT rules matched for forward and reverse flows',
    patterns: [
      'Asymmetric NAT rules matched for forward and reverse flows; Connection [for ]{protocol} src {src} dst {dst}[ (type {icmpType}, code {icmpCode})] denied due to {reason}',
      'Asymmetric NAT rules matched for forward and reverse flows; Connection [for ]{protocol} src {src} dst {dst}',
    ],
  },
  {
    ids: '305014 305015',
    action: '',
    activity: '{what} block of ports for translation',
    patterns: ['{what:word} [{protocol} ]block of ports for translation from {src!} to {out.if}:{srcNat}'],
  },
  {
    ids: '305016 305018',
    action: '',
    activity: 'Unable to create connection, translation resources exhausted',
    patterns: ['Unable to create {protocol} connection from {src!} to {dst!} due to {reason}'],
  },
  {
    ids: '202001 202005',
    action: '',
    activity: 'Out of address translation slots',
    patterns: ['Non-embryonic in embryonic list {src@} {dst@}'],
  },
];
