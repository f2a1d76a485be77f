import { DAY, tableSql } from '../sql.mjs';

export const testsAddresses = true;

export function sql({ store, asOf, how }) {
  const t = tableSql(store, 'CommonSecurityLog');
  const host = t.column('DestinationHostName');
  return `SELECT "SourceIP", "DestinationIP", round(sum("SentBytes") / 1048576.0, 2) AS "SentMB",
      round(sum(${t.column('ReceivedBytes', '0')}) / 1048576.0, 2) AS "ReceivedMB", count(*) AS "Sessions",
      min("TimeGenerated") AS "FirstSeen", max("TimeGenerated") AS "LastSeen",
      list(DISTINCT "DestinationPort")[:5] AS "Ports", (list(DISTINCT ${host}) FILTER (${host} <> ''))[:5] AS "Hosts"
    FROM ${t.from}
    WHERE "TimeGenerated" > ${asOf - DAY} AND "SentBytes" > 0
      AND ${t.isPrivate('SourceIP', how)} AND ${t.isExternal('DestinationIP', how)}
    GROUP BY "SourceIP", "DestinationIP" HAVING sum("SentBytes") > 104857600 ORDER BY "SentMB" DESC`;
}
