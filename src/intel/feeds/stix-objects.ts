import { isStixObject } from '../../connectors/threat-intel/stix/objects.js';

/** Types of objects that an indicator's provider, markings, malware and groups are told from. */
const NAMED = new Set(['identity', 'malware', 'tool', 'threat-actor', 'intrusion-set', 'campaign']);

/** What later updates need of an object that no indicator is: its id and JSON text. */
export function keptObject(object: unknown): readonly [id: string, text: string] | undefined {
  if (!isStixObject(object)) return undefined;
  const { type, id, name, definition, relationship_type, source_ref, target_ref } = object;
  if (NAMED.has(type)) return typeof name === 'string' ? [id, JSON.stringify({ type, id, name })] : undefined;
  if (type === 'marking-definition') return [id, JSON.stringify({ type, id, name, definition })];
  if (type === 'relationship' && relationship_type === 'indicates')
    return [id, JSON.stringify({ type, id, relationship_type, source_ref, target_ref })];
  return undefined;
}
