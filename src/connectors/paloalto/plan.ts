import { type ByteText, byteText } from '../../util/byte-text.js';
import { type ExtensionKey, extensionKey, type SecurityLog } from '../security-log.js';
import { COLUMNS, EVENT_CLASS, EXTENSION_NAMES } from './columns.js';

/** What is done with one field of a message. */
export interface Step {
  /** Position of the field. */
  readonly field: number;
  /** The column that it fills; -1 for none. */
  readonly column: number;
  /** The column of that column's label; -1 for none. */
  readonly labelColumn: number;
  readonly label: ByteText;
  /** Its key in AdditionalExtensions, where it goes when no column takes it. */
  readonly key: ExtensionKey;
}

/** How messages of one kind become rows. Positions are -1 for fields that the kind hasn't. */
export interface Plan {
  readonly activity: ByteText;
  readonly steps: readonly Step[];
  readonly at: Readonly<Record<Special, number>>;
}

const SPECIAL = [
  'subtype',
  'config_ver',
  'receive_time',
  'time_generated',
  'high_res_timestamp',
  'start',
  'factorcompletiontime',
  'severity',
  'action',
  'misc',
  'device_name',
  'public_ip',
  'public_ipv6',
  'host',
] as const;
type Special = (typeof SPECIAL)[number] | 'eventClass';

/** Fields that are told by columns of their own making, or say nothing. */
const TOLD = new Set(['-', 'domain', 'type', 'config_ver', 'time_generated', 'start', 'factorcompletiontime']);

/** The kind of an event: its type, but for THREAT the template of its subtype. */
export function kindOf(type: string, subtype: string): string {
  if (FAMILY[type] !== 'THREAT') return type;
  return subtype === 'url' ? 'URL' : subtype === 'wildfire' ? 'WILDFIRE' : 'THREAT';
}

/** What the templates call a type; types that only exports and Strata Logging Service know go by their family's name. */
const FAMILY: Readonly<Record<string, string>> = {
  THREAT: 'THREAT',
  URL: 'THREAT',
  DATA: 'THREAT',
  WILDFIRE: 'THREAT',
  AUTH: 'AUTHENTICATION',
};

/** The plan for a kind of event whose fields stand in the given order. */
export function makePlan(log: SecurityLog, type: string, kind: string, fields: readonly string[]): Plan {
  const targets = COLUMNS[kind]!;
  const eventClass = EVENT_CLASS[kind] ?? 'subtype';
  const steps: Step[] = [];
  for (const [field, name] of fields.entries()) {
    const target = targets[name];
    const isTold = TOLD.has(name) || name === 'severity' || name === eventClass || name === 'subtype';
    if (target === undefined && isTold) continue;
    steps.push({
      field,
      column: target ? log.column(target.column) : -1,
      labelColumn: target && target.label !== '' ? log.column(`${target.column}Label`) : -1,
      label: byteText(Buffer.from(target?.label ?? '')),
      key: extensionKey(EXTENSION_NAMES[name] ?? name),
    });
  }
  const at = Object.fromEntries(SPECIAL.map((name) => [name, fields.indexOf(name)])) as Record<Special, number>;
  at.eventClass = fields.indexOf(eventClass);
  return { activity: byteText(Buffer.from(FAMILY[type] ?? type)), steps, at };
}
