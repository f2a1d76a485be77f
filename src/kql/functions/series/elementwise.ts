import { scalars } from '../registry.js';
import { type Point, pairsOf, pointsJson, pointsOf, realsJson } from './values.js';

const one = { args: ['dynamic'], returns: 'dynamic' } as const;
const two = { args: ['dynamic', 'dynamic'], returns: 'dynamic' } as const;

/** Functions of each point; `example` is what `[1, 2]` gives unless another series is named. */
const UNARY: readonly (readonly [name: string, of: (x: number) => number, example: string, series?: string])[] = [
  ['abs', Math.abs, '[1,2]', '[-1, 2]'],
  ['sign', Math.sign, '[-1,1]', '[-5, 2]'],
  ['ceiling', Math.ceil, '[2,3]', '[1.5, 3]'],
  ['floor', Math.floor, '[1,3]', '[1.5, 3]'],
  ['exp', Math.exp, '[1,2.718281828459045]', '[0, 1]'],
  ['log', Math.log, '[0,0.6931471805599453]'],
  ['sin', Math.sin, '[0]', '[0]'],
  ['cos', Math.cos, '[1]', '[0]'],
  ['tan', Math.tan, '[0]', '[0]'],
  ['asin', Math.asin, '[0]', '[0]'],
  ['acos', Math.acos, '[0]', '[1]'],
  ['atan', Math.atan, '[0]', '[0]'],
];

const BINARY: readonly (readonly [name: string, of: (x: number, y: number) => number | boolean, example: string])[] = [
  ['add', (x, y) => x + y, '[5,5,7]'],
  ['subtract', (x, y) => x - y, '[-3,-1,1]'],
  ['multiply', (x, y) => x * y, '[4,6,12]'],
  ['greater', (x, y) => x > y, '[false,false,true]'],
  ['greater_equals', (x, y) => x >= y, '[false,false,true]'],
  ['less', (x, y) => x < y, '[true,true,false]'],
  ['less_equals', (x, y) => x <= y, '[true,true,false]'],
  ['equals', (x, y) => x === y, '[false,false,false]'],
  ['not_equals', (x, y) => x !== y, '[true,true,true]'],
];
const REAL_BINARY: readonly (readonly [name: string, of: (x: number, y: number) => number, example: string])[] = [
  ['divide', (x, y) => x / y, '[0.25,0.6666666666666666,1.3333333333333333]'],
  ['pow', (x, y) => x ** y, '[1,8,64]'],
];

const keepsWhole = new Set(['abs', 'sign']);

/** What is done to each point of one series, or to the points of two side by side. */
export const ELEMENTWISE_SERIES = scalars([
  ...UNARY.map(([name, of, example, series = '[1, 2]']) => ({
    name: `series_${name}`,
    ...one,
    js: (json: string | bigint | number | boolean | null) => {
      const points = pointsOf(json)?.map((point) => (point === null ? null : of(point)));
      return points ? (keepsWhole.has(name) ? pointsJson(points) : realsJson(points)) : null;
    },
    examples: [[`series_${name}(dynamic(${series}))`, example]] as const,
  })),
  ...BINARY.map(([name, of, example]) => ({
    name: `series_${name}`,
    ...two,
    js: (...operands: readonly (string | bigint | number | boolean | null)[]) =>
      side(operands, of, (points) => pointsJson(points)),
    examples: [[`series_${name}(dynamic([1, 2, 4]), dynamic([4, 3, 3]))`, example]] as const,
  })),
  ...REAL_BINARY.map(([name, of, example]) => ({
    name: `series_${name}`,
    ...two,
    js: (...operands: readonly (string | bigint | number | boolean | null)[]) =>
      side(operands, of, (points) => realsJson(points as Point[])),
    examples: [[`series_${name}(dynamic([1, 2, 4]), dynamic([4, 3, 3]))`, example]] as const,
  })),
]);

function side(
  [a, b]: readonly (string | bigint | number | boolean | null)[],
  of: (x: number, y: number) => number | boolean,
  write: (points: (Point | boolean)[]) => string,
): string | null {
  const pairs = pairsOf(a, b);
  return pairs && write(pairs.map(([x, y]) => (x === null || y === null ? null : of(x, y))));
}
