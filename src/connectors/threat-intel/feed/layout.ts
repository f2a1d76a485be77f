import { observe } from '../observable.js';
import { tlp } from '../row.js';
import { cellsOf, SEPARATORS } from './cells.js';
import { fieldOf, isFeedHeader, kindOf } from './fields.js';
import { feedTime } from './time.js';

/** How a feed's lines are cut and what its columns are. */
export interface Layout {
  readonly separator: string;
  readonly header: readonly string[];
}

/** The layout that a line of column names gives; null when it is none. */
export function headerLayout(line: string): Layout | null {
  for (const separator of SEPARATORS) {
    const cells = cellsOf(line, separator);
    if (!cells || (cells.length < 2 && separator !== SEPARATORS[0])) continue;
    if (cells.length === 1 && !isSingleName(cells[0]!)) continue;
    if (isFeedHeader(cells) && !cells.some((cell) => observe(cell) !== null)) return { separator, header: cells };
  }
  return null;
}

function isSingleName(cell: string): boolean {
  const field = fieldOf(cell);
  return field !== undefined && 'value' in field;
}

const THREAT =
  /^(?:malware|phish(?:ing)?|c2|c&c|c2 server|botnet|botnet_cc|ransomware|trojan|payload|payload_delivery|malicious.*|.*-activity|exploit.*|scanner|spam)$/i;

/** The layout told from a row without a header: the first cell that is an indicator, and what its neighbours look like. */
export function guessedLayout(line: string): Layout | null {
  for (const separator of SEPARATORS) {
    const cells = cellsOf(line, separator);
    if (!cells || cells.length < 2) continue;
    const indicator = cells.findIndex((cell) => observe(cell) !== null);
    if (indicator < 0) continue;
    const taken = new Set<string>();
    const once = (name: string, at: number): string => {
      const free = !taken.has(name);
      taken.add(name);
      return free ? name : `column${at + 1}`;
    };
    const last = cells.findLastIndex((cell) => / /.test(cell) && feedTime(cell) === null);
    const header = cells.map((cell, at) => {
      if (at === indicator) return 'indicator';
      if (kindOf(cell) !== undefined) return once('type', at);
      if (tlp(cell) !== '') return once('tlp', at);
      if (feedTime(cell) !== null && !/^\d+$/.test(cell))
        return once(taken.has('first_seen') ? 'last_seen' : 'first_seen', at);
      if (THREAT.test(cell)) return once('threat_type', at);
      return at === last ? once('description', at) : `column${at + 1}`;
    });
    return { separator, header };
  }
  return null;
}

/** True when a guessed layout names the kind of its values: only then is a table without a header surely a feed. */
export const isSure = (layout: Layout): boolean => layout.header.includes('type');
