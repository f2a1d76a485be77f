import type { Units } from './units.js';

const INCH = 0.0254;
const FOOT = 12 * INCH;
const LIGHT_YEAR = 9.46073047258e15;
const PARSEC = 3.08567758128e16;

/** In metres. */
export const LENGTHS = {
  Angstrom: 1e-10,
  AstronomicalUnit: 1.495978707e11,
  Centimeter: 0.01,
  Chain: 66 * FOOT,
  DataMile: 6000 * FOOT,
  Decameter: 10,
  Decimeter: 0.1,
  DtpPica: INCH / 6,
  DtpPoint: INCH / 72,
  Fathom: 6 * FOOT,
  Foot: FOOT,
  Hand: 4 * INCH,
  Hectometer: 100,
  Inch: INCH,
  KilolightYear: 1e3 * LIGHT_YEAR,
  Kilometer: 1e3,
  Kiloparsec: 1e3 * PARSEC,
  LightYear: LIGHT_YEAR,
  MegalightYear: 1e6 * LIGHT_YEAR,
  Megaparsec: 1e6 * PARSEC,
  Meter: 1,
  Microinch: 1e-6 * INCH,
  Micrometer: 1e-6,
  Mil: 1e-3 * INCH,
  Mile: 5280 * FOOT,
  Millimeter: 1e-3,
  Nanometer: 1e-9,
  NauticalMile: 1852,
  Parsec: PARSEC,
  PrinterPica: (12 * INCH) / 72.27,
  PrinterPoint: INCH / 72.27,
  Shackle: 90 * FOOT,
  SolarRadius: 6.9551e8,
  Twip: INCH / 1440,
  UsSurveyFoot: 1200 / 3937,
  Yard: 3 * FOOT,
} satisfies Units;

const perHour = (length: number): number => length / 3600;
const perMinute = (length: number): number => length / 60;
const { Centimeter, Decimeter, Foot, Inch, Kilometer, Micrometer, Mile, Millimeter, Nanometer, UsSurveyFoot, Yard } =
  LENGTHS;

/** In metres a second. */
export const SPEEDS: Units = {
  CentimeterPerHour: perHour(Centimeter),
  CentimeterPerMinute: perMinute(Centimeter),
  CentimeterPerSecond: Centimeter,
  DecimeterPerMinute: perMinute(Decimeter),
  DecimeterPerSecond: Decimeter,
  FootPerHour: perHour(Foot),
  FootPerMinute: perMinute(Foot),
  FootPerSecond: Foot,
  InchPerHour: perHour(Inch),
  InchPerMinute: perMinute(Inch),
  InchPerSecond: Inch,
  KilometerPerHour: perHour(Kilometer),
  KilometerPerMinute: perMinute(Kilometer),
  KilometerPerSecond: Kilometer,
  Knot: perHour(LENGTHS.NauticalMile),
  MeterPerHour: perHour(1),
  MeterPerMinute: perMinute(1),
  MeterPerSecond: 1,
  MicrometerPerMinute: perMinute(Micrometer),
  MicrometerPerSecond: Micrometer,
  MilePerHour: perHour(Mile),
  MillimeterPerHour: perHour(Millimeter),
  MillimeterPerMinute: perMinute(Millimeter),
  MillimeterPerSecond: Millimeter,
  NanometerPerMinute: perMinute(Nanometer),
  NanometerPerSecond: Nanometer,
  UsSurveyFootPerHour: perHour(UsSurveyFoot),
  UsSurveyFootPerMinute: perMinute(UsSurveyFoot),
  UsSurveyFootPerSecond: UsSurveyFoot,
  YardPerHour: perHour(Yard),
  YardPerMinute: perMinute(Yard),
  YardPerSecond: Yard,
};
