import { trawlError } from '../../util/errors.js';
import type { Registration } from '../registration.js';
import type { ServerStatus } from '../status.js';
import { fromWire } from '../wire.js';

/** How a running server is doing. @throws TrawlError `server-failed` */
export async function askStatus({ url, token }: Registration): Promise<ServerStatus> {
  try {
    const response = await fetch(`${url}/api/status`, { headers: { authorization: `Bearer ${token}` } });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return fromWire<ServerStatus>(await response.text());
  } catch (error) {
    throw trawlError('server-failed', { url, reason: (error as Error).message });
  }
}
