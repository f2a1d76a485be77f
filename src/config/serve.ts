import { z } from 'zod';

/** Where a listener waits: `127.0.0.1:5514`, `[::1]:5514`, `:5514` (all addresses) or `5514` (this machine alone). */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

const LOOPBACK = '127.0.0.1';
const WRITTEN = /^(?:(\[[0-9a-f:.]+\]|[\w.-]*):)?(\d{1,5})$/i;

/** Undefined when the text is no endpoint. */
export function readEndpoint(text: string): Endpoint | undefined {
  const [, host, port] = WRITTEN.exec(text.trim()) ?? [];
  if (port === undefined || Number(port) > 65_535) return undefined;
  return {
    host: host === undefined ? LOOPBACK : host === '' ? '::' : host.replace(/^\[|\]$/g, ''),
    port: Number(port),
  };
}

/** Whether only this machine can reach it. */
export const isLoopback = ({ host }: Endpoint): boolean => /^(?:127\.|::1$|localhost$)/.test(host);

const endpoint = z.union([z.string(), z.int(), z.literal(false)]).transform((value, context): Endpoint | false => {
  if (value === false) return false;
  const read = readEndpoint(String(value));
  if (read) return read;
  context.addIssue({ code: 'custom', message: `'${value}' is no HOST:PORT (or false, for none)` });
  return z.NEVER;
});

/** What `trawl.yaml` says under `serve`. A listener is an endpoint, or `false` for none. */
export const SERVE = z.strictObject({
  syslog: z
    .strictObject({
      udp: endpoint.default({ host: LOOPBACK, port: 5514 }),
      tcp: endpoint.default({ host: LOOPBACK, port: 5514 }),
      tls: endpoint.default({ host: LOOPBACK, port: 6514 }),
      /** Bytes that the kernel keeps of datagrams not yet read. */
      'receive-buffer': z
        .int()
        .positive()
        .default(32 * 1_048_576),
      /** Bytes of a message; longer ones are cut. */
      'message-limit': z
        .int()
        .min(1024)
        .max(16 * 1_048_576)
        .default(131_072),
      /** Connections at a time. */
      connections: z.int().positive().default(1000),
    })
    .prefault({}),
  http: endpoint.default({ host: LOOPBACK, port: 4880 }),
  https: endpoint.default(false),
  tls: z
    .strictObject({
      /** PEM files; a certificate of its own is made when there are none. */
      cert: z.string().optional(),
      key: z.string().optional(),
      /** Certificates that clients must have been signed by; none are asked for without. */
      'client-ca': z.string().optional(),
    })
    .prefault({}),
  memory: z.string().default('512MB'),
});

export type ServeConfig = z.output<typeof SERVE>;
