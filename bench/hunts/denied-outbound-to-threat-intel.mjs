import { among, constant, DAY, tableSql } from '../sql.mjs';
import { activeIndicators } from './indicators.mjs';

export const testsAddresses = true;

export function sql({ store, asOf, how, kql }) {
  const t = tableSql(store, 'CommonSecurityLog');
  const { first, url, from, threat } = activeIndicators(store, asOf);
  const key = store.table('CommonSecurityLog').addressKeys.get('DestinationIP')?.ipv4;
  const number = how === 'keys' ? `"${key}"` : 'bench_number("DestinationIP")';
  return `WITH indicator AS (
      SELECT coalesce(nullif(${first('NetworkIP', 'NetworkDestinationIP', 'NetworkSourceIP')}, ''),
          regexp_extract(${url}, '^(?:[a-zA-Z][a-zA-Z0-9+.-]*://)?\\[?([0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+|[0-9a-fA-F:]+:[0-9a-fA-F:]+)\\]?(?:[:/?#]|$)', 1)) AS address,
        ${first('NetworkCidrBlock', 'NetworkDestinationCidrBlock', 'NetworkSourceCidrBlock')} AS network, ${threat} AS threat FROM ${from}),
    bad AS (SELECT address, string_agg(DISTINCT threat, '; ') AS threats FROM indicator WHERE address <> '' GROUP BY address),
    net AS (SELECT network, low, low + (1::BIGINT << (32 - parts[5])) - 1 AS high, threats FROM (
      SELECT network, string_split(translate(network, '/', '.'), '.')::BIGINT[] AS parts,
        ((parts[1] * 256 + parts[2]) * 256 + parts[3]) * 256 + parts[4] AS low, string_agg(DISTINCT threat, '; ') AS threats
      FROM indicator WHERE network <> '' AND network NOT LIKE '%:%' GROUP BY network)),
    denied AS (
      SELECT "SourceIP", "DestinationIP", ${number} AS number, "DestinationPort", "DeviceAction", "DeviceVendor", "DeviceProduct", "TimeGenerated" AS time
      FROM ${t.from}
      WHERE "TimeGenerated" > ${asOf - DAY} AND (${among('lower("DeviceAction")', constant(kql, 'DenyActions'))} OR lower(${t.column('SimplifiedDeviceAction')}) = 'deny')
        AND "DestinationIP" <> '' AND ${t.isPrivate('SourceIP', how)}),
    hit AS (
      SELECT denied.*, address AS indicator, threats FROM denied JOIN bad ON "DestinationIP" = address
      UNION ALL SELECT denied.*, network, threats FROM denied JOIN net ON number BETWEEN low AND high),
    counted AS (
      SELECT "SourceIP", "DestinationIP", "DestinationPort", "DeviceAction", "DeviceVendor", "DeviceProduct", indicator, threats,
        count(*) AS n, min(time) AS first, max(time) AS last
      FROM hit GROUP BY ALL)
    SELECT "SourceIP", "DestinationIP", "DestinationPort", "DeviceAction", string_agg(DISTINCT threats, '; ') AS "Reason", max(n) AS "Count",
      min(first) AS "FirstSeen", max(last) AS "LastSeen", list(DISTINCT indicator) AS "Indicators", "DeviceVendor", "DeviceProduct"
    FROM counted GROUP BY ALL ORDER BY "Count" DESC`;
}
