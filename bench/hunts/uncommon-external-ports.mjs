import { among, constant, DAY, list, tableSql } from '../sql.mjs';

export const testsAddresses = true;

export function sql({ store, asOf, how, kql }) {
  const device = tableSql(store, 'DeviceNetworkEvents');
  const log = tableSql(store, 'CommonSecurityLog');
  const ports = list(constant(kql, 'CommonPorts'));
  return `WITH c AS (
      SELECT "TimeGenerated", ${device.column('DeviceName')} AS "DeviceName", "LocalIP", "RemoteIP", ${device.column('RemoteUrl')} AS "RemoteUrl", "RemotePort",
        ${device.column('InitiatingProcessFileName')} AS process, ${device.column('InitiatingProcessCommandLine')} AS command, 'Defender' AS "Sensor"
      FROM ${device.from}
      WHERE "TimeGenerated" > ${asOf - DAY} AND "ActionType" IN ${list(constant(kql, 'SuccessActions'))} AND "RemotePort" NOT IN ${ports}
        AND ${device.isPrivate('LocalIP', how)} AND ${device.isExternal('RemoteIP', how)}
      UNION ALL
      SELECT "TimeGenerated", ${log.column('SourceHostName')}, "SourceIP", "DestinationIP", ${log.column('DestinationHostName')}, "DestinationPort", '', '', "DeviceVendor"
      FROM ${log.from}
      WHERE "TimeGenerated" > ${asOf - DAY} AND "DeviceVendor" IN ${list(constant(kql, 'NetworkSensors'))} AND "DeviceEventClassID" NOT IN ('http', 'ssl')
        AND NOT ${among('lower("DeviceAction")', constant(kql, 'FailedActions'))} AND "DestinationPort" NOT IN ${ports}
        AND ${log.isPrivate('SourceIP', how)} AND ${log.isExternal('DestinationIP', how)})
    SELECT "DeviceName", "LocalIP", "RemoteIP", "RemoteUrl", "Sensor", count(*) AS "Connections", list(DISTINCT "RemotePort")[:5] AS "RemotePorts",
      count(DISTINCT nullif(process, '')) AS "ProcessCount", list(DISTINCT nullif(process, '')) FILTER (process <> '') AS "Processes",
      list(DISTINCT nullif(command, '')) FILTER (command <> '') AS "CommandLines", min("TimeGenerated") AS "FirstSeen", max("TimeGenerated") AS "LastSeen"
    FROM c GROUP BY ALL ORDER BY "Connections" DESC`;
}
