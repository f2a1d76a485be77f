/** An event of a Windows event log (or of Sysmon for Linux), whichever way it was exported. Texts that are not there are ''. */
export interface WindowsEvent {
  readonly provider: string;
  readonly id: number;
  readonly channel: string;
  readonly computer: string;
  /** Ticks; null when none is said. */
  readonly time: bigint | null;
  /** 1 critical to 5 verbose, 0 always; null when it isn't said. */
  readonly level: number | null;
  readonly task: number | null;
  readonly recordId: string;
  /** `DOMAIN\name`, or the security identifier when no name is known. */
  readonly user: string;
  /** The event's own fields, in order. */
  readonly data: Readonly<Record<string, string>>;
  /** The text that Windows renders, '' when it wasn't exported. */
  readonly message: string;
  /** The element that holds the fields, as it stood in XML; '' when the event did not come as XML. */
  readonly dataXml: string;
  /** Addresses of the computer, where the sender adds them. */
  readonly addresses: readonly string[];
  /** What else the export has. */
  readonly extra: Readonly<Record<string, unknown>>;
}

export const isSysmon = ({ provider, channel }: Pick<WindowsEvent, 'provider' | 'channel'>): boolean =>
  /^(?:Microsoft-Windows-Sysmon|Linux-Sysmon)$/i.test(provider) ||
  (provider === '' && /^(?:Microsoft-Windows-Sysmon|Linux-Sysmon)\//i.test(channel));

/** Accounts with the same identifier on every system. */
const WELL_KNOWN: Readonly<Record<string, string>> = {
  'S-1-5-18': 'NT AUTHORITY\\SYSTEM',
  'S-1-5-19': 'NT AUTHORITY\\LOCAL SERVICE',
  'S-1-5-20': 'NT AUTHORITY\\NETWORK SERVICE',
};

/** The account of a security identifier as far as it is known. */
export const accountOf = (identifier: string): string => WELL_KNOWN[identifier] ?? identifier;

/** The number that a text is; null when it is none. */
export const integer = (text: string): number | null => (/^-?\d{1,15}$/.test(text) ? Number(text) : null);
