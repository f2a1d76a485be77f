import type { Macros } from './macros.js';
import { DAY, TICKS_1970 } from './ticks.js';

/** Instants and spans in ticks of 100 ns since the year 1: read, written, moved. */
export const TIME: Macros = {
  // null outside of the years 1 to 9999
  'kql_datetime_within(t)': 'CASE WHEN t BETWEEN 0 AND 3155378975999999999 THEN CAST(t AS BIGINT) END',
  'kql_timestamp(t)': `make_timestamp(t // 10 - ${TICKS_1970} // 10)`,
  'kql_datetime_text(t)':
    "coalesce(strftime(kql_timestamp(t - t % 10000000), '%Y-%m-%dT%H:%M:%S') || '.' || lpad(CAST(t % 10000000 AS VARCHAR), 7, '0') || 'Z', '')",
  'kql_timespan_text(t)': `coalesce(
    CASE WHEN t < 0 THEN '-' ELSE '' END ||
    CASE WHEN abs(t) >= ${DAY} THEN CAST(abs(t) // ${DAY} AS VARCHAR) || '.' ELSE '' END ||
    lpad(CAST(abs(t) // 36000000000 % 24 AS VARCHAR), 2, '0') || ':' ||
    lpad(CAST(abs(t) // 600000000 % 60 AS VARCHAR), 2, '0') || ':' ||
    lpad(CAST(abs(t) // 10000000 % 60 AS VARCHAR), 2, '0') ||
    CASE WHEN t % 10000000 <> 0 THEN '.' || lpad(CAST(abs(t) % 10000000 AS VARCHAR), 7, '0') ELSE '' END, '')`,
  'kql_ticks(ts)': `epoch_us(ts) * 10 + ${TICKS_1970}`,
  'kql_parse_datetime(s)':
    "CASE WHEN regexp_matches(s, '^\\s*\\d{4}-\\d\\d?-\\d\\d?([T ]|\\s*$)') THEN kql_parse_iso(trim(s)) ELSE kql_parse_other_datetime(trim(s)) END",
  'kql_parse_iso(s)':
    "kql_ticks(TRY_CAST(regexp_replace(s, '\\.\\d+', '') AS TIMESTAMPTZ) AT TIME ZONE 'UTC') + coalesce(TRY_CAST(rpad(left(nullif(regexp_extract(s, '\\.(\\d+)', 1), ''), 7), 7, '0') AS BIGINT), 0)",
  'kql_parse_other_datetime(s)': `kql_ticks(coalesce(
    try_strptime(s, ['%Y', '%Y-%m', '%m/%d/%Y', '%m/%d/%Y %H:%M:%S', '%m/%d/%Y %H:%M', '%m/%d/%Y %I:%M:%S %p', '%m/%d/%Y %I:%M %p', '%a, %d %b %Y %H:%M:%S GMT', '%a, %d %b %Y %H:%M:%S', '%d %b %Y', '%d %b %Y %H:%M:%S', '%B %d, %Y', '%b %d, %Y', '%b %d %Y %H:%M:%S', '%Y/%m/%d', '%Y/%m/%d %H:%M:%S', '%Y%m%d'])))`,
  'kql_parse_timespan(s)': `CASE
    WHEN regexp_full_match(trim(s), '-?(\\d+[.:])?\\d{1,2}:\\d{1,2}(:\\d{1,2}(\\.\\d{1,7})?)?') THEN kql_clock_ticks(trim(s), regexp_extract(trim(s), '^(-?)(?:(\\d+)(?:\\.\\d{1,2}:\\d|:\\d{1,2}:\\d{1,2}:\\d))?', ['sign', 'days']), regexp_extract(trim(s), '(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?:\\.(\\d{1,7}))?)?$', ['h', 'm', 's', 'f']))
    WHEN regexp_full_match(trim(s), '-?\\d+') THEN TRY_CAST(trim(s) AS BIGINT) * ${DAY}
    WHEN regexp_full_match(trim(s), '-?\\d*\\.?\\d+ *(d|h|m|s|ms|tick|ticks|microsecond|days?|hours?|minutes?|seconds?)') THEN kql_unit_ticks(trim(s)) END`,
  'kql_clock_ticks(s, head, clock)': `CASE WHEN CAST(clock.h AS INT) < 24 AND CAST(clock.m AS INT) < 60 AND coalesce(TRY_CAST(clock.s AS INT), 0) < 60 THEN
    CASE WHEN head.sign = '-' THEN -1 ELSE 1 END * (coalesce(TRY_CAST(head.days AS BIGINT), 0) * ${DAY} + CAST(clock.h AS BIGINT) * 36000000000 + CAST(clock.m AS BIGINT) * 600000000 + coalesce(TRY_CAST(clock.s AS BIGINT), 0) * 10000000 + coalesce(TRY_CAST(rpad(nullif(clock.f, ''), 7, '0') AS BIGINT), 0)) END`,
  'kql_unit_ticks(s)':
    "CAST(TRY_CAST(regexp_extract(s, '-?\\d*\\.?\\d+') AS DOUBLE) * CASE regexp_extract(s, '[a-z]+') WHEN 'd' THEN 864000000000 WHEN 'day' THEN 864000000000 WHEN 'days' THEN 864000000000 WHEN 'h' THEN 36000000000 WHEN 'hour' THEN 36000000000 WHEN 'hours' THEN 36000000000 WHEN 'm' THEN 600000000 WHEN 'minute' THEN 600000000 WHEN 'minutes' THEN 600000000 WHEN 's' THEN 10000000 WHEN 'second' THEN 10000000 WHEN 'seconds' THEN 10000000 WHEN 'ms' THEN 10000 WHEN 'microsecond' THEN 10 ELSE 1 END AS BIGINT)",
  'kql_start_day(t, n)': `kql_bin(t, ${DAY}) + n * ${DAY}`,
  'kql_start_week(t, n)': `kql_bin(t + ${DAY}, 7 * ${DAY}) - ${DAY} + n * 7 * ${DAY}`,
  'kql_start_month(t, n)': "kql_ticks(date_trunc('month', kql_timestamp(t)) + to_months(CAST(n AS INTEGER)))",
  'kql_start_year(t, n)': "kql_ticks(date_trunc('year', kql_timestamp(t)) + to_years(CAST(n AS INTEGER)))",
  'kql_add_months(t, n)': 'kql_ticks(kql_timestamp(t) + to_months(CAST(n AS INTEGER))) + t % 10',
};
