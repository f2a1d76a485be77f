import type { Message } from './message.js';

/** Intrusion signatures, shuns, botnet filter and threat detection (classes 338, 400, 401, 733). */
export const THREATS: readonly Message[] = [
  {
    ids: '338001 338002 338003 338004 338101 338102 338103 338104 338201 338202',
    activity: 'Dynamic Filter {action} {list} {protocol} traffic',
    patterns: [
      'Dynamic [F][f]ilter {action} {list:text} {protocol} traffic from {src!}[ ]({srcNat}) to {dst!}[ ]({dstNat}), {resolved:text}: {malicious:word}[,] threat-level: {threatLevel:text}, category: {category}',
      'Dynamic [F][f]ilter {action} {list:text} {protocol} traffic from {src!}[ ]({srcNat}) to {dst!}[ ]({dstNat}), {resolved:text}: {malicious:word}',
    ],
  },
  {
    ids: '338005 338006 338007 338008 338203 338204',
    activity: 'Dynamic Filter {action} {list} {protocol} traffic',
    patterns: [
      'Dynamic [F][f]ilter {action} {list:text} {protocol} traffic from {src!}[ ]({srcNat}) to {dst!}[ ]({dstNat}), {resolved:text}: {malicious:word}[,] threat-level: {threatLevel:text}, category: {category}',
      'Dynamic [F][f]ilter {action} {list:text} {protocol} traffic from {src!}[ ]({srcNat}) to {dst!}[ ]({dstNat}), {resolved:text}: {malicious:word}',
    ],
  },
  {
    ids: '400',
    action: '',
    activity: 'IPS:{signature} {name}',
    patterns: ['<IPS|IDS>:[ ]{signature:number} {name:text} from {src@} to {dst@} on interface {interface}'],
  },
  {
    ids: '401001 401002 401003',
    action: '',
    activity: 'Shun {what}',
    patterns: [
      'Shun {what:word}[:] {src.addr} {dst.addr} {src.port} {dst.port}[ {protocol}]',
      'Shun {what:word}: {src@}',
    ],
  },
  {
    ids: '401004',
    action: 'Shunned',
    activity: 'Shunned packet',
    patterns: ['Shunned packet: {src@} ==\\> {dst@} on interface {interface}'],
  },
  {
    ids: '401005',
    action: 'failed',
    activity: 'Shun add failed',
    patterns: ['Shun add failed: {reason:text} for {src.addr} {dst.addr} {src.port} {dst.port}'],
  },
  {
    ids: '733100',
    action: '',
    activity: 'Threat detection: drop rate exceeded',
    patterns: [
      '\\[[ ]{object:text}\\] drop {rate:word} exceeded. {rates}',
      '{object:text} drop {rate:word} exceeded. {rates}',
    ],
  },
  {
    ids: '733101',
    action: '',
    activity: 'Threat detection: {object} {what}',
    patterns: [
      '{object:word} {src@} is {what:word}. {rates}',
      '<Object|{object:word}> {src@} <is targeted|is attacking>. {rates}',
    ],
  },
  {
    ids: '733102',
    action: 'shun',
    activity: 'Threat-detection adds host to shun list',
    patterns: ['Threat-detection adds host {src@} to shun list'],
  },
  {
    ids: '733103',
    action: 'removed',
    activity: 'Threat-detection removes host from shun list',
    patterns: ['Threat-detection removes host {src@} from shun list'],
  },
  {
    ids: '733104 733105',
    action: '',
    activity: 'Threat detection: TCP intercept rate exceeded',
    patterns: ['Server {dst.addr}[:{dst.port}] {what:text} intercept {rate:text} exceeded[. {rates}]', '{rates}'],
  },
  {
    ids: '733201',
    action: '',
    activity: 'Threat detection: service policy',
    patterns: ['Threat-detection: Service\\[{service:text}\\] Peer\\[{src@}\\]: {reason}'],
  },
];
