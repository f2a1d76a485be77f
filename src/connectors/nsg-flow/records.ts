import { Reject } from '../../ingest/connector.js';
import { type FlowTuple, groupTuple, networkTuple } from './tuple.js';

export type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A tuple with what the record around it says. */
export interface Flow extends FlowTuple {
  readonly kind: 'group' | 'network';
  readonly rule: string;
  /** The network interface's MAC address, as written. */
  readonly mac: string;
  /** The id of the security group: of networks, a GUID. */
  readonly acl: string;
  /** Whether it is the record's first tuple of its addresses, ports and protocol: the others tell of the same flow. */
  readonly first: boolean;
}

/** True for a record of a network security group's or a virtual network's flow log. */
export const isFlowRecord = (value: unknown): value is Json =>
  isObject(value) && (isObject(value.flowRecords) || (isObject(value.properties) && hasGroups(value.properties)));

const hasGroups = (properties: Json): boolean =>
  Array.isArray(properties.flows) &&
  properties.flows.some((group) => isObject(group) && Array.isArray(group.flows) && 'rule' in group);

/** The tuples of a record, in order. Throws `Reject` when one is none. */
export function flowsOf(record: Json): Flow[] {
  const flows: Flow[] = [];
  const seen = new Set<string>();
  const add = (kind: Flow['kind'], tuples: unknown, rule: unknown, mac: unknown, acl: unknown): void => {
    for (const text of Array.isArray(tuples) ? tuples : []) {
      if (typeof text !== 'string') throw new Reject('a flow tuple is no text');
      const tuple = kind === 'group' ? groupTuple(text) : networkTuple(text);
      const key = `${tuple.source} ${tuple.sourcePort} ${tuple.destination} ${tuple.destinationPort} ${tuple.protocol} ${tuple.inbound} ${String(rule)}`;
      flows.push({ ...tuple, kind, rule: textOf(rule), mac: textOf(mac), acl: textOf(acl), first: !seen.has(key) });
      seen.add(key);
    }
  };
  const { flowRecords, properties } = record;
  if (isObject(flowRecords))
    for (const acl of items(flowRecords.flows))
      for (const group of items(acl.flowGroups))
        add('network', group.flowTuples, group.rule, record.macAddress, acl.aclID);
  else if (isObject(properties))
    for (const group of items(properties.flows))
      for (const nic of items(group.flows)) add('group', nic.flowTuples, group.rule, nic.mac, record.resourceId);
  return flows;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const items = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : []);
