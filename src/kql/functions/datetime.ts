import { trawlError } from '../../util/errors.js';
import { quoteText } from '../sql/duckdb/literal.js';
import { type SqlArgument, type SqlTemplate, scalars } from './registry.js';
import { timeZones } from './text/time-zones.js';

const DAY = '864000000000';
/** The ticks of 9999-12-26: the week from there on ends after the last datetime. */
const LAST_WEEK = '3155373792000000000';

/** Rounds down to a multiple of the size, counted from 0001-01-01 for times: ticks make that plain integer arithmetic. */
const bin: SqlTemplate = ([value, size], { type, wrapping }) => {
  if (type === 'real' || type === 'decimal') return `kql_bin_real(${value!.sql}, ${size!.sql})`;
  return wrapping
    ? `kql_wrap_long(kql_bin(CAST(${value!.sql} AS HUGEINT), CAST(${size!.sql} AS HUGEINT)))`
    : `kql_bin(${value!.sql}, ${size!.sql})`;
};

const binAt: SqlTemplate = ([value, size, at], { type }) => {
  const isTime = type === 'datetime' || type === 'timespan';
  if (isTime && (size!.type !== 'timespan' || at!.type !== type)) {
    throw trawlError('bad-argument', {
      what: 'bin_at()',
      why: 'times take a timespan and a fixed point of their own type',
    });
  }
  return type === 'real'
    ? `(floor((${value!.sql} - ${at!.sql}) / ${size!.sql}) * ${size!.sql} + ${at!.sql})`
    : `(kql_bin(${value!.sql} - ${at!.sql}, ${size!.sql}) + ${at!.sql})`;
};

/**
 * Start of a calendar unit, some units later. TRY stands inside: DuckDB reckons what an expression reads twice outside of
 * a TRY around it.
 */
const startOf =
  (unit: string): SqlTemplate =>
  ([at, offset]) =>
    offset
      ? `kql_datetime_within(TRY(kql_start_${unit}(${at!.sql}, ${offset.sql})))`
      : `kql_start_${unit}(${at!.sql}, 0)`;
/** The last tick before the next unit. */
const endOf =
  (unit: string): SqlTemplate =>
  ([at, offset]) =>
    offset
      ? `kql_datetime_within(TRY(kql_start_${unit}(${at!.sql}, ${offset.sql} + 1) - 1))`
      : `kql_datetime_within(kql_start_${unit}(${at!.sql}, 1) - 1)`;

const part = (sql: string): SqlTemplate => `CAST(${sql} AS INTEGER)`;

/** Units by the names that datetime_part, datetime_diff and datetime_add take. */
const UNITS: Readonly<Record<string, { part: string; ticks?: bigint; months?: number }>> = {
  year: { part: 'year(kql_timestamp($1))', months: 12 },
  quarter: { part: 'quarter(kql_timestamp($1))', months: 3 },
  month: { part: 'month(kql_timestamp($1))', months: 1 },
  week: { part: 'weekofyear(kql_timestamp($1))', ticks: 6_048_000_000_000n },
  week_of_year: { part: 'weekofyear(kql_timestamp($1))', ticks: 6_048_000_000_000n },
  day: { part: 'day(kql_timestamp($1))', ticks: 864_000_000_000n },
  dayofyear: { part: 'dayofyear(kql_timestamp($1))', ticks: 864_000_000_000n },
  hour: { part: '($1 // 36000000000 % 24)', ticks: 36_000_000_000n },
  minute: { part: '($1 // 600000000 % 60)', ticks: 600_000_000n },
  second: { part: '($1 // 10000000 % 60)', ticks: 10_000_000n },
  millisecond: { part: '($1 // 10000 % 1000)', ticks: 10_000n },
  microsecond: { part: '($1 // 10 % 1000000)', ticks: 10n },
  nanosecond: { part: '($1 % 10000000 * 100)', ticks: 1n },
};

function unitOf(arg: SqlArgument | undefined): (typeof UNITS)[string] & { name: string } {
  const given = String(arg?.literal?.value ?? '').toLowerCase();
  const name = given.replace(/s$/, '');
  const unit = [given, name].map((key) => (Object.hasOwn(UNITS, key) ? UNITS[key] : undefined)).find((of) => of);
  if (!unit)
    throw trawlError('bad-argument', { what: given || 'the unit', why: 'not a unit of time, or not a constant' });
  return { ...unit, name };
}

const datetimePart: SqlTemplate = ([unit, at]) =>
  `CAST(${unitOf(unit).part.replaceAll('$1', () => at!.sql)} AS BIGINT)`;

/** Boundaries between two times: calendar ones for months and longer, multiples of ticks since year 1 otherwise. */
const datetimeDiff: SqlTemplate = ([unit, a, b]) => {
  const { months, ticks, name } = unitOf(unit);
  if (months) {
    const index = (sql: string): string =>
      `((year(kql_timestamp(${sql})) * 12 + month(kql_timestamp(${sql})) - 1) // ${months})`;
    return `CAST(${index(a!.sql)} - ${index(b!.sql)} AS BIGINT)`;
  }
  if (name === 'week')
    return `CAST(kql_start_week(${a!.sql}, 0) // ${ticks} - kql_start_week(${b!.sql}, 0) // ${ticks} AS BIGINT)`;
  if (name === 'nanosecond') return `TRY((${a!.sql} - ${b!.sql}) * 100)`;
  return `(${a!.sql} // ${ticks} - ${b!.sql} // ${ticks})`;
};

const datetimeAdd: SqlTemplate = ([unit, amount, at]) => {
  const { months, ticks, name } = unitOf(unit);
  if (months) return `kql_datetime_within(TRY(kql_add_months(${at!.sql}, ${amount!.sql} * ${months})))`;
  const moved = name === 'nanosecond' ? `${amount!.sql} // 100` : `${amount!.sql} * CAST(${ticks} AS HUGEINT)`;
  return `kql_datetime_within(${at!.sql} + ${moved})`;
};

/** Kusto's format letters, to strftime's or to SQL on the ticks; anything else is printed as it is. */
const FORMAT: Readonly<Record<string, string>> = {
  yyyy: "lpad(CAST(year(kql_timestamp($1)) AS VARCHAR), 4, '0')",
  yy: "lpad(CAST(year(kql_timestamp($1)) % 100 AS VARCHAR), 2, '0')",
  y: 'CAST(year(kql_timestamp($1)) % 100 AS VARCHAR)',
  MM: "lpad(CAST(month(kql_timestamp($1)) AS VARCHAR), 2, '0')",
  M: 'CAST(month(kql_timestamp($1)) AS VARCHAR)',
  dd: "lpad(CAST(day(kql_timestamp($1)) AS VARCHAR), 2, '0')",
  d: 'CAST(day(kql_timestamp($1)) AS VARCHAR)',
  HH: "lpad(CAST($1 // 36000000000 % 24 AS VARCHAR), 2, '0')",
  H: 'CAST($1 // 36000000000 % 24 AS VARCHAR)',
  hh: "lpad(CAST(($1 // 36000000000 + 11) % 12 + 1 AS VARCHAR), 2, '0')",
  h: 'CAST(($1 // 36000000000 + 11) % 12 + 1 AS VARCHAR)',
  mm: "lpad(CAST($1 // 600000000 % 60 AS VARCHAR), 2, '0')",
  m: 'CAST($1 // 600000000 % 60 AS VARCHAR)',
  ss: "lpad(CAST($1 // 10000000 % 60 AS VARCHAR), 2, '0')",
  s: 'CAST($1 // 10000000 % 60 AS VARCHAR)',
  tt: "CASE WHEN $1 // 36000000000 % 24 < 12 THEN 'AM' ELSE 'PM' END",
  ...Object.fromEntries(
    [1, 2, 3, 4, 5, 6, 7].flatMap((n) => [
      ['f'.repeat(n), `left(lpad(CAST($1 % 10000000 AS VARCHAR), 7, '0'), ${n})`],
      ['F'.repeat(n), `regexp_replace(left(lpad(CAST($1 % 10000000 AS VARCHAR), 7, '0'), ${n}), '0+$', '')`],
    ]),
  ),
};
const SPAN_FORMAT: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [1, 2, 3, 4, 5, 6, 7, 8].map((n) => [
      'd'.repeat(n),
      `lpad(CAST($1 // ${DAY} AS VARCHAR), CAST(greatest(${n}, length(CAST($1 // ${DAY} AS VARCHAR))) AS INTEGER), '0')`,
    ]),
  ),
  ...Object.fromEntries(
    ['HH', 'H', 'hh', 'h', 'mm', 'm', 'ss', 's'].map((key) => [
      key,
      FORMAT[key.replace('hh', 'HH').replace(/^h$/, 'H')]!,
    ]),
  ),
  ...Object.fromEntries(Object.entries(FORMAT).filter(([key]) => /^f+$|^F+$/.test(key))),
};

function formatted(
  arg: SqlArgument,
  format: SqlArgument | undefined,
  table: Readonly<Record<string, string>>,
  name: string,
): string {
  if (!format?.literal) throw trawlError('unsupported', { what: `${name}() with a format that is no constant` });
  const pieces = String(format.literal.value).match(/([a-zA-Z])\1*|[^a-zA-Z]+/g) ?? [];
  const printed = pieces.map((piece) => {
    if (!/^[a-zA-Z]/.test(piece)) return quoteText(piece);
    const sql = table[piece];
    if (!sql) throw trawlError('bad-argument', { what: piece, why: `not a format specifier of ${name}()` });
    return sql.replaceAll('$1', () => arg.sql);
  });
  return printed.length > 0 ? `(${printed.join(' || ')})` : "''";
}

/** Null for what lies outside of the years 1 to 9999. */
const unixTime = (ticks: string): SqlTemplate =>
  `kql_datetime_within(TRY_CAST(round(${ticks}) AS HUGEINT) + 621355968000000000)`;

let zones: ReadonlySet<string> | undefined;
const isZone = (name: string): boolean => {
  zones ??= new Set(timeZones());
  return zones.has(name);
};

/** A time moved between zones; a constant zone must be one, one from a column that is none gives null. */
const inZone =
  (moved: string): SqlTemplate =>
  ([time, zone]) => {
    const name = zone!.literal?.value;
    if (name !== undefined && !isZone(String(name))) {
      throw trawlError('bad-argument', {
        what: `the time zone ${name}`,
        why: 'datetime_list_timezones() has the names',
      });
    }
    return `(kql_ticks(${moved}) + $1 % 10)`
      .replaceAll('$1', () => time!.sql)
      .replaceAll('$2', () => (name === undefined ? `kql_js_time_zone(${zone!.sql})` : zone!.sql));
  };

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
    name: 'bin_at',
    args: ['number', 'number', 'number'],
    returns: ([value, size]) =>
      value === 'datetime' || value === 'timespan'
        ? value
        : value === 'real' || size === 'real'
          ? 'real'
          : (value ?? 'real'),
    duckdb: binAt,
    examples: [
      ['bin_at(6.5, 2.5, 7)', '4.5'],
      ['bin_at(datetime(2017-05-15 10:20:00), 1d, datetime(2017-01-01 12:00:00))', '2017-05-14T12:00:00.0000000Z'],
    ],
  },
  {
    name: 'startofday',
    args: ['datetime', 'long'],
    returns: 'datetime',
    duckdb: startOf('day'),
    examples: [
      ['startofday(datetime(2017-01-01 10:10:17))', '2017-01-01T00:00:00.0000000Z'],
      ['startofday(datetime(2017-01-01 10:10:17), -1)', '2016-12-31T00:00:00.0000000Z'],
    ],
  },
  {
    name: 'startofweek',
    args: ['datetime', 'long'],
    returns: 'datetime',
    duckdb: startOf('week'),
    examples: [
      ['startofweek(datetime(2017-01-01 10:10:17))', '2017-01-01T00:00:00.0000000Z'],
      ['startofweek(datetime(2017-01-07), 1)', '2017-01-08T00:00:00.0000000Z'],
    ],
  },
  {
    name: 'startofmonth',
    args: ['datetime', 'long'],
    returns: 'datetime',
    duckdb: startOf('month'),
    examples: [['startofmonth(datetime(2017-01-31), 1)', '2017-02-01T00:00:00.0000000Z']],
  },
  {
    name: 'startofyear',
    args: ['datetime', 'long'],
    returns: 'datetime',
    duckdb: startOf('year'),
    examples: [['startofyear(datetime(2017-05-05))', '2017-01-01T00:00:00.0000000Z']],
  },
  {
    name: 'endofday',
    args: ['datetime', 'long'],
    returns: 'datetime',
    duckdb: endOf('day'),
    examples: [['endofday(datetime(2017-01-01 10:10:17))', '2017-01-01T23:59:59.9999999Z']],
  },
  {
    name: 'endofweek',
    args: ['datetime', 'long'],
    returns: 'datetime',
    duckdb: endOf('week'),
    examples: [['endofweek(datetime(2017-01-01 10:10:17))', '2017-01-07T23:59:59.9999999Z']],
  },
  {
    name: 'endofmonth',
    args: ['datetime', 'long'],
    returns: 'datetime',
    duckdb: endOf('month'),
    examples: [['endofmonth(datetime(2016-02-05))', '2016-02-29T23:59:59.9999999Z']],
  },
  {
    name: 'endofyear',
    args: ['datetime', 'long'],
    returns: 'datetime',
    duckdb: endOf('year'),
    examples: [['endofyear(datetime(2016-02-05))', '2016-12-31T23:59:59.9999999Z']],
  },
  {
    name: 'dayofweek',
    args: ['datetime'],
    returns: 'timespan',
    // the real engine gives null in the last week
    duckdb: `CASE WHEN $1 < ${LAST_WEEK} THEN ($1 // ${DAY} + 1) % 7 * ${DAY} END`,
    examples: [
      ['dayofweek(datetime(2015-12-14))', '1.00:00:00'],
      ['dayofweek(datetime(2015-12-13))', '00:00:00'],
      ['isnull(dayofweek(datetime(9999-12-31)))', 'True'],
    ],
  },
  {
    name: 'dayofmonth',
    args: ['datetime'],
    returns: 'int',
    duckdb: part('day(kql_timestamp($1))'),
    examples: [
      ['dayofmonth(datetime(2015-12-14))', '14'],
      ['dayofmonth(endofmonth(datetime(1969-02-05)))', '28'],
    ],
  },
  {
    name: 'dayofyear',
    args: ['datetime'],
    returns: 'int',
    duckdb: part('dayofyear(kql_timestamp($1))'),
    examples: [['dayofyear(datetime(2015-12-14))', '348']],
  },
  {
    name: 'weekofyear',
    aliases: ['week_of_year'],
    args: ['datetime'],
    returns: 'long',
    duckdb: 'CAST(weekofyear(kql_timestamp($1)) AS BIGINT)',
    examples: [['week_of_year(datetime(2020-12-31))', '53']],
  },
  {
    name: 'monthofyear',
    aliases: ['getmonth'],
    args: ['datetime'],
    returns: 'long',
    duckdb: part('month(kql_timestamp($1))'),
    examples: [['monthofyear(datetime(2015-12-14))', '12']],
  },
  {
    name: 'getyear',
    args: ['datetime'],
    returns: 'int',
    duckdb: part('year(kql_timestamp($1))'),
    examples: [['getyear(datetime(2015-10-12))', '2015']],
  },
  {
    name: 'hourofday',
    args: ['datetime'],
    returns: 'long',
    duckdb: part('($1 // 36000000000 % 24)'),
    examples: [['hourofday(datetime(2015-12-14 18:54))', '18']],
  },
  {
    name: 'datetime_part',
    aliases: ['datepart'],
    args: ['string', 'datetime'],
    returns: 'long',
    duckdb: ([unit, at], context) =>
      `CAST(${(datetimePart as Exclude<SqlTemplate, string>)([unit!, at!], context)} AS INTEGER)`,
    examples: [
      ['datetime_part("month", datetime(2017-10-30 01:02:03.7654321))', '10'],
      ['datetime_part("microsecond", datetime(2017-10-30 01:02:03.7654321))', '765432'],
    ],
  },
  {
    name: 'datetime_diff',
    args: ['string', 'datetime', 'datetime'],
    returns: 'long',
    duckdb: datetimeDiff,
    examples: [
      ['datetime_diff("year", datetime(2017-01-01), datetime(2000-12-31))', '17'],
      ['datetime_diff("minute", datetime(2017-10-30 23:05:01), datetime(2017-10-30 23:00:59))', '5'],
    ],
  },
  {
    name: 'datetime_add',
    args: ['string', 'long', 'datetime'],
    returns: 'datetime',
    duckdb: datetimeAdd,
    examples: [
      ['datetime_add("month", 1, datetime(2017-01-31))', '2017-02-28T00:00:00.0000000Z'],
      ['datetime_add("day", -5, datetime(2017-01-06))', '2017-01-01T00:00:00.0000000Z'],
    ],
  },
  {
    name: 'format_datetime',
    args: ['datetime', 'string'],
    returns: 'string',
    duckdb: ([at, format]) => `coalesce(${formatted(at!, format, FORMAT, 'format_datetime')}, '')`,
    examples: [
      ['format_datetime(datetime(2015-12-14 02:03:04.12345), "y-M-d h:m:s.fffffff")', '15-12-14 2:3:4.1234500'],
      ['format_datetime(datetime(2015-12-14 14:03:04), "yyyy-MM-dd [HH:mm:ss]")', '2015-12-14 [14:03:04]'],
    ],
  },
  {
    name: 'format_timespan',
    args: ['timespan', 'string'],
    returns: 'string',
    duckdb: ([span, format]) =>
      `coalesce(CASE WHEN ${span!.sql} < 0 THEN '-' ELSE '' END || ${formatted({ ...span!, sql: `abs(${span!.sql})` }, format, SPAN_FORMAT, 'format_timespan')}, '')`,
    examples: [
      ['format_timespan(time(29.09:00:05.12345), "dd.hh:mm:ss [FF]")', '29.09:00:05 [12]'],
      ['format_timespan(-2h-30m, "hh:mm")', '-02:30'],
    ],
  },
  {
    name: 'make_datetime',
    args: (index, count) => (index === 5 && count === 6 ? 'real' : 'long'),
    returns: 'datetime',
    duckdb: (args) => {
      const [y, mo, d, h, mi, s] = Array.from({ length: 6 }, (_, i) => args[i]?.sql ?? (i < 3 ? '1' : '0'));
      return `TRY(kql_ticks(make_timestamp(${y}, ${mo}, ${d}, ${h}, ${mi}, 0.0)) + CAST(round(${s} * 10000000) AS BIGINT))`;
    },
    examples: [
      ['make_datetime(2017, 10, 1, 12, 10)', '2017-10-01T12:10:00.0000000Z'],
      ['make_datetime(2017, 10, 1, 12, 11, 0.1234567)', '2017-10-01T12:11:00.1234567Z'],
    ],
  },
  {
    name: 'make_timespan',
    args: (index, count) => (index === count - 1 && count >= 3 ? 'real' : 'long'),
    returns: 'timespan',
    duckdb: (args) => {
      const parts = args.map((arg) => arg.sql);
      if (parts.length < 2)
        throw trawlError('bad-argument', { what: 'make_timespan()', why: 'it takes hours and minutes' });
      const [d, h, m, s] = parts.length === 4 ? parts : parts.length === 3 ? ['0', ...parts] : ['0', ...parts, '0'];
      const ticks = `CAST(${d} AS BIGINT) * ${DAY} + ${h} * 36000000000 + ${m} * 600000000 + CAST(round(${s} * 10000000) AS BIGINT)`;
      return `CASE WHEN ${h} BETWEEN 0 AND 23 AND ${m} BETWEEN 0 AND 59 AND ${s} >= 0 AND ${s} < 60 THEN ${ticks} END`;
    },
    examples: [
      ['make_timespan(1, 12, 30, 55)', '1.12:30:55'],
      ['make_timespan(12, 30)', '12:30:00'],
      ['isnull(make_timespan(25, 70))', 'True'],
    ],
  },
  {
    name: 'unixtime_seconds_todatetime',
    args: ['real'],
    returns: 'datetime',
    duckdb: unixTime('$1 * 10000000'),
    examples: [['unixtime_seconds_todatetime(1546300800)', '2019-01-01T00:00:00.0000000Z']],
  },
  {
    name: 'unixtime_milliseconds_todatetime',
    args: ['real'],
    returns: 'datetime',
    duckdb: unixTime('$1 * 10000'),
    examples: [['unixtime_milliseconds_todatetime(1546300800000)', '2019-01-01T00:00:00.0000000Z']],
  },
  {
    name: 'unixtime_microseconds_todatetime',
    args: ['long'],
    returns: 'datetime',
    duckdb: unixTime('CAST($1 AS HUGEINT) * 10'),
    examples: [['unixtime_microseconds_todatetime(1546300800000000)', '2019-01-01T00:00:00.0000000Z']],
  },
  {
    name: 'unixtime_nanoseconds_todatetime',
    args: ['long'],
    returns: 'datetime',
    duckdb: '($1 // 100 + 621355968000000000)',
    examples: [['unixtime_nanoseconds_todatetime(1546300800000000000)', '2019-01-01T00:00:00.0000000Z']],
  },
  {
    name: 'datetime_utc_to_local',
    args: ['datetime', 'string'],
    returns: 'datetime',
    duckdb: inZone("timezone($2, timezone('UTC', kql_timestamp($1)))"),
    examples: [
      ['datetime_utc_to_local(datetime(2018-07-01 12:00), "Europe/Berlin")', '2018-07-01T14:00:00.0000000Z'],
      ['isnull(toscalar(print z = strcat("No", "where") | project datetime_utc_to_local(now(), z)))', 'True'],
    ],
  },
  {
    name: 'datetime_local_to_utc',
    args: ['datetime', 'string'],
    returns: 'datetime',
    duckdb: inZone("timezone('UTC', timezone($2, kql_timestamp($1)))"),
    examples: [['datetime_local_to_utc(datetime(2018-07-01 14:00), "Europe/Berlin")', '2018-07-01T12:00:00.0000000Z']],
  },
  {
    name: 'time_zone',
    args: ['string'],
    returns: 'dynamic',
    internal: true,
    js: (name) => (isZone(String(name)) ? name! : null),
    examples: [],
  },
  {
    name: 'datetime_list_timezones',
    args: [],
    returns: 'dynamic',
    js: () => JSON.stringify(timeZones()),
    examples: [['set_has_element(datetime_list_timezones(), "Europe/Paris")', 'True']],
  },
]);
