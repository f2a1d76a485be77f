import { estimate } from './hll-estimate.js';

/**
 * A set of 64-bit hashes that knows how many it holds: the hashes themselves while they are few, then HyperLogLog's registers.
 * As JSON, as far as Kusto's is known: `[[most hashes, bits], ["hash", …], []]`, or `[[…], [], "registers"]`
 * with a character for each register (`A` for 0, as in base64).
 */
export interface Hll {
  readonly most: number;
  readonly bits: number;
  readonly hashes?: ReadonlySet<bigint>;
  readonly registers?: Uint8Array;
}

/** The hashes kept before registers take over, and the register numbers' bits, by Kusto's accuracy levels 0 to 4. */
const ACCURACIES = [
  { most: 1024, bits: 12 },
  { most: 1024, bits: 14 },
  { most: 8192, bits: 16 },
  { most: 8192, bits: 17 },
  { most: 8192, bits: 18 },
] as const;
const SIGNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** A hash as its upper and lower 32 bits: numbers, which are reckoned with faster than bigints. */
type Halves = readonly [high: number, low: number];

const halvesOf = (hash: bigint): Halves => [Number(BigInt.asIntN(32, hash >> 32n)), Number(BigInt.asUintN(32, hash))];
const hashOf = ([high, low]: Halves): bigint => (BigInt(high) << 32n) | BigInt(low);

/** The sketch of different hashes, given as halves one after the other. Null for an accuracy that isn't 0 to 4. */
export function hllOf(halves: readonly number[], accuracy: number): Hll | null {
  const shape = ACCURACIES[accuracy];
  if (!shape) return null;
  const pairs = (function* (): Generator<Halves> {
    for (let i = 0; i + 1 < halves.length; i += 2) yield [halves[i]!, halves[i + 1]!];
  })();
  return halves.length <= 2 * shape.most
    ? { ...shape, hashes: new Set([...pairs].map(hashOf)) }
    : { ...shape, registers: registersOf(shape.bits, pairs) };
}

/** The registers of these hashes: each holds the longest run of zeros (plus one) behind the bits that number it. */
function registersOf(bits: number, hashes: Iterable<Halves>): Uint8Array {
  const registers = new Uint8Array(2 ** bits);
  for (const [high, low] of hashes) {
    const head = (high << bits) | (low >>> (32 - bits));
    const run = head !== 0 ? Math.clz32(head) : 32 + Math.min(Math.clz32(low << bits), 32 - bits);
    const at = high >>> (32 - bits);
    if (run >= registers[at]!) registers[at] = run + 1;
  }
  return registers;
}

/** All sketches as one; null for none, or when they are of different accuracies. */
export function mergeHlls(sketches: readonly Hll[]): Hll | null {
  const [first] = sketches;
  if (!first || sketches.some((of) => of.bits !== first.bits)) return null;
  const { most, bits } = first;
  const hashes = new Set(sketches.flatMap((of) => [...(of.hashes ?? [])]));
  if (hashes.size <= most && sketches.every((of) => of.hashes)) return { most, bits, hashes };
  const registers = registersOf(bits, [...hashes].map(halvesOf));
  for (const { registers: more = [] } of sketches) {
    for (let i = 0; i < more.length; i++) if (more[i]! > registers[i]!) registers[i] = more[i]!;
  }
  return { most, bits, registers };
}

/** How many different values went in: exact while the hashes are kept. */
export const countHll = ({ bits, hashes, registers }: Hll): number =>
  hashes ? hashes.size : Math.round(estimate(bits, registers!));

export function hllJson({ most, bits, hashes, registers }: Hll): string {
  const kept = hashes ? [...hashes].map((hash) => `"${hash}"`).join(',') : '';
  const signs = registers ? `"${Array.from(registers, (register) => SIGNS[register]).join('')}"` : '[]';
  return `[[${most},${bits}],[${kept}],${signs}]`;
}

/** The sketch in a JSON value, or in a text that holds one; undefined when it is none. */
export function readHll(json: unknown): Hll | undefined {
  const value: unknown = typeof json === 'string' ? parsed(json) : json;
  if (typeof value === 'string') return value.startsWith('[') ? readHll(value) : undefined;
  if (!Array.isArray(value)) return undefined;
  const [shape, hashes, signs] = value as [unknown, unknown, unknown];
  if (!Array.isArray(shape) || !Array.isArray(hashes)) return undefined;
  const [most, bits] = shape as [unknown, unknown];
  if (typeof most !== 'number' || typeof bits !== 'number' || !(bits >= 4 && bits <= 18)) return undefined;
  if (typeof signs === 'string') {
    return signs.length === 2 ** bits
      ? { most, bits, registers: Uint8Array.from(signs, (of) => SIGNS.indexOf(of)) }
      : undefined;
  }
  if (!hashes.every((of) => /^-?\d{1,20}$/.test(String(of)))) return undefined;
  return { most, bits, hashes: new Set(hashes.map((of) => BigInt(String(of)))) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
