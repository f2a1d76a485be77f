import type { Fields } from './fields.js';

/** Keys that nearly every log of Check Point's has, by what they say about it; those in `OWN` no one else writes. */
const OWN = new Set(['loguid', 'originsicname', 'origin_sic_name', 'i/f_dir', 'ifdir']);
const USUAL = new Set([
  'origin',
  'orig',
  'product',
  'sequencenum',
  'version',
  'ifname',
  'action',
  'logid',
  'time',
  'service',
  's_port',
]);

/** Whether fields are those of a Check Point log. */
export function isCheckPoint(fields: Fields): boolean {
  const keys = new Set(fields.map(([key]) => key.toLowerCase()));
  let own = 0;
  let usual = 0;
  for (const key of keys) {
    if (OWN.has(key)) own++;
    else if (USUAL.has(key)) usual++;
  }
  return own > 0 && own + usual >= 3 && (keys.has('product') || keys.has('origin') || keys.has('orig') || own > 1);
}
