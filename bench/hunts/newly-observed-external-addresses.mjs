import { DAY, tableSql } from '../sql.mjs';

export const testsAddresses = true;

const TABLES = [
  ['DeviceNetworkEvents', 'LocalIP', 'RemoteIP', 'RemotePort'],
  ['CommonSecurityLog', 'SourceIP', 'DestinationIP', 'DestinationPort'],
  ['VMConnection', 'SourceIp', 'DestinationIp', 'DestinationPort'],
];

export function sql({ store, asOf, how }) {
  const outside = (time) =>
    TABLES.filter(([name]) => store.table(name))
      .map(([name, source, destination, port]) => {
        const t = tableSql(store, name);
        const [inside, also] = [t.isPrivate(source, how), t.isPrivate(destination, how)];
        // by key, one comparison tells that just one side is inside; no range is both inside and never external
        const crossing =
          how === 'keys'
            ? `${inside} <> ${also} AND NOT ${t.isNever(source, how)} AND NOT ${t.isNever(destination, how)}`
            : `((${inside} AND ${t.isExternal(destination, how)}) OR (${also} AND ${t.isExternal(source, how)}))`;
        return `SELECT "TimeGenerated" AS time, CASE WHEN ${inside} THEN "${destination}" ELSE "${source}" END AS external,
          CASE WHEN ${inside} THEN "${source}" ELSE "${destination}" END AS internal, "${port}" AS port, '${name}' AS seen, ${inside} AS out
        FROM ${t.from} WHERE ${time} AND ${crossing}`;
      })
      .join('\nUNION ALL ');
  const since = asOf - DAY;
  return `WITH recent AS (${outside(`"TimeGenerated" > ${since}`)}),
    known AS (SELECT DISTINCT external FROM (${outside(`"TimeGenerated" > ${asOf - 14n * DAY} AND "TimeGenerated" <= ${since}`)}))
    SELECT external AS "ExternalIP", min(time) AS "FirstSeen", max(time) AS "LastSeen", count(*) AS "ConnectionCount",
      list(DISTINCT internal)[:20] AS "InternalIPs", list(DISTINCT port)[:5] AS "Ports", list(DISTINCT seen) AS "Tables", count(*) FILTER (out) AS "FromInside"
    FROM recent ANTI JOIN known USING (external) GROUP BY external ORDER BY "FirstSeen"`;
}
