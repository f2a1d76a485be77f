import { isIP } from 'node:net';

/** A public address of an aggregated flow; bytes are null where the entry doesn't say them. */
export interface PublicAddress {
  readonly address: string;
  readonly bytesSent: number | null;
  readonly bytesReceived: number | null;
}

/**
 * The entries of a column of public addresses: `address|started|ended|packets out|packets in|bytes out|bytes in`, separated by
 * blanks, or addresses alone, also as the text of a list.
 */
export function publicAddresses(text: string): PublicAddress[] {
  const entries: PublicAddress[] = [];
  for (const entry of text.split(/[\s,;'"[\]]+/)) {
    const [address = '', , , , , sent, received] = entry.split('|');
    if (isIP(address) > 0) entries.push({ address, bytesSent: number(sent), bytesReceived: number(received) });
  }
  return entries;
}

const number = (text: string | undefined): number | null => (text && /^\d{1,15}$/.test(text) ? Number(text) : null);
