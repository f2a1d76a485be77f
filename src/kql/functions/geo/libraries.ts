import { createRequire } from 'node:module';
import type * as Geographic from 'geographiclib-geodesic';
import type * as H3 from 'h3-js';
import type { s2 } from 's2js';

/** Libraries that are loaded when a query first needs them: together they take some 60 ms. */
const require = createRequire(import.meta.url);
let loadedS2: typeof s2 | undefined;
let loadedH3: typeof H3 | undefined;

/** Google's S2 geometry in JavaScript: cells, and points in polygons to the last bit. */
export function s2Library(): typeof s2 {
  loadedS2 ??= (require('s2js/dist/s2js.cjs.production.min.js') as { s2: typeof s2 }).s2;
  return loadedS2;
}

/** Uber's H3 cells. */
export function h3Library(): typeof H3 {
  loadedH3 ??= require('h3-js') as typeof H3;
  return loadedH3;
}

/** Karney's geodesics on the WGS-84 ellipsoid. */
export const ellipsoid = (): typeof Geographic.Geodesic.WGS84 =>
  (require('geographiclib-geodesic') as typeof Geographic).Geodesic.WGS84;
