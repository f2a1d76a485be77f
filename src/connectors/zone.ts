/** A time zone as a connector needs it: from wall-clock time to UTC. Milliseconds throughout. */
export interface Zone {
  readonly name: string;
  /** UTC milliseconds of a wall-clock time given as if it were UTC. In a clock change's gap or overlap: the earlier offset's reading. */
  toUtc(wallClock: number): number;
}

export const UTC: Zone = { name: 'UTC', toUtc: (wallClock) => wallClock };

/** Abbreviations that logs write, in minutes east of UTC. Only those with one common meaning. */
const ABBREVIATIONS: Readonly<Record<string, number>> = {
  UTC: 0,
  GMT: 0,
  Z: 0,
  WET: 0,
  BST: 60,
  WEST: 60,
  CET: 60,
  CEST: 120,
  EET: 120,
  EEST: 180,
  MSK: 180,
  IST: 330,
  SGT: 480,
  HKT: 480,
  AWST: 480,
  JST: 540,
  KST: 540,
  AEST: 600,
  AEDT: 660,
  NZST: 720,
  NZDT: 780,
  EST: -300,
  EDT: -240,
  CST: -360,
  CDT: -300,
  MST: -420,
  MDT: -360,
  PST: -480,
  PDT: -420,
  AKST: -540,
  AKDT: -480,
  HST: -600,
}; // prettier-ignore

const OFFSET = /^(?:UTC|GMT)?\s*([+-])(\d{1,2}):?(\d\d)?$/i;
const known = new Map<string, Zone | null>();

/**
 * A zone by its IANA name (`Europe/Berlin`), an abbreviation (`PST`), or an offset (`+02:00`, `GMT+2`, `-0700`).
 * Null when the text is none of them.
 */
export function findZone(text: string): Zone | null {
  const name = text.trim();
  let zone = known.get(name);
  if (zone === undefined) {
    zone = makeZone(name);
    if (known.size < 1000) known.set(name, zone);
  }
  return zone;
}

function makeZone(name: string): Zone | null {
  const abbreviation = ABBREVIATIONS[name.toUpperCase()];
  if (abbreviation !== undefined) return fixed(name, abbreviation);
  const match = OFFSET.exec(name);
  if (match) {
    const [, sign, hours, minutes = '0'] = match;
    const offset = Number(hours) * 60 + Number(minutes);
    return offset <= 18 * 60 ? fixed(name, sign === '-' ? -offset : offset) : null;
  }
  return /^[A-Za-z]+(?:[/_+-][A-Za-z0-9]+)+$/.test(name) ? named(name) : null;
}

function fixed(name: string, minutes: number): Zone {
  return minutes === 0 ? UTC : { name, toUtc: (wallClock) => wallClock - minutes * 60_000 };
}

function named(name: string): Zone | null {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
  } catch {
    return null;
  }
  const offsets = new Map<number, number>();
  /** The offset in force in the quarter of an hour of a UTC time: no zone changes its clock between those. */
  const offsetAt = (utc: number): number => {
    const quarter = Math.floor(utc / 900_000);
    let offset = offsets.get(quarter);
    if (offset === undefined) {
      const text = format.formatToParts(quarter * 900_000).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
      const [, sign, hours = '0', minutes = '0', seconds = '0'] = /([+-])(\d\d):(\d\d)(?::(\d\d))?/.exec(text) ?? [];
      const size = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
      offset = sign === '-' ? -size : size;
      if (offsets.size >= 10_000) offsets.clear();
      offsets.set(quarter, offset);
    }
    return offset;
  };
  return { name, toUtc: (wallClock) => wallClock - offsetAt(wallClock - offsetAt(wallClock)) };
}

/** The zone of a setting. Throws an `Error` in words for the user when there is no such zone. */
export function zoneOfSetting(value: string | number | boolean | undefined): Zone {
  const zone = findZone(String(value ?? 'UTC'));
  if (!zone)
    throw new Error(
      `time-zone: '${value}' is no time zone (give an IANA name such as Europe/Berlin, or an offset such as +02:00)`,
    );
  return zone;
}
