import type { Cell, Row } from '../../ingest/connector.js';
import { connection } from './conn.js';
import { dnsEvent } from './dns.js';
import { request, session } from './web.js';

type Values = Readonly<Record<string, Cell>>;

/** What a log kind gives the hunts' tables, beside its own: the table, and its row. `sensor` is the machine that saw it. */
export const HUNT_ROWS: Readonly<Record<string, { table: string; row: (values: Values, sensor: string) => Row }>> = {
  conn: { table: 'CommonSecurityLog', row: connection },
  http: { table: 'CommonSecurityLog', row: request },
  ssl: { table: 'CommonSecurityLog', row: session },
  dns: { table: 'DnsEvents', row: dnsEvent },
};
