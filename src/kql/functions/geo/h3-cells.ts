import { isPlace } from './earth.js';
import { type Cell, pointAtJson, ringJson } from './geojson.js';
import { h3Library } from './libraries.js';

/** The cell that a text names, null when it names none. */
const cellFrom = (text: Cell): string | null =>
  typeof text === 'string' && /^[0-9a-f]{15,16}$/i.test(text) && h3Library().isValidCell(text) ? text : null;

const isWithin = (value: Cell, low: number, high: number): boolean =>
  value !== null && value !== undefined && Number(value) >= low && Number(value) <= high;

export function pointToCell(longitude: Cell, latitude: Cell, resolution: Cell): Cell {
  if (!isPlace(longitude, latitude) || !isWithin(resolution, 0, 15)) return '';
  return h3Library().latLngToCell(Number(latitude), Number(longitude), Number(resolution));
}

export function cellCentre(text: Cell): Cell {
  const cell = cellFrom(text);
  if (!cell) return null;
  const [latitude, longitude] = h3Library().cellToLatLng(cell);
  return pointAtJson([longitude, latitude]);
}

export function cellPolygon(text: Cell): Cell {
  const cell = cellFrom(text);
  return cell && ringJson(h3Library().cellToBoundary(cell, true));
}

export function cellNeighbors(text: Cell): Cell {
  const cell = cellFrom(text);
  if (!cell) return null;
  const around = h3Library().gridDisk(cell, 1);
  return JSON.stringify(around.filter((of) => of !== cell));
}

/** The finest difference of resolution that children are listed for. */
const DEEPEST = 5;

export function cellChildren(text: Cell, resolution: Cell): Cell {
  const cell = cellFrom(text);
  if (!cell || !isWithin(resolution, 1, 15)) return null;
  const deeper = Number(resolution) - h3Library().getResolution(cell);
  return deeper < 0 || deeper > DEEPEST ? null : JSON.stringify(h3Library().cellToChildren(cell, Number(resolution)));
}

export function cellParent(text: Cell, resolution: Cell): Cell {
  const cell = cellFrom(text);
  if (!cell || !isWithin(resolution, 0, 14) || Number(resolution) > h3Library().getResolution(cell)) return '';
  return h3Library().cellToParent(cell, Number(resolution));
}

export function cellLevel(text: Cell): Cell {
  const cell = cellFrom(text);
  return cell && h3Library().getResolution(cell);
}

/** The most steps that rings are listed for. */
const FARTHEST = 142;

export function cellRings(text: Cell, distance: Cell): Cell {
  const cell = cellFrom(text);
  if (!cell || !isWithin(distance, 0, FARTHEST)) return null;
  return JSON.stringify(h3Library().gridDiskDistances(cell, Number(distance)));
}
