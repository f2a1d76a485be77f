/** A Fortinet product, by what its logs call themselves. */
export interface Device {
  readonly product: string;
  /** What FortiOS puts before names of fields that CEF doesn't know; others use the name itself. */
  readonly prefix: string;
}

const FORTIGATE: Device = { product: 'Fortigate', prefix: 'FTNTFGT' };

/** Products by the beginning of their serial numbers; everything else is a FortiGate, FortiWiFi included. */
const PRODUCTS: readonly (readonly [RegExp, string])[] = [
  [/^FV/, 'FortiWeb'],
  [/^FWB/, 'FortiWeb'],
  [/^FE/, 'FortiMail'],
  [/^F(?:L|AZ)/, 'FortiAnalyzer'],
  [/^FM[GV-]/, 'FortiManager'],
  [/^FAC/, 'FortiAuthenticator'],
  [/^FSA/, 'FortiSandbox'],
  [/^FAD/, 'FortiADC'],
  [/^FCT/, 'FortiClient'],
  [/^FPX/, 'FortiProxy'],
];

/** The product of a device's serial number (`devid`, `device_id`). */
export function deviceOf(serial: string): Device {
  const product = PRODUCTS.find(([start]) => start.test(serial))?.[1];
  return product === undefined ? FORTIGATE : { product, prefix: '' };
}

/** CEF's severities of FortiOS's levels: their order turned round. */
const SEVERITIES: Readonly<Record<string, string>> = {
  debug: '1',
  information: '2',
  informational: '2',
  notice: '3',
  notification: '3',
  warning: '4',
  error: '5',
  critical: '6',
  alert: '7',
  emergency: '8',
};

/** The severity that a level has in FortiGate's CEF; other texts as they are. */
export const severityOf = (level: string): string => SEVERITIES[level.toLowerCase()] ?? level;

/** The version that `logver` says: `604081914` is FortiOS 6.4.8, `52` FortiOS 5.2; '' for other texts. */
export function versionOf(logver: string): string {
  const long = /^(\d)(\d\d)(\d\d)\d{4}$/.exec(logver);
  if (long) return `v${long[1]}.${Number(long[2])}.${Number(long[3])}`;
  return /^[45]\d$/.test(logver) ? `v${logver[0]}.${logver[1]}` : '';
}
