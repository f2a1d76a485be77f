import { scalars } from '../registry.js';
import { lineToS2Cells, polygonToH3Cells, polygonToS2Cells } from './coverings.js';
import { geohashCentre, geohashNeighbors, geohashPolygon, pointToGeohash } from './geohash.js';
import * as h3 from './h3-cells.js';
import { geoRow } from './row.js';
import * as s2 from './s2-cells.js';

const place = ['real', 'real'] as const;
const SQUARE = 'dynamic({"type":"Polygon","coordinates":[[[0,0],[0.1,0],[0.1,0.1],[0,0.1],[0,0]]]})';

/** Grids over the Earth: geohash, S2 and H3 cells. */
export const GRIDS = scalars(
  (
    [
      {
        name: 'geo_point_to_geohash',
        args: [...place, ['long', '5']],
        returns: 'string',
        js: pointToGeohash,
        examples: [
          ['geo_point_to_geohash(-0.1, 51.5)', 'gcpuv'],
          ['geo_point_to_geohash(-0.1, 51.5, 8)', 'gcpuvxr1'],
          ['geo_point_to_geohash(1, 1, int(null))', ''],
        ],
      },
      {
        name: 'geo_geohash_to_central_point',
        args: ['string'],
        returns: 'dynamic',
        js: geohashCentre,
        examples: [
          ['geo_geohash_to_central_point("s0")', '{"type":"Point","coordinates":[5.625,2.8125]}'],
          ['isnull(geo_geohash_to_central_point("a"))', 'True'],
        ],
      },
      {
        name: 'geo_geohash_to_polygon',
        args: ['string'],
        returns: 'dynamic',
        js: geohashPolygon,
        examples: [
          ['geo_geohash_to_polygon("s")', '{"type":"Polygon","coordinates":[[[0,0],[45,0],[45,45],[0,45],[0,0]]]}'],
        ],
      },
      {
        name: 'geo_geohash_neighbors',
        args: ['string'],
        returns: 'dynamic',
        js: geohashNeighbors,
        differs: 'The order of the neighbors is ours.',
        examples: [['array_sort_asc(geo_geohash_neighbors("s0"))', '["7z","eb","ec","kp","kr","s1","s2","s3"]']],
      },
      {
        name: 'geo_point_to_s2cell',
        args: [...place, ['long', '11']],
        returns: 'string',
        js: s2.pointToCell,
        examples: [
          ['geo_point_to_s2cell(-0.1, 51.5)', '487604c'],
          ['geo_point_to_s2cell(1, 1, 35)', ''],
        ],
      },
      {
        name: 'geo_s2cell_to_central_point',
        args: ['string'],
        returns: 'dynamic',
        js: s2.cellCentre,
        examples: [['geo_s2cell_to_central_point("1")', '{"type":"Point","coordinates":[0,0]}']],
      },
      {
        name: 'geo_s2cell_to_polygon',
        args: ['string'],
        returns: 'dynamic',
        js: s2.cellPolygon,
        examples: [['array_length(geo_s2cell_to_polygon("487604").coordinates[0])', '5']],
      },
      {
        name: 'geo_s2cell_neighbors',
        args: ['string'],
        returns: 'dynamic',
        js: s2.cellNeighbors,
        differs: 'The order of the neighbors is that of the S2 library.',
        examples: [['array_length(geo_s2cell_neighbors("487604"))', '8']],
      },
      {
        name: 'geo_point_to_h3cell',
        args: [...place, ['long', '6']],
        returns: 'string',
        js: h3.pointToCell,
        examples: [
          ['geo_point_to_h3cell(-0.1, 51.5)', '86194ad37ffffff'],
          ['geo_point_to_h3cell(300, 1, 8)', ''],
        ],
      },
      {
        name: 'geo_h3cell_to_central_point',
        args: ['string'],
        returns: 'dynamic',
        js: h3.cellCentre,
        examples: [['round(todouble(geo_h3cell_to_central_point("86195da6fffffff").coordinates[1]), 3)', '51.567']],
      },
      {
        name: 'geo_h3cell_to_polygon',
        args: ['string'],
        returns: 'dynamic',
        js: h3.cellPolygon,
        examples: [['array_length(geo_h3cell_to_polygon("86195da6fffffff").coordinates[0])', '7']],
      },
      {
        name: 'geo_h3cell_neighbors',
        args: ['string'],
        returns: 'dynamic',
        js: h3.cellNeighbors,
        differs: 'The order of the neighbors is that of the H3 library.',
        examples: [['array_length(geo_h3cell_neighbors("86195da6fffffff"))', '6']],
      },
      {
        name: 'geo_h3cell_children',
        args: ['string', ['long', 'kql_js_geo_h3cell_level($1) + 1']],
        returns: 'dynamic',
        js: h3.cellChildren,
        examples: [
          ['array_length(geo_h3cell_children("86195da6fffffff"))', '7'],
          ['array_length(geo_h3cell_children("86195da6fffffff", 8))', '49'],
          ['isnull(geo_h3cell_children("86195da6fffffff", 12))', 'True'],
        ],
      },
      {
        name: 'geo_h3cell_parent',
        args: ['string', ['long', 'kql_js_geo_h3cell_level($1) - 1']],
        returns: 'string',
        js: h3.cellParent,
        examples: [
          ['geo_h3cell_parent("86195da6fffffff")', '85195da7fffffff'],
          ['geo_h3cell_parent("86195da6fffffff", 1)', '81197ffffffffff'],
          ['isempty(geo_h3cell_parent("86195da6fffffff", 7))', 'True'],
        ],
      },
      {
        name: 'geo_h3cell_level',
        args: ['string'],
        returns: 'int',
        js: h3.cellLevel,
        examples: [['geo_h3cell_level("86195da6fffffff")', '6']],
      },
      {
        name: 'geo_h3cell_rings',
        args: ['string', 'long'],
        returns: 'dynamic',
        js: h3.cellRings,
        examples: [
          ['array_length(geo_h3cell_rings("86195da6fffffff", 2)[2])', '12'],
          ['isnull(geo_h3cell_rings("86195da6fffffff", 150))', 'True'],
        ],
      },
      {
        name: 'geo_polygon_to_s2cells',
        args: ['dynamic', ['long', '11'], ['real', '0']],
        returns: 'dynamic',
        js: polygonToS2Cells,
        examples: [
          [`array_length(geo_polygon_to_s2cells(${SQUARE}))`, '16'],
          [`array_length(geo_polygon_to_s2cells(${SQUARE}, 10, 5000.0))`, '9'],
          [`isnull(geo_polygon_to_s2cells(${SQUARE}, 30))`, 'True'],
        ],
      },
      {
        name: 'geo_line_to_s2cells',
        args: ['dynamic', ['long', '11'], ['real', '0']],
        returns: 'dynamic',
        js: lineToS2Cells,
        examples: [
          [
            'geo_line_to_s2cells(dynamic({"type":"LineString","coordinates":[[0.01,0.01],[0.1,0.01]]}))',
            '["1000004","100000c","1000074"]',
          ],
        ],
      },
      {
        name: 'geo_polygon_to_h3cells',
        args: ['dynamic', ['long', '6'], ['real', '0']],
        returns: 'dynamic',
        js: polygonToH3Cells,
        differs: 'The order of the cells is that of the H3 library; with a radius the buffer is drawn to 10 m.',
        examples: [
          [
            `geo_polygon_to_h3cells(${SQUARE})`,
            '["86754e667ffffff","86754e297ffffff","86754e66fffffff","86754e29fffffff"]',
          ],
        ],
      },
    ] as const
  ).map(geoRow),
);
