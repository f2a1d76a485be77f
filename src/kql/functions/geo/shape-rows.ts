import { scalars } from '../registry.js';
import { lineBuffer, pointBuffer, polygonBuffer } from './buffer.js';
import { lineDensify, polygonDensify } from './densify.js';
import { lineMeetsPolygon, linesMeet, polygonsMeet } from './meetings.js';
import { geoRow } from './row.js';
import { lineSimplify, polygonSimplify, polygonsArraySimplify } from './simplify.js';
import { linesIntersection, linesUnion, lineWithPolygon, polygonsIntersection, polygonsUnion } from './unions.js';
import { wktToGeojson } from './wkt.js';

const place = ['real', 'real'] as const;
const two = ['dynamic', 'dynamic'] as const;
const LINE = 'dynamic({"type":"LineString","coordinates":[[-1,0],[3,0]]})';
const UP = 'dynamic({"type":"LineString","coordinates":[[1,-1],[1,1]]})';
const square = (x: number): string =>
  `dynamic({"type":"Polygon","coordinates":[[[${x},-1],[${x + 2},-1],[${x + 2},1],[${x},1],[${x},-1]]]})`;
const SIMPLIFYING =
  'Vertices are chosen as S2 chooses them; where distant parts of a shape come near each other the result may differ.';
const RADIUS = 'A radius of 10,000 km or more is refused.';

/** Shapes made of other shapes. */
export const SHAPES = scalars(
  (
    [
      {
        name: 'geo_intersects_2lines',
        args: two,
        returns: 'bool',
        js: linesMeet,
        examples: [[`geo_intersects_2lines(${LINE}, ${UP})`, 'True']],
      },
      {
        name: 'geo_intersects_line_with_polygon',
        args: two,
        returns: 'bool',
        js: lineMeetsPolygon,
        examples: [[`geo_intersects_line_with_polygon(${LINE}, ${square(0)})`, 'True']],
      },
      {
        name: 'geo_intersects_2polygons',
        args: two,
        returns: 'bool',
        js: polygonsMeet,
        examples: [
          [`geo_intersects_2polygons(${square(0)}, ${square(1)})`, 'True'],
          [`geo_intersects_2polygons(${square(0)}, ${square(5)})`, 'False'],
        ],
      },
      {
        name: 'geo_intersection_2lines',
        args: two,
        returns: 'dynamic',
        js: linesIntersection,
        examples: [[`geo_intersection_2lines(${LINE}, ${UP})`, '{"type":"Point","coordinates":[1,0]}']],
      },
      {
        name: 'geo_intersection_line_with_polygon',
        args: two,
        returns: 'dynamic',
        js: lineWithPolygon,
        examples: [
          [
            `toscalar(print r = geo_intersection_line_with_polygon(${LINE}, ${square(0)}) | project r.type)`,
            'LineString',
          ],
          [
            `geo_intersection_line_with_polygon(${LINE}, ${square(5)})`,
            '{"type":"GeometryCollection","geometries":[]}',
          ],
        ],
      },
      {
        name: 'geo_intersection_2polygons',
        args: two,
        returns: 'dynamic',
        js: polygonsIntersection,
        examples: [[`geo_intersection_2polygons(${square(0)}, ${square(1)}).type`, 'Polygon']],
      },
      {
        name: 'geo_union_polygons_array',
        args: ['dynamic'],
        returns: 'dynamic',
        js: polygonsUnion,
        examples: [
          [`geo_union_polygons_array(pack_array(${square(0)}, ${square(1)})).type`, 'Polygon'],
          [`geo_union_polygons_array(pack_array(${square(0)}, ${square(5)})).type`, 'MultiPolygon'],
        ],
      },
      {
        name: 'geo_union_lines_array',
        args: ['dynamic'],
        returns: 'dynamic',
        js: linesUnion,
        examples: [
          [
            'array_length(geo_union_lines_array(dynamic([{"type":"LineString","coordinates":[[0,0],[1,0],[1,1]]},{"type":"LineString","coordinates":[[1,0],[1,1],[2,1]]}])).coordinates)',
            '4',
          ],
          [`geo_union_lines_array(pack_array(${LINE}, ${UP})).type`, 'MultiLineString'],
        ],
      },
      {
        name: 'geo_point_buffer',
        args: [...place, 'real', ['real', '10']],
        returns: 'dynamic',
        js: pointBuffer,
        differs: RADIUS,
        examples: [
          ['array_length(geo_point_buffer(1, 1, 1000).coordinates[0])', '24'],
          ['isnull(geo_point_buffer(1, 1, -1))', 'True'],
        ],
      },
      {
        name: 'geo_line_buffer',
        args: ['dynamic', 'real', ['real', '10']],
        returns: 'dynamic',
        js: lineBuffer,
        differs: RADIUS,
        examples: [[`round(geo_polygon_area(geo_line_buffer(${UP}, 1000)) / 1e6, 2)`, '447.93']],
      },
      {
        name: 'geo_polygon_buffer',
        args: ['dynamic', 'real', ['real', '10']],
        returns: 'dynamic',
        js: polygonBuffer,
        differs: RADIUS,
        examples: [[`round(geo_polygon_area(geo_polygon_buffer(${square(0)}, 1000)) / 1e6, 2)`, '50352.6']],
      },
      {
        name: 'geo_line_densify',
        args: ['dynamic', ['real', '10'], ['bool', 'false']],
        returns: 'dynamic',
        js: lineDensify,
        examples: [
          [
            'array_length(geo_line_densify(dynamic({"type":"LineString","coordinates":[[50,50],[51,51]]})).coordinates)',
            '9',
          ],
          ['isnull(geo_line_densify(dynamic({"type":"LineString","coordinates":[[1,1],[2,2]]}), 0))', 'True'],
        ],
      },
      {
        name: 'geo_polygon_densify',
        args: ['dynamic', ['real', '10'], ['bool', 'false']],
        returns: 'dynamic',
        js: polygonDensify,
        examples: [[`array_length(geo_polygon_densify(${square(0)}).coordinates[0])`, '7']],
      },
      {
        name: 'geo_line_simplify',
        args: ['dynamic', ['real', '10']],
        returns: 'dynamic',
        js: lineSimplify,
        differs: SIMPLIFYING,
        examples: [
          [
            'geo_line_simplify(dynamic({"type":"LineString","coordinates":[[0,0],[0.001,0.00001],[0.002,0]]}))',
            '{"type":"LineString","coordinates":[[0,0],[0.002,0]]}',
          ],
          [
            'isnull(geo_line_simplify(dynamic({"type":"LineString","coordinates":[[1.1,1.1],[1.2,1.2]]}), 100000))',
            'True',
          ],
        ],
      },
      {
        name: 'geo_polygon_simplify',
        args: ['dynamic', ['real', '10']],
        returns: 'dynamic',
        js: polygonSimplify,
        differs: SIMPLIFYING,
        examples: [[`isnull(geo_polygon_simplify(${square(0)}, 1000000))`, 'True']],
      },
      {
        name: 'geo_simplify_polygons_array',
        args: ['dynamic', ['real', '10']],
        returns: 'dynamic',
        js: polygonsArraySimplify,
        differs: SIMPLIFYING,
        examples: [[`geo_simplify_polygons_array(pack_array(${square(0)}, ${square(5)})).type`, 'MultiPolygon']],
      },
      {
        name: 'geo_from_wkt',
        args: ['string'],
        returns: 'dynamic',
        js: wktToGeojson,
        examples: [
          ['geo_from_wkt("LINESTRING (1 2, 3 4.5)")', '{"type":"LineString","coordinates":[[1,2],[3,4.5]]}'],
          ['isnull(geo_from_wkt("LINESTRING"))', 'True'],
        ],
      },
    ] as const
  ).map(geoRow),
);
