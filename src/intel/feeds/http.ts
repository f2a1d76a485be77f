import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { rootCertificates } from 'node:tls';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { type RemoteFeed, secretText } from '../../config/feeds.js';
import { FeedFailure } from './types.js';

/** Without a byte for so long, a connection is given up. */
const IDLE = 30_000;
const REDIRECTS = 5;
const LONGEST_WAIT = 86_400_000;

type Headers = Readonly<Record<string, string>>;

export interface Answer {
  /** 2xx, or 304. */
  readonly status: number;
  header(name: string): string | undefined;
  readonly body: AsyncIterable<Buffer>;
}

/** Asks a feed's server. What its settings say of credentials goes to that origin alone. */
export interface HttpClient {
  /** The address of the settings. */
  readonly url: URL;
  get(url: URL, headers?: Headers): Promise<Answer>;
  post(url: URL, body: unknown, headers?: Headers): Promise<Answer>;
  close(): void;
}

/**
 * A client with the secrets that a feed's settings name.
 * @param bare whether a token stands in its header alone, as MISP has it, without `Bearer`
 * @throws FeedFailure when a secret isn't there
 */
export function httpClient(feed: RemoteFeed, signal: AbortSignal, bare = false): HttpClient {
  const { url, own, ca } = settingsOf(feed, bare);
  const agents = {
    'http:': new http.Agent({ keepAlive: true }),
    'https:': new https.Agent({ keepAlive: true, ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }) }),
  };

  const once = (target: URL, method: string, headers: Headers, body?: string): Promise<http.IncomingMessage> =>
    new Promise((resolve, reject) => {
      const protocol = target.protocol as keyof typeof agents;
      const { request } = protocol === 'https:' ? https : http;
      const sent = request(target, { method, headers, signal, timeout: IDLE, agent: agents[protocol] }, resolve);
      sent.on('timeout', () => sent.destroy(new Error(`nothing came for ${IDLE / 1000} s`)));
      sent.on('error', (error) => reject(error));
      sent.end(body);
    });

  const ask = async (first: URL, method: string, given: Headers, body?: string): Promise<Answer> => {
    let target = first;
    for (let redirects = 0; ; redirects++) {
      const headers = {
        'user-agent': 'trawl',
        'accept-encoding': 'gzip, deflate, br',
        ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
        ...given,
        ...(target.origin === url.origin ? own : {}),
      };
      const response = await once(target, method, headers, body).catch((error: Error) => {
        signal.throwIfAborted();
        throw new FeedFailure(`${target.origin} can't be reached: ${wordsFor(error)}`);
      });
      const { statusCode: status = 0 } = response;
      const next = response.headers.location;
      if ([301, 302, 303, 307, 308].includes(status) && next !== undefined) {
        response.destroy();
        if (redirects >= REDIRECTS) throw new FeedFailure(`it redirects more than ${REDIRECTS} times`);
        target = redirected(target, next);
        if (body !== undefined && status < 307) throw new FeedFailure(`it redirects a question to ${target.origin}`);
        continue;
      }
      if ((status >= 200 && status < 300) || status === 304) return answerOf(response, signal);
      response.destroy();
      throw new FeedFailure(refusalOf(status), waitOf(response.headers['retry-after']));
    }
  };

  return {
    url,
    get: (target, headers = {}) => ask(target, 'GET', headers),
    post: (target, body, headers = {}) =>
      ask(target, 'POST', { 'content-type': 'application/json', ...headers }, JSON.stringify(body)),
    close() {
      for (const agent of Object.values(agents)) agent.destroy();
    },
  };
}

/** Secrets are read for each update: they may have been changed since. */
function settingsOf(feed: RemoteFeed, bare: boolean): { url: URL; own: Headers; ca?: string } {
  try {
    const url = new URL(secretText(feed.url));
    const own: Record<string, string> = {};
    for (const [name, of] of Object.entries(feed.headers ?? {})) own[name.toLowerCase()] = secretText(of);
    if (feed.token) own.authorization = `${bare ? '' : 'Bearer '}${secretText(feed.token)}`;
    if (feed.user !== undefined && feed.password)
      own.authorization = `Basic ${Buffer.from(`${secretText(feed.user)}:${secretText(feed.password)}`).toString('base64')}`;
    return { url, own, ...(feed.ca === undefined ? {} : { ca: readFileSync(feed.ca, 'utf8') }) };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    // the library's own message would show the address
    if (code === 'ERR_INVALID_URL') throw new FeedFailure('url is no http:// or https:// address');
    throw new FeedFailure(message);
  }
}

function redirected(from: URL, location: string): URL {
  const to = URL.canParse(location, from.href) ? new URL(location, from) : undefined;
  if (!to || !/^https?:$/.test(to.protocol)) throw new FeedFailure('it redirects to what is no http address');
  if (from.protocol === 'https:' && to.protocol === 'http:')
    throw new FeedFailure(`it redirects to ${to.origin}, without TLS`);
  return to;
}

function answerOf(response: http.IncomingMessage, signal: AbortSignal): Answer {
  const encoding = (response.headers['content-encoding'] ?? '').trim().toLowerCase();
  return {
    status: response.statusCode!,
    header: (name) => response.headers[name]?.toString(),
    body: bodyOf(response, encoding, signal),
  };
}

async function* bodyOf(response: http.IncomingMessage, encoding: string, signal: AbortSignal): AsyncGenerator<Buffer> {
  const decoder = DECODERS[encoding];
  if (decoder === undefined) throw new FeedFailure(`it answers in the encoding ${encoding}`);
  const stream = decoder === null ? response : response.pipe(decoder());
  if (stream !== response) response.on('error', (error) => stream.destroy(error));
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) yield chunk;
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof FeedFailure ? error : new FeedFailure(`the answer breaks off: ${wordsFor(error as Error)}`);
  } finally {
    response.destroy();
  }
}

const DECODERS: Readonly<Record<string, (() => NodeJS.ReadWriteStream & { destroy(error: Error): void }) | null>> = {
  '': null,
  identity: null,
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

const wordsFor = (error: Error): string => {
  const { code, message } = error as NodeJS.ErrnoException;
  if (/CERT|SELF_SIGNED|UNABLE_TO|ALTNAME|ERR_TLS|ERR_SSL/.test(code ?? ''))
    return `its certificate is not accepted (${code})`;
  return code === undefined || message.includes('nothing came') ? message : code;
};

const refusalOf = (status: number): string =>
  status === 401 || status === 403
    ? `the server refuses the credentials (HTTP ${status})`
    : status === 404
      ? 'there is nothing at this address (HTTP 404)'
      : `the server answers HTTP ${status}`;

function waitOf(text: string | undefined): number {
  if (text === undefined) return 0;
  const ms = /^\d+$/.test(text.trim()) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), LONGEST_WAIT) : 0;
}
