import { among, constant, DAY, tableSql } from '../sql.mjs';
import { activeIndicators } from './indicators.mjs';

export const testsAddresses = true;

export function sql({ store, asOf, how, kql }) {
  const t = tableSql(store, 'DnsEvents');
  const { first, url, from, threat } = activeIndicators(store, asOf);
  return `WITH bad AS (
      SELECT lower(rtrim(regexp_replace(coalesce(nullif(${first('DomainName')}, ''),
          regexp_extract(${url}, '^(?:[a-zA-Z][a-zA-Z0-9+.-]*://)?(?:[^/@?#]*@)?([^/:?#\\[\\]]+\\.[^/:?#\\[\\]]+)', 1)), '^(\\*\\.)+', ''), '.')) AS domain,
        string_agg(DISTINCT ${threat}, '; ') AS threats FROM ${from} GROUP BY domain HAVING domain <> ''),
    lookups AS NOT MATERIALIZED (
      SELECT "ClientIP", ${t.column('Computer')} AS "Computer", "Name", "QueryType", ${t.column('SubType')} <> 'LookupRequest' AS query, "TimeGenerated" AS time
      FROM ${t.from} WHERE "TimeGenerated" > ${asOf - DAY} AND "Name" <> '' AND ${among('"QueryType"', constant(kql, 'QueryTypes'))} AND ${t.isPrivate('ClientIP', how)}),
    parents AS (
      SELECT name, domain, unnest(range(1, len(labels) + 1)) AS level, labels FROM (
        SELECT "Name" AS name, lower(rtrim("Name", '.')) AS domain, string_split(domain, '.') AS labels FROM (SELECT DISTINCT "Name" FROM lookups))),
    matched AS (
      SELECT name, parents.domain AS queried, bad.domain AS indicator, threats FROM parents
      JOIN bad ON array_to_string(labels[level:], '.') = bad.domain WHERE len(labels) - level + 1 <= 12),
    counted AS (
      SELECT "ClientIP", "Computer", "QueryType", lookups."Name", queried, indicator, threats, count(*) FILTER (query) AS queries, count(*) AS n,
        min(time) AS first, max(time) AS last
      FROM lookups JOIN matched ON lookups."Name" = matched.name GROUP BY ALL)
    SELECT "ClientIP", "Computer", queried AS "QueriedDomain", indicator AS "IndicatorDomain", threats AS "ThreatDescription",
      sum(CASE WHEN queries > 0 THEN queries ELSE n END)::BIGINT AS "Count", min(first) AS "FirstSeen", max(last) AS "LastSeen", list(DISTINCT "QueryType")[:5] AS "QueryTypes"
    FROM counted GROUP BY "ClientIP", "Computer", queried, indicator, threats ORDER BY "Count" DESC`;
}
