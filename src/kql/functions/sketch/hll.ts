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

/** The sketch of some hashes (repeated ones count once). Null for an accuracy that isn't 0 to 4. */
export function hllOf(hashes: Iterable<bigint>, accuracy: number): Hll | null {
  const shape = ACCURACIES[accuracy];
  return shape ? packed(shape, new Set(hashes)) : null;
}

function packed({ most, bits }: Pick<Hll, 'most' | 'bits'>, hashes: ReadonlySet<bigint>): Hll {
  return hashes.size <= most ? { most, bits, hashes } : { most, bits, registers: added(bits, undefined, hashes) };
}

/** The registers after these hashes: each holds the longest run of zeros (plus one) behind the bits that number it. */
function added(bits: number, before: Uint8Array | undefined, hashes: Iterable<bigint>): Uint8Array {
  const registers = before ? Uint8Array.from(before) : new Uint8Array(2 ** bits);
  for (const hash of hashes) {
    const high = Number(BigInt.asUintN(32, hash >> 32n));
    const low = Number(BigInt.asUintN(32, hash));
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
  if (sketches.every((of) => of.hashes)) return packed(first, new Set(sketches.flatMap((of) => [...of.hashes!])));
  const registers = new Uint8Array(2 ** first.bits);
  for (const { hashes, registers: own } of sketches) {
    const more = own ?? added(first.bits, undefined, hashes!);
    for (let i = 0; i < more.length; i++) if (more[i]! > registers[i]!) registers[i] = more[i]!;
  }
  return { most: first.most, bits: first.bits, registers };
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
