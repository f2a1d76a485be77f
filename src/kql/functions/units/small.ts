import type { Units } from './units.js';

/** In degrees; `Tilt`, a sine, is no fixed number of them. */
export const ANGLES: Units = {
  Arcminute: 1 / 60,
  Arcsecond: 1 / 3600,
  Centiradian: 1.8 / Math.PI,
  Deciradian: 18 / Math.PI,
  Degree: 1,
  Gradian: 0.9,
  Microdegree: 1e-6,
  Microradian: 1.8e-4 / Math.PI,
  Millidegree: 1e-3,
  Milliradian: 0.18 / Math.PI,
  Nanodegree: 1e-9,
  Nanoradian: 1.8e-7 / Math.PI,
  NatoMil: 9 / 160,
  Radian: 180 / Math.PI,
  Revolution: 360,
};

const STANDARD_GRAVITY = 9.80665;
const POUND = 0.45359237;

/** In newtons. */
export const FORCES: Units = {
  Decanewton: 10,
  Dyn: 1e-5,
  KilogramForce: STANDARD_GRAVITY,
  Kilonewton: 1e3,
  KiloPond: STANDARD_GRAVITY,
  KilopoundForce: 1e3 * POUND * STANDARD_GRAVITY,
  Meganewton: 1e6,
  Micronewton: 1e-6,
  Millinewton: 1e-3,
  Newton: 1,
  OunceForce: (POUND / 16) * STANDARD_GRAVITY,
  Poundal: POUND * 0.3048,
  PoundForce: POUND * STANDARD_GRAVITY,
  ShortTonForce: 2e3 * POUND * STANDARD_GRAVITY,
  TonneForce: 1e3 * STANDARD_GRAVITY,
};

/** In kilograms. */
export const MASSES: Units = {
  Centigram: 1e-5,
  Decagram: 1e-2,
  Decigram: 1e-4,
  EarthMass: 5.9722e24,
  Grain: POUND / 7000,
  Gram: 1e-3,
  Hectogram: 0.1,
  Kilogram: 1,
  Kilopound: 1e3 * POUND,
  Kilotonne: 1e6,
  LongHundredweight: 112 * POUND,
  LongTon: 2240 * POUND,
  Megapound: 1e6 * POUND,
  Megatonne: 1e9,
  Microgram: 1e-9,
  Milligram: 1e-6,
  Nanogram: 1e-12,
  Ounce: POUND / 16,
  Pound: POUND,
  ShortHundredweight: 100 * POUND,
  ShortTon: 2000 * POUND,
  Slug: (POUND * STANDARD_GRAVITY) / 0.3048,
  SolarMass: 1.98947e30,
  Stone: 14 * POUND,
  Tonne: 1e3,
};

const ICE = 273.15;

/** In kelvins. */
export const TEMPERATURES: Units = {
  DegreeCelsius: [1, ICE],
  DegreeDelisle: [-2 / 3, ICE + 100],
  DegreeFahrenheit: [5 / 9, (459.67 * 5) / 9],
  DegreeNewton: [100 / 33, ICE],
  DegreeRankine: 5 / 9,
  DegreeReaumur: [5 / 4, ICE],
  DegreeRoemer: [40 / 21, ICE - (7.5 * 40) / 21],
  Kelvin: 1,
  MillidegreeCelsius: [1e-3, ICE],
  SolarTemperature: 5778,
};
