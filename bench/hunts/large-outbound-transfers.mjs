import { DAY, tableSql } from '../sql.mjs';

export const testsAddresses = true;

export function sql({ store, asOf, how }) {
  const t = tableSql(store, 'CommonSecurityLog');
  // sets of the few pairs that are left, made of lists: a DISTINCT over all rows costs as much as all the rest
  const set = (column, where) => `list_distinct(list(${column})${where})[:5]`;
  const host = t.column('DestinationHostName', null);
  return `SELECT "SourceIP", "DestinationIP", round(sum("SentBytes") / 1048576.0, 2) AS "SentMB",
      round(sum(${t.column('ReceivedBytes', '0')}) / 1048576.0, 2) AS "ReceivedMB", count(*) AS "Sessions",
      min("TimeGenerated") AS "FirstSeen", max("TimeGenerated") AS "LastSeen",
      ${set('"DestinationPort"', '')} AS "Ports", ${host ? set(host, ` FILTER (${host} <> '')`) : '[]'} AS "Hosts"
    FROM ${t.from}
    WHERE "TimeGenerated" > ${asOf - DAY} AND "SentBytes" > 0
      AND ${t.isPrivate('SourceIP', how)} AND ${t.isExternal('DestinationIP', how)}
    GROUP BY "SourceIP", "DestinationIP" HAVING sum("SentBytes") > 104857600 ORDER BY "SentMB" DESC`;
}
