import { DAY, MINUTE } from './clock.js';

/** How busy something is by minute of the week (Sunday first), 1 being its mean over a working day. */
export type Rhythm = Float32Array;

const MINUTES_A_DAY = 1440;

/** Control points (hour, activity) joined by straight lines. */
type Curve = readonly (readonly [hour: number, activity: number])[];

const CURVES = {
  office: [
    [0, 0.02],
    [6, 0.03],
    [7.5, 0.5],
    [9, 2.6],
    [11.5, 2.8],
    [12.2, 1.2],
    [13, 1.4],
    [14, 2.7],
    [16.5, 2.4],
    [18, 0.8],
    [20, 0.2],
    [24, 0.02],
  ],
  server: [
    [0, 0.8],
    [6, 0.8],
    [9, 1.2],
    [17, 1.2],
    [20, 0.9],
    [24, 0.8],
  ],
  public: [
    [0, 0.4],
    [5, 0.25],
    [9, 1.2],
    [13, 1.4],
    [20, 1.5],
    [23, 0.7],
    [24, 0.4],
  ],
  always: [
    [0, 1],
    [24, 1],
  ],
} as const satisfies Record<string, Curve>;

/** Activity on Saturdays and Sundays against a working day. */
const WEEKEND: Record<keyof typeof CURVES, number> = { office: 0.06, server: 0.75, public: 0.9, always: 1 };

function interpolate(curve: Curve, hour: number): number {
  const right = curve.findIndex(([at]) => at > hour);
  const [x0, y0] = curve[right - 1]!;
  const [x1, y1] = curve[right]!;
  return y0 + ((y1 - y0) * (hour - x0)) / (x1 - x0);
}

function build(name: keyof typeof CURVES): Rhythm {
  const day = Array.from({ length: MINUTES_A_DAY }, (_, minute) => interpolate(CURVES[name], minute / 60));
  const mean = day.reduce((sum, value) => sum + value, 0) / MINUTES_A_DAY;
  const week = new Float32Array(7 * MINUTES_A_DAY);
  for (let index = 0; index < week.length; index++) {
    const weekday = Math.floor(index / MINUTES_A_DAY);
    const factor = weekday === 0 || weekday === 6 ? WEEKEND[name] : 1;
    week[index] = (day[index % MINUTES_A_DAY]! / mean) * factor;
  }
  return week;
}

/** The office keeps UTC, so that logs without a zone mean what they say. */
export const RHYTHMS: Readonly<Record<keyof typeof CURVES, Rhythm>> = {
  office: build('office'),
  server: build('server'),
  public: build('public'),
  always: build('always'),
};

/** 1970-01-01 was a Thursday. */
export const weekdayOf = (time: number): number => (Math.floor(time / DAY) + 4) % 7;

/** Activity at a time. */
export function activityAt(rhythm: Rhythm, time: number): number {
  const minute = Math.floor((time % DAY) / MINUTE);
  return rhythm[weekdayOf(time) * MINUTES_A_DAY + minute]!;
}

/** The second Tuesday of the month, when Windows machines fetch their updates. */
export function isPatchTuesday(time: number): boolean {
  const date = new Date(time).getUTCDate();
  return weekdayOf(time) === 2 && date >= 8 && date <= 14;
}
