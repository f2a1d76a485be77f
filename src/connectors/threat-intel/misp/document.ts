import { isJson, type Json, listOf } from '../json.js';

/** An attribute with the object and the event that it stands in (`{}` when it stands alone). */
export interface Placed {
  readonly attribute: Json;
  readonly object?: Json;
  readonly event: Json;
}

/** True for an object that has what MISP's attributes have. */
const isAttribute = (value: Json): boolean =>
  typeof value.type === 'string' &&
  typeof value.value === 'string' &&
  ('to_ids' in value || 'event_id' in value || 'object_relation' in value || ('category' in value && 'uuid' in value));

const holdsAttributes = (value: Json): boolean => Array.isArray(value.Attribute) || Array.isArray(value.Object);

/** True for what MISP's API and feeds give: events, bare or wrapped, in `response` or not, and lists of attributes. */
export function isMisp(value: unknown): boolean {
  if (!isJson(value)) return false;
  if (isAttribute(value)) return true;
  if (isJson(value.Event)) return holdsAttributes(value.Event) || ('info' in value.Event && 'uuid' in value.Event);
  if ('response' in value) return Array.isArray(value.response) ? value.response.some(isMisp) : isMisp(value.response);
  const listed = listOf(value.Attribute)[0] ?? listOf(listOf(value.Object)[0]?.Attribute)[0];
  if (listed) return isAttribute(listed);
  return holdsAttributes(value) && 'info' in value && 'uuid' in value;
}

/** All attributes of a MISP document, those inside objects too. */
export function* attributesIn(value: unknown): Generator<Placed> {
  if (Array.isArray(value)) for (const item of value) yield* attributesIn(item);
  if (!isJson(value)) return;
  if (isAttribute(value))
    yield { attribute: value, object: listOf(value.Object)[0], event: isJson(value.Event) ? value.Event : {} };
  else if (isJson(value.Event)) yield* attributesIn({ ...value.Event });
  else if ('response' in value) yield* attributesIn(value.response);
  else {
    for (const attribute of listOf(value.Attribute)) yield { attribute, event: value };
    for (const object of listOf(value.Object))
      for (const attribute of listOf(object.Attribute)) yield { attribute, object, event: value };
  }
}
