import { scalars } from '../registry.js';
import {
  lineCentroid,
  lineInterpolate,
  lineLength,
  lineLocate,
  polygonArea,
  polygonCentroid,
  polygonPerimeter,
} from './measures.js';
import {
  angleBetween,
  azimuth,
  closestOnLine,
  closestOnPolygon,
  distance,
  distanceToLine,
  distanceToPolygon,
  isInCircle,
  isInPolygon,
} from './places.js';
import { geoRow } from './row.js';

const LINE = 'dynamic({"type":"LineString","coordinates":[[0,0],[2,0]]})';
const SQUARE = 'dynamic({"type":"Polygon","coordinates":[[[0,0],[2,0],[2,2],[0,2],[0,0]]]})';
const place = ['real', 'real'] as const;

/** Distances, angles and measures of places, lines and polygons. */
export const PLACES = scalars(
  (
    [
      {
        name: 'geo_distance_2points',
        args: [...place, ...place, ['bool', 'false']],
        returns: 'real',
        js: distance,
        examples: [
          ['round(geo_distance_2points(0, 0, 1, 0), 3)', '111195.101'],
          ['round(geo_distance_2points(0, 0, 1, 0, true), 3)', '111319.491'],
          ['isnull(geo_distance_2points(300, 1, 1, 1))', 'True'],
        ],
      },
      {
        name: 'geo_azimuth',
        args: [...place, ...place],
        returns: 'real',
        js: azimuth,
        examples: [
          ['round(degrees(geo_azimuth(0, 0, 1, 0)), 6)', '90.0'],
          ['isnull(geo_azimuth(5, 10, 5, 10))', 'True'],
        ],
      },
      {
        name: 'geo_angle',
        args: [...place, ...place, ...place],
        returns: 'real',
        js: angleBetween,
        examples: [['round(degrees(geo_angle(0, 1, 0, 0, 1, 0)), 6)', '90.0']],
      },
      {
        name: 'geo_point_in_circle',
        args: [...place, ...place, 'real'],
        returns: 'bool',
        js: isInCircle,
        examples: [
          ['geo_point_in_circle(0.01, 0, 0, 0, 2000)', 'True'],
          ['geo_point_in_circle(0.02, 0, 0, 0, 2000)', 'False'],
          ['isnull(geo_point_in_circle(1, 1, 1, 1, -1))', 'True'],
        ],
      },
      {
        name: 'geo_point_in_polygon',
        args: [...place, 'dynamic'],
        returns: 'bool',
        js: isInPolygon,
        examples: [
          [`geo_point_in_polygon(1, 1, ${SQUARE})`, 'True'],
          [`geo_point_in_polygon(3, 1, ${SQUARE})`, 'False'],
          [`isnull(geo_point_in_polygon(1, 100, ${SQUARE}))`, 'True'],
        ],
      },
      {
        name: 'geo_distance_point_to_line',
        args: [...place, 'dynamic'],
        returns: 'real',
        js: distanceToLine,
        examples: [[`round(geo_distance_point_to_line(1, 1, ${LINE}), 3)`, '111195.101']],
      },
      {
        name: 'geo_distance_point_to_polygon',
        args: [...place, 'dynamic'],
        returns: 'real',
        js: distanceToPolygon,
        examples: [
          [`round(geo_distance_point_to_polygon(1, -1, ${SQUARE}), 3)`, '111195.101'],
          [`geo_distance_point_to_polygon(1, 1, ${SQUARE})`, '0.0'],
        ],
      },
      {
        name: 'geo_closest_point_on_line',
        args: [...place, 'dynamic'],
        returns: 'dynamic',
        js: closestOnLine,
        examples: [[`geo_closest_point_on_line(5, 1, ${LINE})`, '{"type":"Point","coordinates":[2,0]}']],
      },
      {
        name: 'geo_closest_point_on_polygon',
        args: [...place, 'dynamic'],
        returns: 'dynamic',
        js: closestOnPolygon,
        examples: [[`geo_closest_point_on_polygon(-1, -1, ${SQUARE})`, '{"type":"Point","coordinates":[0,0]}']],
      },
      {
        name: 'geo_line_length',
        args: ['dynamic'],
        returns: 'real',
        js: lineLength,
        examples: [[`round(geo_line_length(${LINE}), 3)`, '222390.202']],
      },
      {
        name: 'geo_line_centroid',
        args: ['dynamic'],
        returns: 'dynamic',
        js: lineCentroid,
        examples: [[`round(todouble(geo_line_centroid(${LINE}).coordinates[0]), 9)`, '1.0']],
      },
      {
        name: 'geo_line_interpolate_point',
        args: ['dynamic', 'real'],
        returns: 'dynamic',
        js: lineInterpolate,
        examples: [[`round(todouble(geo_line_interpolate_point(${LINE}, 0.25).coordinates[0]), 9)`, '0.5']],
      },
      {
        name: 'geo_line_locate_point',
        args: ['dynamic', ...place, ['bool', 'false']],
        returns: 'real',
        js: lineLocate,
        examples: [
          [`round(geo_line_locate_point(${LINE}, 0.5, 0.1), 6)`, '0.25'],
          [`round(geo_line_locate_point(${LINE}, 0.5, 0.1, true), 6)`, '0.25'],
        ],
      },
      {
        name: 'geo_polygon_area',
        args: ['dynamic'],
        returns: 'real',
        js: polygonArea,
        examples: [[`round(geo_polygon_area(${SQUARE}) / 1e6, 3)`, '49452.374']],
      },
      {
        name: 'geo_polygon_perimeter',
        args: ['dynamic'],
        returns: 'real',
        js: polygonPerimeter,
        examples: [[`round(geo_polygon_perimeter(${SQUARE}), 3)`, '889425.322']],
      },
      {
        name: 'geo_polygon_centroid',
        args: ['dynamic'],
        returns: 'dynamic',
        js: polygonCentroid,
        examples: [[`round(todouble(geo_polygon_centroid(${SQUARE}).coordinates[0]), 9)`, '1.0']],
      },
    ] as const
  ).map(geoRow),
);
