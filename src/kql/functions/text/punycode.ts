import punycode from 'punycode/punycode.js';

/** The text a Punycode text (without `xn--`) stands for, '' when it is none. */
export function fromPunycode(text: string): string {
  try {
    return punycode.decode(text);
  } catch {
    return '';
  }
}

/** A text in Punycode, without `xn--`; plain ASCII gets a `-` behind it, as the standard has it. */
export const toPunycode = (text: string): string => punycode.encode(text);

/** A domain with each `xn--` label decoded; its letters keep their case. '' when a label is not Punycode. */
export function decodeDomain(domain: string): string {
  const labels = domain.split('.').map((label) => (/^xn--/i.test(label) ? fromPunycode(label.slice(4)) : label));
  return labels.includes('') && !domain.split('.').includes('') ? '' : labels.join('.');
}

/** A domain with each label that is not ASCII encoded behind `xn--`; other full stops of Unicode become dots. */
export const encodeDomain = (domain: string): string =>
  domain
    .split(/[.\u3002\uFF0E\uFF61]/)
    .map((label) => (/^[\0-\x7F]*$/.test(label) ? label : `xn--${toPunycode(label)}`))
    .join('.');
