import { isPlace, type Position } from './earth.js';
import { type Cell, pointAtJson, ringJson } from './geojson.js';

const DIGITS = '0123456789bcdefghjkmnpqrstuvwxyz';
const LONGEST = 18;

interface Box {
  readonly west: number;
  readonly south: number;
  readonly width: number;
  readonly height: number;
}

/** A geohash of `accuracy` digits; each digit halves the longitude and the latitude five times in turn. */
export function pointToGeohash(longitude: Cell, latitude: Cell, accuracy: Cell): Cell {
  const length = Number(accuracy ?? 0);
  if (!isPlace(longitude, latitude) || length < 1 || length > LONGEST) return '';
  return encode([longitude as number, latitude as number], length);
}

function encode([longitude, latitude]: Position, length: number): string {
  const ranges = [
    { low: -180, high: 180, value: longitude },
    { low: -90, high: 90, value: latitude },
  ];
  let hash = '';
  for (let digit = 0; digit < length; digit++) {
    let bits = 0;
    for (let bit = 0; bit < 5; bit++) {
      const range = ranges[(digit * 5 + bit) % 2]!;
      const middle = (range.low + range.high) / 2;
      bits *= 2;
      if (range.value >= middle) {
        bits += 1;
        range.low = middle;
      } else range.high = middle;
    }
    hash += DIGITS[bits];
  }
  return hash;
}

/** The rectangle of a geohash, null when it is none. */
function decode(hash: Cell): Box | null {
  if (typeof hash !== 'string' || hash.length < 1 || hash.length > LONGEST) return null;
  let [west, south, width, height] = [-180, -90, 360, 180];
  for (const [i, digit] of [...hash].entries()) {
    const bits = DIGITS.indexOf(digit);
    if (bits < 0) return null;
    for (let bit = 0; bit < 5; bit++) {
      const upper = (bits >> (4 - bit)) & 1;
      if ((i * 5 + bit) % 2 === 0) {
        width /= 2;
        west += upper * width;
      } else {
        height /= 2;
        south += upper * height;
      }
    }
  }
  return { west, south, width, height };
}

export function geohashCentre(hash: Cell): Cell {
  const box = decode(hash);
  return box && pointAtJson([box.west + box.width / 2, box.south + box.height / 2]);
}

export function geohashPolygon(hash: Cell): Cell {
  const box = decode(hash);
  if (!box) return null;
  const { west, south } = box;
  const [east, north] = [west + box.width, south + box.height];
  return ringJson([
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ]);
}

/** Steps to the cells around one: the corners, then the sides. */
const STEPS = [
  [-1, -1],
  [1, -1],
  [-1, 1],
  [1, 1],
  [-1, 0],
  [1, 0],
  [0, 1],
  [0, -1],
] as const;

/** The cells around one: eight, or five where it touches a pole. */
export function geohashNeighbors(hash: Cell): Cell {
  const box = decode(hash);
  if (!box) return null;
  const cells = STEPS.flatMap(([east, north]) => {
    const latitude = box.south + box.height * (0.5 + north);
    const longitude = box.west + box.width * (0.5 + east);
    const around = longitude > 180 ? longitude - 360 : longitude < -180 ? longitude + 360 : longitude;
    return Math.abs(latitude) > 90 ? [] : [encode([around, latitude], String(hash).length)];
  });
  return JSON.stringify([...new Set(cells)]);
}
