import type { Connector } from '../../ingest/connector.js';
import { detect } from './detect.js';
import { WARNINGLIST_COLUMNS, WARNINGLIST_TABLE } from './misp/warninglist.js';
import { threatIntelParser } from './parse.js';
import { TABLE } from './row.js';

/** Indicators: STIX 2, MISP, and lists and tables of addresses, names, URLs and hashes. */
export const threatIntel: Connector = {
  name: 'threat-intel',
  title: 'Threat intelligence (STIX 2.0/2.1, MISP, lists and CSV feeds)',
  tables: [TABLE, WARNINGLIST_TABLE],
  framing: ['json', 'lines'],
  schemas: { [WARNINGLIST_TABLE]: WARNINGLIST_COLUMNS },
  settings: {
    provider: { default: '', help: 'IndicatorProvider of all rows, in place of the name that the source gives itself' },
    'default-validity-days': {
      default: 0,
      help: 'days after which an indicator without an end of its own expires; 0: never',
    },
  },
  detect,
  open: threatIntelParser,
};
