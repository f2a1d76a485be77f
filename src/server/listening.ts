import type { AddressInfo, Server } from 'node:net';
import type { Endpoint } from '../config/serve.js';
import { trawlError } from '../util/errors.js';

/** Starts to listen. @throws TrawlError `listen-failed`: the port is taken, or not for us */
export function listening(server: Server, { host, port }: Endpoint): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void => reject(cannotListen({ host, port }, error));
    server.once('error', failed);
    server.listen({ host, port, ipv6Only: false }, () => {
      server.off('error', failed);
      // a listener that fails later must not end the process
      server.on('error', () => {});
      resolve();
    });
  });
}

export const cannotListen = ({ host, port }: Endpoint, error: NodeJS.ErrnoException): Error =>
  trawlError('listen-failed', {
    endpoint: `${bracketed(host)}:${port}`,
    reason: REASONS[error.code ?? ''] ?? error.message,
  });

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another process listens there',
  EACCES: 'ports below 1024 need more rights',
  EADDRNOTAVAIL: 'this machine has no such address',
};

const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/** `tcp://127.0.0.1:5514`. */
export function urlOf(scheme: string, server: { address(): AddressInfo | string | null }): string {
  const { address, port } = server.address() as AddressInfo;
  return `${scheme}://${bracketed(address)}:${port}`;
}
