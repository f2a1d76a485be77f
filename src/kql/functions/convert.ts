import { type Example, scalars } from './registry.js';
import { ENERGIES } from './units/energies.js';
import { LENGTHS, SPEEDS } from './units/lengths.js';
import { ANGLES, FORCES, MASSES, TEMPERATURES } from './units/small.js';
import { convertUnit, type Units } from './units/units.js';
import { VOLUMES } from './units/volumes.js';

type Convert = (value: number, from: string, to: string) => number | undefined;

const among =
  (units: Units): Convert =>
  (value, from, to) =>
    convertUnit(units, value, from, to);

/** A tilt is the sine of an angle. */
const angle: Convert = (value, from, to) => {
  const degrees = from === 'Tilt' ? (Math.asin(value) * 180) / Math.PI : value;
  const found = convertUnit(ANGLES, degrees, from === 'Tilt' ? 'Degree' : from, to === 'Tilt' ? 'Degree' : to);
  return found !== undefined && to === 'Tilt' ? Math.sin((found * Math.PI) / 180) : found;
};

const QUANTITIES: readonly (readonly [name: string, convert: Convert, ...examples: Example[]])[] = [
  [
    'angle',
    angle,
    ['convert_angle(1.2, "Degree", "Arcminute")', '72.0'],
    ['convert_angle(0.5, "Tilt", "Degree")', '30.0'],
  ],
  ['energy', among(ENERGIES), ['convert_energy(1, "KilowattHour", "Joule")', '3600000.0']],
  ['force', among(FORCES), ['convert_force(1.2, "Newton", "Decanewton")', '0.12']],
  ['length', among(LENGTHS), ['convert_length(1.2, "Meter", "Foot")', '3.93700787401575']],
  [
    'mass',
    among(MASSES),
    ['convert_mass(1.2, "Kilogram", "Pound")', '2.64554714621853'],
    ['isnull(convert_mass(1, "Kilogram", "Mile"))', 'True'],
  ],
  ['speed', among(SPEEDS), ['convert_speed(1.2, "MeterPerSecond", "CentimeterPerHour")', '432000.0']],
  [
    'temperature',
    among(TEMPERATURES),
    ['convert_temperature(1.2, "Kelvin", "DegreeCelsius")', '-271.95'],
    ['convert_temperature(212, "DegreeFahrenheit", "DegreeCelsius")', '100.0'],
  ],
  ['volume', among(VOLUMES), ['convert_volume(1.2, "CubicMeter", "AcreFoot")', '0.0009728568']],
];

/** Quantities of which Kusto rounds some units (a mile is 1609.34 m). */
const ROUNDED = new Set(['energy', 'force', 'length', 'speed', 'volume']);

/** `convert_length(value, from, to)` and its like; null for a unit that isn't of the quantity. */
export const CONVERT = scalars(
  QUANTITIES.map(([quantity, convert, ...examples]) => ({
    name: `convert_${quantity}`,
    args: ['real', 'string', 'string'] as const,
    returns: 'real' as const,
    js: (value, from, to) => (value === null ? null : (convert(Number(value), String(from), String(to)) ?? null)),
    ...(ROUNDED.has(quantity)
      ? { differs: 'Units are exact by their definitions; Kusto rounds a few at the sixth digit.' }
      : {}),
    examples,
  })),
);
