const CLOCK = /^(?:(\d+)d ?)?(\d+):(\d\d):(\d\d)$/;
const UNITS = /^(?:(\d+)d)? ?(?:(\d+)h)?:? ?(?:(\d+)m)?:? ?(?:(\d+)s)?$/;

/** Seconds of `1:02:03`, `1d 1:02:03`, `1h:02m:03s`, `1d 1h:02m:03s`; null when the text is none of them. */
export function readDuration(text: string): number | null {
  const match = CLOCK.exec(text.trim()) ?? UNITS.exec(text.trim());
  if (match === null || text.trim() === '') return null;
  const [, days = '0', hours = '0', minutes = '0', seconds = '0'] = match;
  return ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
}
