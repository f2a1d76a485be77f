/** What messages of some ids say. Where the words of a message are documented differently by version, each has a pattern. */
export interface Message {
  /** Ids, separated by spaces; an id of three digits stands for all of its class that have no row of their own. */
  readonly ids: string;
  /** DeviceAction; the pattern's `action` field when there is none here. */
  readonly action?: string;
  /** Activity. Fields in braces are put in. */
  readonly activity: string;
  /** Protocol, where the message doesn't write it. */
  readonly protocol?: string;
  /** Tried in turn; see `../pattern.ts`. */
  readonly patterns: readonly string[];
}
