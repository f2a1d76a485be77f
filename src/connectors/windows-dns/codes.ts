/** DNS record types by number (IANA), as far as Windows DNS and its clients ask for them. */
const TYPES: Readonly<Record<number, string>> = {
  1: 'A',
  2: 'NS',
  3: 'MD',
  4: 'MF',
  5: 'CNAME',
  6: 'SOA',
  7: 'MB',
  8: 'MG',
  9: 'MR',
  10: 'NULL',
  11: 'WKS',
  12: 'PTR',
  13: 'HINFO',
  14: 'MINFO',
  15: 'MX',
  16: 'TXT',
  17: 'RP',
  18: 'AFSDB',
  19: 'X25',
  20: 'ISDN',
  21: 'RT',
  22: 'NSAP',
  23: 'NSAP-PTR',
  24: 'SIG',
  25: 'KEY',
  26: 'PX',
  27: 'GPOS',
  28: 'AAAA',
  29: 'LOC',
  30: 'NXT',
  31: 'EID',
  32: 'NIMLOC',
  33: 'SRV',
  34: 'ATMA',
  35: 'NAPTR',
  36: 'KX',
  37: 'CERT',
  38: 'A6',
  39: 'DNAME',
  40: 'SINK',
  41: 'OPT',
  42: 'APL',
  43: 'DS',
  44: 'SSHFP',
  45: 'IPSECKEY',
  46: 'RRSIG',
  47: 'NSEC',
  48: 'DNSKEY',
  49: 'DHCID',
  50: 'NSEC3',
  51: 'NSEC3PARAM',
  52: 'TLSA',
  53: 'SMIMEA',
  55: 'HIP',
  59: 'CDS',
  60: 'CDNSKEY',
  61: 'OPENPGPKEY',
  62: 'CSYNC',
  63: 'ZONEMD',
  64: 'SVCB',
  65: 'HTTPS',
  99: 'SPF',
  249: 'TKEY',
  250: 'TSIG',
  251: 'IXFR',
  252: 'AXFR',
  253: 'MAILB',
  254: 'MAILA',
  255: 'ANY',
  256: 'URI',
  257: 'CAA',
  32768: 'TA',
  32769: 'DLV',
  65281: 'WINS',
  65282: 'WINSR',
}; // prettier-ignore

/** The name of a record type given by number or name (`28`, `aaaa`, `TYPE65`); numbers without a name stay `TYPE<n>`. */
export function typeName(type: string): string {
  const text = type.trim();
  const number = /^(?:TYPE)?(\d+)$/i.exec(text)?.[1] ?? (/^0x[0-9a-f]+$/i.test(text) ? text : undefined);
  if (number === undefined) return text.toUpperCase() === 'ALL' ? 'ANY' : text.toUpperCase();
  return TYPES[Number(number)] ?? `TYPE${Number(number)}`;
}

const RESULTS = [
  'NOERROR',
  'FORMERR',
  'SERVFAIL',
  'NXDOMAIN',
  'NOTIMP',
  'REFUSED',
  'YXDOMAIN',
  'YXRRSET',
  'NXRRSET',
  'NOTAUTH',
  'NOTZONE',
]; // prettier-ignore
const EXTENDED: Readonly<Record<number, string>> = {
  16: 'BADVERS',
  17: 'BADKEY',
  18: 'BADTIME',
  22: 'BADTRUNC',
  23: 'BADCOOKIE',
};

/** The name of a response code; `RCODE<n>` for those without one. */
export const resultName = (code: number): string => RESULTS[code] ?? EXTENDED[code] ?? `RCODE${code}`;

/** The number of a response code's name, null when it is none. */
export function resultCode(name: string): number | null {
  const code = RESULTS.indexOf(name.toUpperCase());
  if (code !== -1) return code;
  return /^\d{1,4}$/.test(name) ? Number(name) : null;
}
