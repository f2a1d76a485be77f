import { scalars } from './registry.js';

export const STRINGS = scalars([
  { name: 'tolower', args: ['string'], returns: 'string', duckdb: 'lower($1)', examples: [['tolower("AbC")', 'abc']] },
  { name: 'toupper', args: ['string'], returns: 'string', duckdb: 'upper($1)', examples: [['toupper("AbC")', 'ABC']] },
  { name: 'strlen', args: ['string'], returns: 'long', duckdb: 'length($1)', examples: [['strlen("héllo")', '5']] },
  {
    name: 'strcat',
    args: ['string'],
    returns: 'string',
    duckdb: (args) => `(${args.map((arg) => arg.sql).join(' || ')})`,
    examples: [['strcat("a", 1, true)', 'a1True']],
  },
]);
