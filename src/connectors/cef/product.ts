import { type ByteText, byteText, sameBytes } from '../../util/byte-text.js';
import { readHeader } from './parse.js';

/** What a CEF header says, kept between events: most repeat a header that was met before. */
export interface Product {
  /** The header as it stands in the line; the extension follows it. */
  readonly text: ByteText;
  /** Vendor, product, version, class id, name, severity as UTF-8. */
  readonly fields: readonly ByteText[];
  /** True when `in=` and `out=` stand the wrong way round. */
  readonly swapped: boolean;
}

/** Finds the header at an offset of a line. Throws `Reject` when it is broken. */
export type FindProduct = (source: ByteText, at: number, end: number) => Product;

/** Headers tried before the line's own is read: what one device sends in a row has few. */
const RECENT = 8;

/** @param unswap whether PAN-OS's swapped byte counts are to be put right */
export function productFinder(unswap: boolean): FindProduct {
  const recent: Product[] = [];
  const products = new Map<string, Product>();
  return (source, at, end) => {
    for (let i = 0; i < recent.length; i++) {
      const product = recent[i]!;
      const { length } = product.text.bytes;
      if (at + length > end || !sameBytes(source.view, at, product.text.view, 0, length)) continue;
      if (i > 0) {
        recent[i] = recent[i - 1]!;
        recent[i - 1] = product;
      }
      return product;
    }
    const { fields, extension } = readHeader(source, at, end);
    const header = source.bytes.toString('latin1', at, extension);
    const known = products.get(header);
    const product = known ?? makeProduct(Buffer.from(source.bytes.subarray(at, extension)), fields, unswap);
    // a header that ends the line could be the beginning of a longer one
    if (extension === end) return product;
    if (!known) {
      if (products.size >= 5000) products.clear();
      products.set(header, product);
    }
    if (recent.length >= RECENT) recent.pop();
    recent.push(product);
    return product;
  };
}

function makeProduct(bytes: Buffer, fields: readonly string[], unswap: boolean): Product {
  const swapped = unswap && isPanOs(fields[0]!, fields[1]!);
  return { text: byteText(bytes), fields: fields.map((field) => byteText(Buffer.from(field))), swapped };
}

/**
 * Palo Alto's CEF template for PAN-OS writes `in=$bytes_sent out=$bytes_received`, the client's view turned round. Cortex
 * Data Lake / Strata Logging Service (product `LF`, Prisma Access too) writes `out` for the bytes sent, as CEF means it.
 */
const isPanOs = (vendor: string, product: string): boolean =>
  /^palo alto networks$/i.test(vendor) && /^pan-?os$/i.test(product);
