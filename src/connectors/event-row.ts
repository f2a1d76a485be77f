import { isIPv6 } from 'node:net';
import type { CellWriter, RowWriter } from '../ingest/connector.js';
import type { KqlType } from '../kql/types.js';

/** Writes a row of CommonSecurityLog by column names. A column's first value stays; further ones are ignored. */
export interface EventRow {
  /** Writes a text; an empty or missing one is no value. */
  text(column: string, value: string | undefined): void;
  /** Writes the digits of an int column. Returns false when the text is no 32-bit integer. */
  int(column: string, value: string | undefined): boolean;
  /** Writes the digits of a long column. Returns false when the text is no whole number. */
  long(column: string, value: string | undefined): boolean;
  /** Writes a time in ticks. */
  time(column: string, ticks: bigint | null): void;
  /** Writes an end of a connection: an address into `SourceIP`/`DestinationIP`, another name into the host name's column. */
  host(end: End, value: string | undefined): void;
  /** Writes one of DeviceCustomNumber1 to 3, its wide column and its label. Returns false when the text is no whole number. */
  customNumber(number: 1 | 2 | 3, label: string, value: string | undefined): boolean;
  /** Keeps what has no column: `key=value` in AdditionalExtensions. */
  extra(key: string, value: string | undefined): void;
  has(column: string): boolean;
  end(): void;
}

export type End = 'Source' | 'Destination';

const TYPES: Readonly<Record<string, KqlType>> = {
  TimeGenerated: 'datetime',
  StartTime: 'datetime',
  EndTime: 'datetime',
  SourcePort: 'int',
  DestinationPort: 'int',
  SourceTranslatedPort: 'int',
  DestinationTranslatedPort: 'int',
  EventCount: 'int',
  ExternalID: 'int',
  FileSize: 'int',
  DeviceCustomNumber1: 'int',
  DeviceCustomNumber2: 'int',
  DeviceCustomNumber3: 'int',
  SentBytes: 'long',
  ReceivedBytes: 'long',
  FieldDeviceCustomNumber1: 'long',
  FieldDeviceCustomNumber2: 'long',
  FieldDeviceCustomNumber3: 'long',
};

const WHOLE = /^\d{1,18}$/;
const IPV4 = /^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}$/;
const ZONE = /%.*$/;

/** Whether a text is an IPv4 or IPv6 address. */
export const isAddress = (text: string): boolean =>
  IPV4.test(text) || (text.includes(':') && isIPv6(text.replace(ZONE, '')));

interface Column {
  readonly cell: CellWriter;
  /** The row that it was last written in. */
  row: number;
}

/** @param rows the writer of CommonSecurityLog */
export function eventRow(rows: RowWriter): EventRow {
  const columns = new Map<string, Column>();
  let row = 1;
  let extras = '';
  const find = (name: string): Column => {
    let column = columns.get(name);
    if (column === undefined) {
      column = { cell: rows.column(name, TYPES[name] ?? 'string'), row: 0 };
      columns.set(name, column);
    }
    return column;
  };
  const text = (name: string, value: string | undefined): void => {
    if (value === undefined || value === '') return;
    const column = find(name);
    if (column.row === row) return;
    column.row = row;
    column.cell.text(value);
  };
  const int = (name: string, value: string | undefined): boolean => {
    if (value === undefined || !WHOLE.test(value) || Number(value) > 2147483647) return false;
    text(name, String(Number(value)));
    return true;
  };
  const long = (name: string, value: string | undefined): boolean => {
    if (value === undefined || !WHOLE.test(value)) return false;
    text(name, value);
    return true;
  };
  return {
    text,
    int,
    long,
    time: (name, ticks) => text(name, ticks?.toString()),
    host(end, value) {
      if (value === undefined || value === '') return;
      text(isAddress(value) ? `${end}IP` : `${end}HostName`, value);
    },
    customNumber(number, label, value) {
      if (!long(`FieldDeviceCustomNumber${number}`, value)) return false;
      int(`DeviceCustomNumber${number}`, value);
      text(`DeviceCustomNumber${number}Label`, label);
      return true;
    },
    extra(key, value) {
      if (value === undefined || value === '') return;
      extras += `${extras === '' ? '' : ';'}${key}=${value}`;
    },
    has: (name) => columns.get(name)?.row === row,
    end() {
      if (extras !== '') find('AdditionalExtensions').cell.text(extras);
      extras = '';
      rows.endRow();
      row++;
    },
  };
}
