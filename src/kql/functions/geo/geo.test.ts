import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pointBuffer, polygonBuffer } from './buffer.js';
import { polygonToS2Cells } from './coverings.js';
import { polygonArea } from './measures.js';
import { distance, isInPolygon } from './places.js';
import { pointToCell } from './s2-cells.js';
import { polygonsArraySimplify } from './simplify.js';
import { polygonsIntersection, polygonsUnion } from './unions.js';

type Place = [number, number];
const polygon = (ring: readonly Place[]): string =>
  JSON.stringify({ type: 'Polygon', coordinates: [[...ring, ring[0]!]] });

/** Polygons around a centre with corners at different distances from it, the widest some 10 degrees across. */
const polygons = fc
  .record({
    longitude: fc.integer({ min: -3, max: 3 }),
    latitude: fc.integer({ min: -3, max: 3 }),
    size: fc.integer({ min: 1, max: 5 }),
    corners: fc.array(fc.integer({ min: 30, max: 100 }), { minLength: 3, maxLength: 12 }),
  })
  .map(({ longitude, latitude, size, corners }) =>
    polygon(
      corners.map((corner, i): Place => {
        const [turned, far] = [(2 * Math.PI * i) / corners.length, (size * corner) / 100];
        return [longitude + 7 + far * Math.cos(turned), latitude + 40 + far * Math.sin(turned)];
      }),
    ),
  );

const areaOf = (json: unknown): number => {
  const geometry = JSON.parse(String(json)) as { type: string; geometries?: unknown[] };
  if (geometry.geometries) return geometry.geometries.reduce<number>((sum, of) => sum + areaOf(JSON.stringify(of)), 0);
  return geometry.type.endsWith('Polygon') ? Number(polygonArea(String(json))) : 0;
};

describe('overlays', () => {
  it('lose no area and count none twice', () => {
    fc.assert(
      fc.property(polygons, polygons, (a, b) => {
        const both = areaOf(polygonsIntersection(a, b)) + areaOf(polygonsUnion(`[${a},${b}]`));
        expect(both / (areaOf(a) + areaOf(b))).toBeCloseTo(1, 10);
      }),
      { numRuns: 60 },
    );
  });

  it('give borders and places where polygons only touch', () => {
    const [left, right, corner] = [0, 1, 1].map((x, i) =>
      polygon([
        [x, i === 2 ? 1 : 0],
        [x + 1, i === 2 ? 1 : 0],
        [x + 1, i === 2 ? 2 : 1],
        [x, i === 2 ? 2 : 1],
      ]),
    );
    expect(JSON.parse(String(polygonsIntersection(left!, right!))).type).toBe('LineString');
    expect(JSON.parse(String(polygonsIntersection(left!, corner!))).type).toBe('Point');
  });

  it('unite a grid of cells that share borders to one ring', () => {
    const cells = [0, 1, 2].flatMap((x) =>
      [0, 1, 2].map((y) =>
        polygon([
          [x / 10, y / 10],
          [(x + 1) / 10, y / 10],
          [(x + 1) / 10, (y + 1) / 10],
          [x / 10, (y + 1) / 10],
        ]),
      ),
    );
    const united = JSON.parse(String(polygonsUnion(`[${cells.join()}]`))) as { type: string; coordinates: unknown[][] };
    expect([united.type, united.coordinates.length, united.coordinates[0]!.length]).toEqual(['Polygon', 1, 13]);
    const ring = cells.filter((_, i) => i !== 4);
    expect(
      (JSON.parse(String(polygonsUnion(`[${ring.join()}]`))) as { coordinates: unknown[] }).coordinates,
    ).toHaveLength(2);
  });
});

describe('buffers', () => {
  it('keep their distance', () => {
    fc.assert(
      fc.property(polygons, fc.integer({ min: 1_000, max: 50_000 }), (shape, radius) => {
        const buffer = String(polygonBuffer(shape, radius, radius / 100));
        expect(areaOf(buffer)).toBeGreaterThan(areaOf(shape));
        const [[longitude, latitude]] = (JSON.parse(shape) as { coordinates: [Place[]] }).coordinates[0] as unknown as [
          Place,
        ];
        const around = JSON.parse(String(pointBuffer(longitude, latitude, radius * 0.98, radius / 100))) as {
          coordinates: Place[][];
        };
        for (const [x, y] of around.coordinates[0]!) expect(isInPolygon(x, y, buffer)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('of a place are circles', () => {
    const { coordinates } = JSON.parse(String(pointBuffer(10, 50, 1000, 10))) as { coordinates: Place[][] };
    for (const [x, y] of coordinates[0]!) expect(distance(10, 50, x, y, false)).toBeCloseTo(1000, 6);
  });
});

describe('coverings', () => {
  it('have the cell of every place inside', () => {
    fc.assert(
      fc.property(
        polygons,
        fc.integer({ min: 3, max: 9 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (shape, level, at) => {
          const cells = new Set(JSON.parse(String(polygonToS2Cells(shape, level, 0))) as string[]);
          const ring = (JSON.parse(shape) as { coordinates: Place[][] }).coordinates[0]!;
          const [from, to] = [ring[0]!, ring[1]!];
          const place: Place = [from[0] + (to[0] - from[0]) * at, from[1] + (to[1] - from[1]) * at];
          if (isInPolygon(...place, shape)) expect(cells).toContain(pointToCell(...place, level));
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('simplifying', () => {
  it('keeps common borders common', () => {
    const border: Place[] = Array.from({ length: 50 }, (_, i) => [0.00001 * (i % 2), i / 1000]);
    const west = polygon([[-0.1, 0], ...border, [-0.1, 0.049]]);
    const east = polygon([[0.1, 0], ...border, [0.1, 0.049]]);
    const { coordinates } = JSON.parse(String(polygonsArraySimplify(`[${west},${east}]`, 50))) as {
      coordinates: Place[][][];
    };
    const [one, other] = coordinates.map(([ring]) => ring!.slice(1).map(String));
    expect(one!.filter((corner) => other!.includes(corner))).toHaveLength(2);
    expect([one!.length, other!.length]).toEqual([4, 4]);
  });
});
