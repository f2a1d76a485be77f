import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;

/** A real HTTP server on this machine, until the test ends. */
export async function serverOf(handler: Handler): Promise<{ readonly url: string; readonly asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      asked.push(`${request.method} ${request.url}${body === '' ? '' : ` ${body}`}`);
      handler(request, response, body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

export interface Added {
  readonly added: string;
  readonly object: Readonly<Record<string, unknown>>;
}

const TAXII = 'application/taxii+json;version=2.1';

/** A TAXII 2.1 server with one root of two collections, of which one may be read; two objects a page. */
export function taxiiServer(objects: readonly Added[], authorization: string): ReturnType<typeof serverOf> {
  const PAGE = 2;
  return serverOf((request, response) => {
    const url = new URL(request.url!, 'http://taxii');
    const send = (status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): void => {
      response.writeHead(status, { 'content-type': TAXII, ...headers }).end(JSON.stringify(value));
    };
    if (request.headers.authorization !== authorization) return send(401, { title: 'Unauthorized' });
    if (request.headers.accept !== TAXII) return send(406, { title: 'Not acceptable' });
    if (url.pathname === '/taxii2/') return send(200, { title: 'Ours', default: '/root/', api_roots: ['/root/'] });
    if (url.pathname === '/root/collections/')
      return send(200, {
        collections: [
          { id: '91a7b528-80eb-42ed-a74d-c6fbd5a26116', title: 'Indicators', can_read: true, can_write: false },
          { id: '52892447-4d7e-4f70-b94d-d7f22742ff63', title: 'Drop box', can_read: false, can_write: true },
        ],
      });
    if (url.pathname !== '/root/collections/91a7b528-80eb-42ed-a74d-c6fbd5a26116/objects/') return send(404, {});
    const after = url.searchParams.get('added_after') ?? '';
    const from = Number(url.searchParams.get('next') ?? 0);
    const found = objects.filter(({ added }) => added > after);
    const page = found.slice(from, from + PAGE);
    const more = from + PAGE < found.length;
    if (page.length === 0) return send(200, {});
    return send(
      200,
      { more, ...(more ? { next: String(from + PAGE) } : {}), objects: page.map(({ object }) => object) },
      {
        'x-taxii-date-added-first': page[0]!.added,
        'x-taxii-date-added-last': page.at(-1)!.added,
      },
    );
  });
}

export function indicator(n: number, address: string, more: Readonly<Record<string, unknown>> = {}) {
  return {
    type: 'indicator',
    spec_version: '2.1',
    id: `indicator--0b5a2f0e-6f4d-4f3b-8a4d-${String(n).padStart(12, '0')}`,
    created: '2026-03-01T00:00:00.000Z',
    modified: '2026-03-01T00:00:00.000Z',
    name: `Server ${n}`,
    pattern: `[ipv4-addr:value = '${address}']`,
    pattern_type: 'stix',
    valid_from: '2026-03-01T00:00:00Z',
    ...more,
  };
}
