import { isIP } from 'node:net';

/** What the text of a legacy rule log says. Empty texts and null ports are what it leaves out. */
export interface RuleMessage {
  /** `TCP`, `HTTPS`, `ICMP`. */
  readonly protocol: string;
  readonly icmpType: string;
  readonly source: Endpoint;
  /** A host name for application rules. */
  readonly destination: Endpoint;
  /** Where a DNAT rule sent the connection. */
  readonly translated: Endpoint | null;
  readonly action: string;
  readonly reason: string;
  readonly url: string;
  readonly policy: string;
  readonly ruleCollectionGroup: string;
  readonly ruleCollection: string;
  readonly rule: string;
  readonly webCategory: string;
  readonly threat: string;
  /** Of intrusion detection. */
  readonly signature: string;
  readonly description: string;
  readonly priority: string;
  readonly classification: string;
}

export interface Endpoint {
  readonly host: string;
  readonly port: number | null;
}

const HEAD = /^\s*(\S.*?)\s+request from (\S+)(?: to (\S+))?([\s\S]*)$/;
const DNAT = /^\s*was DNAT'?ed to (\S+)([\s\S]*)$/;
const KEYS =
  /(?:^\s*|\.+\s+)(Url|Action|Policy|Rule Collection Group|Rule Collection|Rule|Web Category|ThreatIntel|Signature|IDS|Priority|Classification|Action Reason|Reason): ?/g;

/**
 * Reads the text of a network, application, NAT, threat-intelligence or intrusion log:
 * `TCP request from A:p to B:p. Action: Deny. …`, `… was DNAT'ed to C:p. …`. Null when it is none.
 */
export function readRuleMessage(message: string): RuleMessage | null {
  const head = HEAD.exec(message);
  if (!head) return null;
  const [, what = '', from = '', to = '', rest = ''] = head;
  const dnat = DNAT.exec(rest);
  const values = sections(dnat ? dnat[2]! : rest);
  const icmp = /^(ICMP\S*) Type=(\S+)/i.exec(what);
  const [action = '', ...after] = (values.get('Action') ?? '').split(/\.+(?:\s+|$)/);
  const isIntrusion = values.has('IDS');
  const rule = values.get('Rule') ?? '';
  return {
    protocol: icmp ? icmp[1]! : what,
    icmpType: icmp ? icmp[2]! : '',
    source: endpoint(from),
    destination: endpoint(to),
    translated: dnat ? endpoint(dnat[1]!) : null,
    action,
    reason: values.get('Reason') ?? values.get('Action Reason') ?? after.filter((part) => part !== '').join('. '),
    url: values.get('Url') ?? '',
    policy: values.get('Policy') ?? '',
    ruleCollectionGroup: values.get('Rule Collection Group') ?? '',
    ruleCollection: values.get('Rule Collection') ?? '',
    // older texts of intrusion detection call the signature a rule
    rule: isIntrusion && !values.has('Signature') ? '' : rule,
    webCategory: values.get('Web Category') ?? '',
    threat: values.get('ThreatIntel') ?? '',
    signature: values.get('Signature') ?? (isIntrusion ? rule : ''),
    description: values.get('IDS') ?? '',
    priority: values.get('Priority') ?? '',
    classification: values.get('Classification') ?? '',
  };
}

/** The values of `Key: value. Key: value`, the first of each key, without the dots that end them. */
function sections(text: string): Map<string, string> {
  const values = new Map<string, string>();
  const found = [...text.matchAll(KEYS)];
  found.forEach((match, at) => {
    const value = text.slice(match.index + match[0].length, found[at + 1]?.index).replace(/[.\s]+$/, '');
    if (!values.has(match[1]!)) values.set(match[1]!, value);
  });
  return values;
}

/** `10.0.0.1:443`, `host.example:443`, `[2001:db8::1]:443`, an address alone, with an empty port or a dot at its end. */
export function endpoint(written: string): Endpoint {
  const text = written.replace(/\.+$/, '');
  if (isIP(text) > 0) return { host: text, port: null };
  const found = /^(?:\[([^\]]*)\]|(.*?)):(\d{1,5})?$/.exec(text);
  if (!found) return { host: text, port: null };
  return { host: found[1] ?? found[2] ?? '', port: found[3] === undefined ? null : Number(found[3]) };
}
