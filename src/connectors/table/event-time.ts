import { parseDatetime } from '../../engine/store/datetime-text.js';
import type { Cell, Row } from '../../ingest/connector.js';
import { ticksFromUnixMilliseconds } from '../../util/ticks.js';

/** Columns that say when the event was, in tables whose rows came without TimeGenerated; the first that has a time. */
const EVENT_TIMES = [
  'Timestamp',
  'Timestamp_t',
  'timestamp_t',
  'EventTime',
  'EventTime_t',
  'EventStartTime',
  'StartTime',
  'StartTime_t',
  'FlowStartTime_t',
  'CreatedDateTime',
  'ActivityDateTime',
  'EventEndTime',
  'EndTime',
  'ReceiptTime',
  'ts_t',
  'ts',
];
/** CEF's own keys of the event's time, as they are kept in CommonSecurityLog's AdditionalExtensions. */
const CEF_TIME = /(?:^|;)(?:start|rt|end)=(\d{13})(?:;|$)/;

/** Ticks of the event's time by the other columns of a row, or null. */
export function eventTime(row: Row): bigint | null {
  for (const column of EVENT_TIMES) {
    const ticks = toTicks(row[column]);
    if (ticks !== null) return ticks;
  }
  const extensions = row.AdditionalExtensions;
  const cef = typeof extensions === 'string' ? CEF_TIME.exec(extensions) : null;
  return cef ? ticksFromUnixMilliseconds(Number(cef[1])) : null;
}

/** Ticks of a cell in a datetime column: ticks, a date's text, or Unix seconds or milliseconds (years 2001 to 2286). */
export function toTicks(cell: Cell): bigint | null {
  if (typeof cell === 'bigint') return cell;
  if (typeof cell === 'string') return parseDatetime(cell);
  if (typeof cell !== 'number') return null;
  if (cell >= 1e12 && cell < 1e13) return ticksFromUnixMilliseconds(cell);
  return cell >= 1e9 && cell < 1e10 ? ticksFromUnixMilliseconds(cell * 1000) : null;
}
