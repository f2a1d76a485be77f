import { compile, type Pattern } from '../pattern.js';
import { CONNECTIONS } from './connections.js';
import { DENIALS } from './denials.js';
import { DEVICE } from './device.js';
import { INSPECTION } from './inspection.js';
import { LOGINS } from './logins.js';
import type { Message } from './message.js';
import { THREATS } from './threats.js';
import { TRANSLATIONS } from './translations.js';
import { VPN } from './vpn.js';

/** All rows of the message tables, after Cisco's "Secure Firewall ASA Series Syslog Messages" and its FTD counterpart. */
export const MESSAGES: readonly Message[] = [
  ...CONNECTIONS,
  ...DENIALS,
  ...TRANSLATIONS,
  ...LOGINS,
  ...VPN,
  ...INSPECTION,
  ...THREATS,
  ...DEVICE,
];

/** A message with its patterns compiled. */
export interface Form extends Omit<Message, 'patterns'> {
  readonly patterns: readonly Pattern[];
}

const forms = new Map<string, Form>();
for (const message of MESSAGES) {
  const form = { ...message, patterns: message.patterns.map(compile) };
  for (const id of message.ids.split(' ')) forms.set(id, form);
}

/** The ids in the tables, three digits for a class. */
export const tableIds = (): string[] => [...forms.keys()];

/** The form of a message by its id or its class; undefined when the tables have neither. */
export const formOf = (id: string): Form | undefined => forms.get(id) ?? forms.get(id.slice(0, 3));

/** What a message's text says, by field; null when none of its form's patterns fits. */
export function readFields(form: Form, text: string): Map<string, string> | null {
  for (const { regex, fields } of form.patterns) {
    const match = regex.exec(text);
    if (match === null) continue;
    const values = new Map<string, string>();
    for (let i = 0; i < fields.length; i++) {
      const value = match[i + 1];
      if (value !== undefined && value !== '') values.set(fields[i]!, value);
    }
    return values;
  }
  return null;
}
