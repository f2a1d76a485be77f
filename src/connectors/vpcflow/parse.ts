import { type Emit, type ParseContext, type Parser, Reject } from '../../ingest/connector.js';
import { parseIsoDatetime, ticksFromUnixMilliseconds } from '../../util/ticks.js';
import { itemsOf, severalParser } from '../several.js';
import { defaultFieldsOf, fieldName, isFieldList, isHeader } from './fields.js';
import { readLine } from './line.js';
import { connection, type FlowRecord, flowRow, TABLE } from './map.js';

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The text of a CloudWatch Logs event, in its exports and answers; undefined when a value is none. */
export function messageOf(value: unknown): string | undefined {
  if (!isObject(value)) return undefined;
  const message = value.message ?? value['@message'];
  return typeof message === 'string' ? message : undefined;
}

/** A parser of one source: lines, CloudWatch Logs events, or rows of a Parquet file. One event a record. */
export function flowParser(context: ParseContext): Parser {
  const given = givenFields(String(context.settings.fields ?? ''));
  if (given === undefined) refuseUnordered(context);
  const hunted = context.settings['hunt-rows'] !== false;
  const delivered = deliveryTime(context.fileName);
  let fields = given;

  const put = (record: FlowRecord, written: bigint | null, emit: Emit): 'event' => {
    const row = flowRow(record, written ?? delivered);
    const seen = hunted ? connection(record, row) : null;
    emit(TABLE, row);
    if (seen) emit('CommonSecurityLog', seen);
    return 'event';
  };

  const parseText = (text: string, written: bigint | null, emit: Emit): 'event' | 'skip' => {
    const line = readLine(text);
    const { tokens } = line;
    if (isHeader(tokens)) {
      fields = tokens.map(fieldName);
      return 'skip';
    }
    // live, a sender's header is followed by the lines of others
    const names = fields?.length === tokens.length ? fields : (defaultFieldsOf(tokens) ?? fields);
    if (names === undefined) throw new Reject(unordered(tokens.length));
    if (tokens.length !== names.length)
      throw new Reject(`${tokens.length} of ${names.length} fields: the line is cut or of another format`);
    return put(recordOf(names, tokens), written ?? parseIsoDatetime(line.written), emit);
  };

  const parseOne = (record: unknown, emit: Emit): 'event' | 'skip' => {
    if (typeof record === 'string') return parseText(record, null, emit);
    const message = messageOf(record);
    if (message !== undefined) {
      if (message.startsWith('CWL CONTROL MESSAGE')) return 'skip';
      return parseText(message, eventTime(record as Json), emit);
    }
    if (!isObject(record) || !isFieldList(Object.keys(record)))
      throw new Reject('neither a flow log record nor an event of CloudWatch Logs');
    return put(recordOf(Object.keys(record).map(fieldName), Object.values(record)), null, emit);
  };

  return severalParser((record, emit) =>
    itemsOf(record, BATCHES).reduce<number>((sum, item) => sum + (parseOne(item, emit) === 'event' ? 1 : 0), 0),
  );
}

/** Lists of events in what CloudWatch Logs sends or answers. */
const BATCHES = ['logEvents', 'events'];

function recordOf(names: readonly string[], values: readonly unknown[]): FlowRecord {
  const record: Record<string, string> = {};
  for (let at = 0; at < names.length; at++) {
    const value = values[at];
    if (value === null || value === undefined || value === '-' || value === '') continue;
    record[names[at]!] = typeof value === 'object' ? JSON.stringify(value) : String(value);
  }
  return record;
}

const unordered = (count: number): string =>
  `${count} fields in no default format, and no header line says their order: give it with --connector-setting "vpcflow.fields=version srcaddr dstaddr …"`;

/** The fields of the setting, as names or as AWS's format string (`${version} ${srcaddr}`); undefined when it isn't given. */
function givenFields(setting: string): readonly string[] | undefined {
  const names = setting.split(/[\s,]+/).filter((name) => name !== '');
  return names.length === 0 ? undefined : names.map(fieldName);
}

/** Refuses a whole source whose beginning is in a custom format without a header. */
function refuseUnordered({ sample, framing }: ParseContext): void {
  const first = framing === 'lines' ? sample?.lines[0] : messageOf(sample?.json[0]);
  if (framing === 'parquet' || first === undefined || first.startsWith('CWL CONTROL')) return;
  const { tokens } = readLine(first);
  if (tokens.length > 1 && !isHeader(tokens) && !defaultFieldsOf(tokens)) throw new Reject(unordered(tokens.length));
}

/** When CloudWatch Logs says the event was: Unix milliseconds, or a text. */
function eventTime(event: Json): bigint | null {
  const time = event.timestamp ?? event['@timestamp'];
  if (typeof time === 'number' && time > 0 && time < 1e14) return ticksFromUnixMilliseconds(time);
  return typeof time === 'string' ? parseIsoDatetime(time) : null;
}

/** The time in the name of a file delivered to S3 (`…_vpcflowlogs_…_20240615T1000Z_….log.gz`), null for other names. */
function deliveryTime(fileName: string): bigint | null {
  const found = /_(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)Z_/.exec(fileName);
  return found && parseIsoDatetime(`${found[1]}-${found[2]}-${found[3]}T${found[4]}:${found[5]}:00Z`);
}
