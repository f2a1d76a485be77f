import { textOf } from '../pairs.js';

type Json = Readonly<Record<string, unknown>>;

/** Sysmon's fields that Elastic's pipelines move to fields of their own schema, and where. */
const MOVED: Readonly<Record<string, readonly string[]>> = {
  UtcTime: ['event.created'],
  ProcessGuid: ['process.entity_id'],
  ProcessId: ['process.pid'],
  Image: ['process.executable'],
  Protocol: ['network.transport'],
  SourceIp: ['source.ip'],
  SourcePort: ['source.port'],
  SourceHostname: ['source.domain'],
  DestinationIp: ['destination.ip'],
  DestinationPort: ['destination.port'],
  DestinationHostname: ['destination.domain'],
  QueryName: ['dns.question.name'],
  QueryStatus: ['sysmon.dns.status'],
  RuleName: ['rule.name'],
  CommandLine: ['process.command_line'],
};

const find = (record: Json, path: string): unknown => {
  if (record[path] !== undefined) return record[path];
  let value: unknown = record;
  for (const step of path.split('.'))
    value = typeof value === 'object' && value !== null ? (value as Json)[step] : undefined;
  return value;
};

/** Sysmon's fields that are missing in an event's data, from the fields of the Elastic Common Schema. */
export function ecsData(record: Json, data: Readonly<Record<string, string>>): Record<string, string> {
  const found: Record<string, string> = {};
  const add = (name: string, value: string): void => {
    if (data[name] === undefined && value !== '') found[name] = value;
  };
  const id = textOf(find(record, 'winlog.event_id'));
  if (!/sysmon/i.test(textOf(find(record, 'winlog.provider_name')) + textOf(find(record, 'winlog.channel'))))
    return found;
  for (const [name, paths] of Object.entries(MOVED)) for (const path of paths) add(name, textOf(find(record, path)));
  const user = textOf(find(record, 'user.name'));
  const domain = textOf(find(record, 'user.domain'));
  add('User', domain === '' ? user : `${domain}\\${user}`);
  const direction = textOf(find(record, 'network.direction'));
  if (id === '3' && direction !== '') add('Initiated', String(/^(?:egress|outbound)$/.test(direction)));
  if (id === '22') add('QueryResults', textOf(find(record, 'dns.resolved_ip')).replaceAll(',', ';'));
  return found;
}
