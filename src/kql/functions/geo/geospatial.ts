import { ADDRESS_PLACES } from './address-rows.js';
import { GRIDS } from './grid-rows.js';
import { PLACES } from './place-rows.js';
import { SHAPES } from './shape-rows.js';

/** Kusto's `geo_…` functions. */
export const GEOSPATIAL = [...PLACES, ...GRIDS, ...SHAPES, ...ADDRESS_PLACES];
