import { descendants, nameOf } from '../syntax.js';
import type { Edit, Relaxation } from './relaxation.js';

/** `DnsEvents.DeviceName`: Sentinel's table calls the reporting computer `Computer`. */
export const dnsDeviceName: Relaxation = {
  code: 'relaxed-dns-device-name',
  message: 'DnsEvents has no column DeviceName in Sentinel; Computer was used.',
  edits({ root, text, diagnostics }) {
    const missing = diagnostics.some((of) => of.span && text.substr(of.span.start, of.span.length) === 'DeviceName');
    if (!missing) return [];
    return descendants(root, 'NameReference')
      .filter((node) => nameOf(node) === 'DnsEvents')
      .map(
        (node): Edit => ({
          start: node.TextStart,
          length: node.Width,
          text: '(DnsEvents | extend DeviceName = Computer)',
        }),
      );
  },
};
