/** A step of a path into a dynamic value: a property's name or an element's number. */
export type PathStep = string | number;

const STEP = /\.([^.[\]]+)|\[(\d+)\]|\['((?:[^'\\]|\\.)*)'\]|\["((?:[^"\\]|\\.)*)"\]/y;

/** The steps of `$.a.b[0]['c d']`, or undefined when the text is no path. */
export function pathSteps(path: string): PathStep[] | undefined {
  if (!path.startsWith('$')) return undefined;
  const steps: PathStep[] = [];
  for (let at = 1; at < path.length; ) {
    STEP.lastIndex = at;
    const found = STEP.exec(path);
    if (!found) return undefined;
    const [whole, plain, index, single, double] = found;
    steps.push(index !== undefined ? Number(index) : (plain ?? (single ?? double!).replace(/\\(.)/gs, '$1')));
    at += whole.length;
  }
  return steps;
}

/**
 * DuckDB's path to a property: a JSON pointer, which takes any name as it is. A name of digits alone would be an element's
 * number there, so it goes as a quoted name.
 */
export const propertyPath = (name: string): string =>
  /^\d+$/.test(name) ? `$."${name}"` : `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** DuckDB's path to an element of an array, counted from its end when negative. */
export const elementPath = (index: bigint): string => `$[${index < 0n ? `#${index}` : index}]`;

/** The path of one after the other; undefined where DuckDB has no writing for it. */
export function joinedPath(outer: string, inner: string): string | undefined {
  if (outer.startsWith('/') && inner.startsWith('/')) return outer + inner;
  const [a, b] = [dollarPath(outer), dollarPath(inner)];
  return a !== undefined && b !== undefined ? a + b.slice(1) : undefined;
}

/** A pointer of plain names in DuckDB's other writing. */
function dollarPath(path: string): string | undefined {
  if (path.startsWith('$')) return path;
  return /^(?:\/[\w .:@#$-]+)+$/.test(path)
    ? `$${path
        .slice(1)
        .split('/')
        .map((name) => `."${name}"`)
        .join('')}`
    : undefined;
}

/** SQL of what stands at these steps in the JSON value `sql`. */
export function atSteps(sql: string, steps: readonly PathStep[], quote: (text: string) => string): string {
  return steps.reduce<string>(
    (value, step) => `json_extract(${value}, ${quote(typeof step === 'number' ? `$[${step}]` : propertyPath(step))})`,
    sql,
  );
}
