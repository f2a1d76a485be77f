import type { Units } from './units.js';

const LITER = 1e-3;
const CUBIC_INCH = 0.0254 ** 3;
const CUBIC_FOOT = 1728 * CUBIC_INCH;
const IMPERIAL_GALLON = 4.54609 * LITER;
const US_GALLON = 231 * CUBIC_INCH;

/** In cubic metres. */
export const VOLUMES: Units = {
  // rounded so in Kusto
  AcreFoot: 1 / 0.000810714,
  AuTablespoon: 2e-5,
  BoardFoot: CUBIC_FOOT / 12,
  Centiliter: 0.01 * LITER,
  CubicCentimeter: 1e-6,
  CubicDecimeter: 1e-3,
  CubicFoot: CUBIC_FOOT,
  CubicHectometer: 1e6,
  CubicInch: CUBIC_INCH,
  CubicKilometer: 1e9,
  CubicMeter: 1,
  CubicMicrometer: 1e-18,
  CubicMile: 5280 ** 3 * CUBIC_FOOT,
  CubicMillimeter: 1e-9,
  CubicYard: 27 * CUBIC_FOOT,
  Decaliter: 10 * LITER,
  DecausGallon: 10 * US_GALLON,
  Deciliter: 0.1 * LITER,
  DeciusGallon: 0.1 * US_GALLON,
  HectocubicFoot: 100 * CUBIC_FOOT,
  HectocubicMeter: 100,
  Hectoliter: 100 * LITER,
  HectousGallon: 100 * US_GALLON,
  ImperialBeerBarrel: 36 * IMPERIAL_GALLON,
  ImperialGallon: IMPERIAL_GALLON,
  ImperialOunce: IMPERIAL_GALLON / 160,
  ImperialPint: IMPERIAL_GALLON / 8,
  KilocubicFoot: 1e3 * CUBIC_FOOT,
  KilocubicMeter: 1e3,
  KiloimperialGallon: 1e3 * IMPERIAL_GALLON,
  Kiloliter: 1,
  KilousGallon: 1e3 * US_GALLON,
  Liter: LITER,
  MegacubicFoot: 1e6 * CUBIC_FOOT,
  MegaimperialGallon: 1e6 * IMPERIAL_GALLON,
  Megaliter: 1e6 * LITER,
  MegausGallon: 1e6 * US_GALLON,
  MetricCup: 0.25 * LITER,
  MetricTeaspoon: 5e-6,
  Microliter: 1e-9,
  Milliliter: 1e-6,
  OilBarrel: 42 * US_GALLON,
  UkTablespoon: 1.5e-5,
  UsBeerBarrel: 31 * US_GALLON,
  UsCustomaryCup: US_GALLON / 16,
  UsGallon: US_GALLON,
  UsLegalCup: 0.24 * LITER,
  UsOunce: US_GALLON / 128,
  UsPint: US_GALLON / 8,
  UsQuart: US_GALLON / 4,
  UsTablespoon: US_GALLON / 256,
  UsTeaspoon: US_GALLON / 768,
};
