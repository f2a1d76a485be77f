import { scalars } from './registry.js';
import type { FindFunction } from './scan/evaluate.js';
import { scanRows } from './scan/exchange.js';

/** The state machine of `scan`; `find` gives the registry's rows, some of which it calls. */
export const scanParts = (find: FindFunction) =>
  scalars([
    {
      name: 'scan_rows',
      args: ['string', 'string'],
      returns: 'string',
      internal: true,
      js: (call, data) => scanRows(String(call), String(data), find),
      examples: [],
    },
  ]);
