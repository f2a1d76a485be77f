/** The default format of VPC flow logs (version 2), in order. */
export const DEFAULT_FIELDS: readonly string[] =
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status'.split(
    ' ',
  );

/** The default format of transit gateway flow logs (version 6), in order. */
export const GATEWAY_FIELDS: readonly string[] =
  'version resource-type account-id tgw-id tgw-attachment-id tgw-src-vpc-account-id tgw-dst-vpc-account-id tgw-src-vpc-id tgw-dst-vpc-id tgw-src-subnet-id tgw-dst-subnet-id tgw-src-eni tgw-dst-eni tgw-src-az-id tgw-dst-az-id tgw-pair-attachment-id srcaddr dstaddr srcport dstport protocol packets bytes start end log-status type packets-lost-no-route packets-lost-blackhole packets-lost-mtu-exceeded packets-lost-ttl-expired tcp-flags region flow-direction pkt-src-aws-service pkt-dst-aws-service'.split(
    ' ',
  );

/**
 * Further fields of custom formats, by the version that brought them.
 * Source: https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html
 */
const MORE = [
  'vpc-id subnet-id instance-id tcp-flags type pkt-srcaddr pkt-dstaddr', // 3
  'region az-id sublocation-type sublocation-id', // 4
  'pkt-src-aws-service pkt-dst-aws-service flow-direction traffic-path', // 5
  'ecs-cluster-arn ecs-cluster-name ecs-container-instance-arn ecs-container-instance-id ecs-container-id ecs-second-container-id ecs-service-name ecs-task-definition-arn ecs-task-arn ecs-task-id', // 7
  'reject-reason', // 8
  'resource-id', // 9
  'encryption-status', // 10
]
  .join(' ')
  .split(' ');

const FIELDS = new Set([...DEFAULT_FIELDS, ...GATEWAY_FIELDS, ...MORE]);

/** A field's name as AWS documents it: Parquet files have `_` for `-`, format strings `${…}` around it. */
export const fieldName = (written: string): string =>
  written
    .replace(/^\$\{(.*)\}$/, '$1')
    .replaceAll('_', '-')
    .toLowerCase();

export const isField = (written: string): boolean => FIELDS.has(fieldName(written));

/** Fields that make a header certain: no other log calls its columns so. */
const TELLING = new Set(['srcaddr', 'dstaddr', 'interface-id', 'log-status', 'pkt-srcaddr', 'pkt-dstaddr']);

/** True for names that are those of a flow log's fields: nearly all known, and one that tells. */
export function isFieldList(names: readonly string[]): boolean {
  const known = names.filter(isField);
  return known.length >= names.length * 0.8 && known.some((name) => TELLING.has(fieldName(name)));
}

/** True for the tokens of a header line: names, no values. */
export const isHeader = (tokens: readonly string[]): boolean =>
  tokens.every((token) => /^(?:\$\{)?[a-z][a-z\d]*(?:[-_][a-z\d]+)*\}?$/.test(token)) && isFieldList(tokens);

const STATUS = new Set(['OK', 'NODATA', 'SKIPDATA']);

/** The fields of a line without a header, when it is in a default format; undefined when it is in neither. */
export function defaultFieldsOf(tokens: readonly string[]): readonly string[] | undefined {
  if (tokens.length === DEFAULT_FIELDS.length && /^\d$/.test(tokens[0]!) && STATUS.has(tokens[13]!))
    return /^(?:ACCEPT|REJECT|-)$/.test(tokens[12]!) ? DEFAULT_FIELDS : undefined;
  const isGateway = tokens.length === GATEWAY_FIELDS.length && tokens[1] === 'TransitGateway';
  return isGateway && STATUS.has(tokens[25]!) ? GATEWAY_FIELDS : undefined;
}

/** True for a line that is a flow log's although nothing says the order of its fields. */
export const isUnordered = (tokens: readonly string[]): boolean =>
  tokens.length >= 5 &&
  tokens.some((token) => /^(?:eni|vpc|subnet|tgw)-[\da-f]{8,17}$/.test(token)) &&
  tokens.some((token) => STATUS.has(token) || token === 'ACCEPT' || token === 'REJECT');
