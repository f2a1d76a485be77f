import type { Units } from './units.js';

const BTU = 1055.05585262;
const CALORIE = 4.184;
const ELECTRON_VOLT = 1.602176565e-19;
const HOUR = 3600;
const DAY = 24 * HOUR;
const THERM_EC = 1e5 * BTU;
const THERM_IMPERIAL = 1.05505585257348e8;
const THERM_US = 1.054804e8;

/** In joules. */
export const ENERGIES: Units = {
  BritishThermalUnit: BTU,
  Calorie: CALORIE,
  DecathermEc: 10 * THERM_EC,
  DecathermImperial: 10 * THERM_IMPERIAL,
  DecathermUs: 10 * THERM_US,
  ElectronVolt: ELECTRON_VOLT,
  Erg: 1e-7,
  FootPound: 1.3558179483314,
  GigabritishThermalUnit: 1e9 * BTU,
  GigaelectronVolt: 1e9 * ELECTRON_VOLT,
  Gigajoule: 1e9,
  GigawattDay: 1e9 * DAY,
  GigawattHour: 1e9 * HOUR,
  HorsepowerHour: 2.6845195377e6,
  Joule: 1,
  KilobritishThermalUnit: 1e3 * BTU,
  Kilocalorie: 1e3 * CALORIE,
  KiloelectronVolt: 1e3 * ELECTRON_VOLT,
  Kilojoule: 1e3,
  KilowattDay: 1e3 * DAY,
  KilowattHour: 1e3 * HOUR,
  MegabritishThermalUnit: 1e6 * BTU,
  Megacalorie: 1e6 * CALORIE,
  MegaelectronVolt: 1e6 * ELECTRON_VOLT,
  Megajoule: 1e6,
  MegawattDay: 1e6 * DAY,
  MegawattHour: 1e6 * HOUR,
  Millijoule: 1e-3,
  TeraelectronVolt: 1e12 * ELECTRON_VOLT,
  TerawattDay: 1e12 * DAY,
  TerawattHour: 1e12 * HOUR,
  ThermEc: THERM_EC,
  ThermImperial: THERM_IMPERIAL,
  ThermUs: THERM_US,
  WattDay: DAY,
  WattHour: HOUR,
};
