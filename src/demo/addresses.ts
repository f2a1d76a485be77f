/**
 * The address plan. Nothing here belongs to anyone: private ranges inside, and outside the ranges kept for
 * documentation (RFC 5737, RFC 3849) and benchmarks (RFC 2544), which stand in for the Internet.
 */
export const OWN = {
  /** What the head office's firewall translates to. */
  egress: '192.0.2.10',
  web: '192.0.2.20',
  mail: '192.0.2.25',
  branchEgress: '192.0.2.130',
  /** Prefix that the firewall translates the inner IPv6 prefix to (RFC 6296). */
  egress6: '2001:db8:c0de:1::10',
} as const;

/** Inner IPv6 prefix (a ULA, RFC 4193), one subnet a zone. */
export const inner6 = (subnet: string, host: number): string => `fd4e:7a11:20c0:${subnet}::${host.toString(16)}`;

/** Ordinary Internet services: 198.18.0.0/16, spread so that neighbours in rank are no neighbours in address. */
export function serviceAddress(rank: number): string {
  const place = (rank * 40_503 + 771) % 65_536;
  return `198.18.${place >> 8}.${place & 255}`;
}

/** The IPv6 address of a service. */
export const serviceAddress6 = (rank: number): string =>
  `2001:db8:5e:${(rank >> 8).toString(16)}::${((rank & 255) + 16).toString(16)}`;

/** Customers of the public web site: 198.19.0.0/17. */
export function customerAddress(index: number): string {
  const place = (index * 19_501 + 37) % 32_768;
  return `198.19.${place >> 8}.${place & 255}`;
}

/** Machines that scan the Internet: 198.19.128.0/18. */
export function scannerAddress(index: number): string {
  const place = (index * 9_973 + 11) % 16_384;
  return `198.19.${128 + (place >> 8)}.${place & 255}`;
}
