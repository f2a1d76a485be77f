import { type Cell, realsJson, wholeSeries } from './values.js';

export interface Complex {
  readonly real: Float64Array;
  readonly imaginary: Float64Array;
}

/** The discrete Fourier transform of any length; powers of two in n·log n, others by Bluestein's convolution. */
export function fourier({ real, imaginary }: Complex, inverse = false): Complex {
  const n = real.length;
  const result = (n & (n - 1)) === 0 ? radix2(real, imaginary, inverse) : bluestein(real, imaginary, inverse);
  return inverse ? { real: result.real.map((v) => v / n), imaginary: result.imaginary.map((v) => v / n) } : result;
}

function radix2(re: Float64Array, im: Float64Array, inverse: boolean): Complex {
  const n = re.length;
  const [real, imaginary] = [new Float64Array(n), new Float64Array(n)];
  const bits = Math.log2(n);
  for (let i = 0; i < n; i++) {
    let j = 0;
    for (let bit = 0; bit < bits; bit++) j |= ((i >> bit) & 1) << (bits - 1 - bit);
    real[j] = re[i]!;
    imaginary[j] = im[i]!;
  }
  for (let size = 2; size <= n; size *= 2) {
    const half = size / 2;
    for (let k = 0; k < half; k++) {
      const angle = ((inverse ? 2 : -2) * Math.PI * k) / size;
      const [c, s] = [Math.cos(angle), Math.sin(angle)];
      for (let start = k; start < n; start += size) {
        const end = start + half;
        const [r, i] = [real[end]! * c - imaginary[end]! * s, real[end]! * s + imaginary[end]! * c];
        real[end] = real[start]! - r;
        imaginary[end] = imaginary[start]! - i;
        real[start]! += r;
        imaginary[start]! += i;
      }
    }
  }
  return { real, imaginary };
}

function bluestein(re: Float64Array, im: Float64Array, inverse: boolean): Complex {
  const n = re.length;
  const size = 2 ** Math.ceil(Math.log2(2 * n));
  const chirp = Array.from({ length: n }, (_, i) => {
    const angle = ((inverse ? 1 : -1) * Math.PI * ((i * i) % (2 * n))) / n;
    return { c: Math.cos(angle), s: Math.sin(angle) };
  });
  const zeros = (): { real: Float64Array; imaginary: Float64Array } => ({
    real: new Float64Array(size),
    imaginary: new Float64Array(size),
  });
  const [a, b, product] = [zeros(), zeros(), zeros()];
  for (let i = 0; i < n; i++) {
    const { c, s } = chirp[i]!;
    a.real[i] = re[i]! * c - im[i]! * s;
    a.imaginary[i] = re[i]! * s + im[i]! * c;
    for (const at of i === 0 ? [0] : [i, size - i]) {
      b.real[at] = c;
      b.imaginary[at] = -s;
    }
  }
  const [fa, fb] = [radix2(a.real, a.imaginary, false), radix2(b.real, b.imaginary, false)];
  for (let i = 0; i < size; i++) {
    product.real[i] = fa.real[i]! * fb.real[i]! - fa.imaginary[i]! * fb.imaginary[i]!;
    product.imaginary[i] = fa.real[i]! * fb.imaginary[i]! + fa.imaginary[i]! * fb.real[i]!;
  }
  const back = radix2(product.real, product.imaginary, true);
  const result = { real: new Float64Array(n), imaginary: new Float64Array(n) };
  for (let i = 0; i < n; i++) {
    const { c, s } = chirp[i]!;
    const [r, m] = [back.real[i]! / size, back.imaginary[i]! / size];
    result.real[i] = r * c - m * s;
    result.imaginary[i] = r * s + m * c;
  }
  return result;
}

/** `series_fft` and `series_ifft`: the real and the imaginary series. */
export const seriesFourier =
  (inverse: boolean) =>
  (real: Cell, imaginary?: Cell): string | null => {
    const re = wholeSeries(real);
    const im = imaginary === null || imaginary === undefined ? re?.map(() => 0) : wholeSeries(imaginary);
    if (!re || !im || re.length !== im.length || re.length === 0) return null;
    const result = fourier({ real: Float64Array.from(re), imaginary: Float64Array.from(im) }, inverse);
    return `[${realsJson([...result.real])},${realsJson([...result.imaginary])}]`;
  };
