import { isIP } from 'node:net';

/** Picks the addresses out of the dump of a packet, a line at a time. */
export interface DetailReader {
  /** The addresses of the answer section met so far, in order. */
  readonly addresses: string[];
  read(line: string): void;
}

/** More answers than any real packet holds. */
const MOST = 1000;

/** A reader for the lines that follow one PACKET line when the log is detailed. */
export function detailReader(): DetailReader {
  const addresses: string[] = [];
  let inAnswers = false;
  let isAddress = false;
  return {
    addresses,
    read(line) {
      const text = line.trim();
      const section = /^([A-Z]+) SECTION:?$/.exec(text)?.[1];
      if (section !== undefined) inAnswers = section === 'ANSWER';
      else if (!inAnswers) return;
      else if (text.startsWith('TYPE')) isAddress = /^TYPE\s+(?:A|AAAA)\s/.test(`${text} `);
      else if (isAddress && text.startsWith('DATA') && addresses.length < MOST) {
        const data = text.slice(4).trim();
        if (isIP(data) !== 0) addresses.push(data);
      }
    },
  };
}
