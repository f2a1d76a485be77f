import { timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Who may ask for what: a request with the token may everything. */
export interface AccessOptions {
  readonly token: string;
  /** Whether only this machine reaches the listener: what sends data in or tells how it is doing then needs no token. */
  readonly loopback: boolean;
}

const LOCAL_HOST = /^(?:localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?$/i;
/** What reads or changes the workspace beyond adding rows: files are read for whoever asks. */
const CONTROL = /^\/api\//;
const FREE = new Set(['/health']);

/** A hook that turns away whoever may not. */
export function accessHook({ token, loopback }: AccessOptions) {
  const wanted = Buffer.from(token);
  return async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const path = request.url.split('?', 1)[0]!;
    if (FREE.has(path)) return;
    const [scheme, given = ''] = (request.headers.authorization ?? '').split(' ');
    const bytes = Buffer.from(given);
    if (scheme?.toLowerCase() === 'bearer' && bytes.length === wanted.length && timingSafeEqual(bytes, wanted)) return;
    // a page in a browser on this machine is not the machine's user: neither by its origin nor by a name that leads here
    const isLocal = LOCAL_HOST.test(request.headers.host ?? '') && request.headers.origin === undefined;
    if (loopback && isLocal && !CONTROL.test(path)) return;
    return reply
      .code(401)
      .header('www-authenticate', 'Bearer')
      .send({ error: { code: 'Unauthorized', message: 'This needs the token of the workspace (its file `token`).' } });
  };
}
