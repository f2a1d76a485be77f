import { type SqlTemplate, scalars } from './registry.js';

/** Rounds down to a multiple of the size, counted from 0001-01-01 for times: ticks make that plain integer arithmetic. */
const bin: SqlTemplate = ([value, size], { type }) =>
  type === 'real' || type === 'decimal'
    ? `kql_bin_real(${value!.sql}, ${size!.sql})`
    : `kql_bin(${value!.sql}, ${size!.sql})`;

export const DATETIME = scalars([
  {
    name: 'bin',
    aliases: ['floor'],
    args: ['number', 'number'],
    returns: ([value, size]) =>
      value === 'datetime' || value === 'timespan'
        ? value
        : value === 'real' || size === 'real'
          ? 'real'
          : (value ?? 'real'),
    duckdb: bin,
    examples: [
      ['bin(7, 3)', '6'],
      ['bin(-7, 3)', '-9'],
      ['bin(4.5, 1)', '4.0'],
      ['bin(datetime(1955-11-05), 7d)', '1955-10-31T00:00:00.0000000Z'],
    ],
  },
  {
    name: 'startofday',
    args: ['datetime', 'long'],
    returns: 'datetime',
    duckdb: ([at, offset]) => `kql_bin(${at!.sql}, 864000000000)${offset ? ` + ${offset.sql} * 864000000000` : ''}`,
    examples: [['startofday(datetime(2017-01-01 10:10:17))', '2017-01-01T00:00:00.0000000Z']],
  },
]);
