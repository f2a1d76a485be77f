import type { Row } from '../../ingest/connector.js';
import { TARGETS } from './columns.js';
import { detach } from './detach.js';
import { readHeader } from './parse.js';

/** What a CEF header says, kept between events: most repeat a header that was met before. */
export interface Product {
  /** The length of the header in the line; the extension follows it. */
  readonly length: number;
  /** True when `in=` and `out=` stand the wrong way round. */
  readonly swapped: boolean;
  /**
   * A row with the header's columns filled and, without values, all columns that events of this header have had. Rows start as
   * copies of it: giving an object its properties one by one costs several times more than copying one that has them.
   */
  template: Row;
  /** 1 for each target whose column the template has. */
  readonly shaped: Uint8Array;
}

/** Finds the header at an offset of a line. Throws `Reject` when it is broken. */
export type FindProduct = (line: string, at: number) => Product;

/** @param unswap whether PAN-OS's swapped byte counts are to be put right */
export function productFinder(unswap: boolean): FindProduct {
  const products = new Map<string, Product>();
  let text = '\0';
  let product: Product;
  return (line, at) => {
    if (line.slice(at, at + text.length) === text) return product;
    const { extension } = readHeader(line, at);
    let header = line.slice(at, extension);
    const known = products.get(header);
    if (known) product = known;
    else {
      header = detach(header);
      product = makeProduct(readHeader(header, 0).fields, header.length, unswap);
      if (products.size >= 5000) products.clear();
      products.set(header, product);
    }
    // A header that ends the line could be the beginning of a longer one.
    text = extension < line.length ? header : '\0';
    return product;
  };
}

function makeProduct(fields: readonly string[], length: number, unswap: boolean): Product {
  const [vendor, product, version, classId, name, severity] = fields;
  return {
    length,
    swapped: unswap && isPanOs(vendor!, product!),
    template: {
      TimeGenerated: null,
      Computer: null,
      DeviceVendor: vendor,
      DeviceProduct: product,
      DeviceVersion: version,
      DeviceEventClassID: classId,
      Activity: name,
      LogSeverity: severity,
      AdditionalExtensions: null,
    },
    shaped: new Uint8Array(TARGETS),
  };
}

/**
 * Palo Alto's CEF template for PAN-OS writes `in=$bytes_sent out=$bytes_received`, the client's view turned round. Cortex
 * Data Lake / Strata Logging Service (product `LF`, Prisma Access too) writes `out` for the bytes sent, as CEF means it.
 */
const isPanOs = (vendor: string, product: string): boolean =>
  /^palo alto networks$/i.test(vendor) && /^pan-?os$/i.test(product);

/**
 * Gives a header's template the columns of a finished row. `JSON.parse` makes objects with fixed slots; V8 (12.4) would turn an
 * object that is given more than a dozen properties by computed names into a hash table, slow to copy and to read.
 */
export function reshape(product: Product, row: Row): void {
  const columns = Object.keys(row).map((column) => [column, product.template[column] ?? null]);
  product.template = JSON.parse(JSON.stringify(Object.fromEntries(columns)));
}
