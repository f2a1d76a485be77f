/** A unit as its size in the quantity's base unit; `[size, zero]` for scales that start elsewhere. */
export type Unit = number | readonly [size: number, zero: number];
export type Units = Readonly<Record<string, Unit>>;

/** A value of one unit in another; undefined when a unit isn't of this quantity. */
export function convertUnit(units: Units, value: number, from: string, to: string): number | undefined {
  const [source, target] = [ownUnit(units, from), ownUnit(units, to)];
  if (!source || !target) return undefined;
  if (from === to) return value;
  return (value * source[0] + source[1] - target[1]) / target[0];
}

function ownUnit(units: Units, name: string): readonly [size: number, zero: number] | undefined {
  const unit = Object.hasOwn(units, name) ? units[name] : undefined;
  return typeof unit === 'number' ? [unit, 0] : unit;
}
