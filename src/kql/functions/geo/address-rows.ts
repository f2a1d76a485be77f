import { scalars } from '../registry.js';

/** Where addresses are: a question for a database that Trawl does not have. */
export const ADDRESS_PLACES = scalars([
  {
    name: 'geo_info_from_ip_address',
    args: ['string'],
    returns: 'dynamic',
    duckdb: 'CAST(NULL AS JSON)',
    warning: {
      code: 'no-geo-database',
      message:
        'geo_info_from_ip_address() gave null: there is no database of the places of addresses here. Conditions on countries or cities match no row, or every row if they ask for missing values.',
    },
    differs: 'Always null, with a warning: there is no database of the places of addresses here.',
    examples: [['isnull(geo_info_from_ip_address("192.0.2.1"))', 'True']],
  },
]);
