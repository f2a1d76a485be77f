import { type Connector, type RawLine, Reject, type Sample } from '../../ingest/connector.js';
import type { Log } from './fields.js';
import { fieldsOf, readJson } from './json.js';
import { isCheckPointLeef, readLeef } from './leef.js';
import { logWriter } from './map.js';
import { readPipes } from './pipes.js';
import { readQuoted } from './quoted.js';
import { isCheckPoint } from './recognise.js';

/** Logs of Check Point's gateways and management, as its Log Exporter writes them in its own forms, LEEF and JSON. */
export const checkpoint: Connector = {
  name: 'checkpoint',
  title: 'Check Point Log Exporter (syslog, generic, Splunk, LEEF, JSON), with or without a syslog header',
  tables: ['CommonSecurityLog'],
  framing: ['raw-lines', 'json'],
  settings: {
    'time-zone': {
      default: 'UTC',
      help: 'The zone of times that do not say theirs: an IANA name (Europe/Berlin) or an offset (+02:00).',
    },
  },
  detect,
  open(context) {
    const write = logWriter(context);
    return {
      parse(record) {
        write(context.framing === 'json' ? logOf(record) : readLine(record as RawLine));
        return 'event';
      },
    };
  },
};

const CEF = /CEF: ?\d+\|/;

function detect({ lines, json }: Sample): number {
  if (json.length > 0) {
    const logs = json.slice(0, 100);
    return logs.filter((value) => isObject(value) && isCheckPoint(fieldsOf(value))).length / logs.length;
  }
  const sample = lines.slice(0, 100);
  return sample.length === 0 ? 0 : sample.filter(isLog).length / sample.length;
}

function isLog(line: string): boolean {
  if (CEF.test(line)) return false;
  const log = read(line);
  return log !== null && (isCheckPointLeef(line) || isCheckPoint(log.fields));
}

const read = (line: string): Log | null => readLeef(line) ?? readJson(line) ?? readQuotedOrPipes(line);

/** Values of one form may hold what looks like the other: the one that finds more fields is right. */
function readQuotedOrPipes(line: string): Log | null {
  const pipes = line.includes('|') ? readPipes(line) : null;
  const quoted = line.includes('"') ? readQuoted(line) : null;
  return pipes === null || (quoted !== null && quoted.fields.length > pipes.fields.length) ? quoted : pipes;
}

function readLine({ source, start, end }: RawLine): Log {
  const log = read(source.bytes.toString('utf8', start, end));
  if (log === null) throw new Reject('no Check Point log in the line: neither key="value", key=value|, LEEF nor JSON');
  return log;
}

function logOf(record: unknown): Log {
  if (!isObject(record)) throw new Reject('no Check Point log: a JSON object is expected');
  return { prefix: '', fields: fieldsOf(record) };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);
