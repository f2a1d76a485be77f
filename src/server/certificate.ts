import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { ServeConfig } from '../config/serve.js';
import { trawlError } from '../util/errors.js';

/** PEM texts for TLS listeners. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
  /** Certificates that clients must have been signed by; none are asked for without. */
  readonly clientCa?: string;
}

const YEARS = 5;

/**
 * The certificate that the settings name, or one of the workspace's own in `tls/`, made when it is first needed.
 * @throws TrawlError `certificate-invalid`
 */
export async function certificateOf(settings: ServeConfig['tls'], directory: string): Promise<Certificate> {
  const clientCa = settings['client-ca'] === undefined ? {} : { clientCa: read(settings['client-ca']) };
  if (settings.cert !== undefined || settings.key !== undefined) {
    if (settings.cert === undefined || settings.key === undefined)
      throw trawlError('certificate-invalid', { file: 'serve.tls', reason: 'it takes cert and key together' });
    return { cert: read(settings.cert), key: read(settings.key), ...clientCa };
  }
  const [certFile, keyFile] = [join(directory, 'tls', 'cert.pem'), join(directory, 'tls', 'key.pem')];
  if (!existsSync(certFile) || !existsSync(keyFile)) {
    const { generate } = await import('selfsigned');
    const name = hostname();
    const notAfterDate = new Date();
    notAfterDate.setFullYear(notAfterDate.getFullYear() + YEARS);
    const made = await generate([{ name: 'commonName', value: name }], {
      keyType: 'ec',
      notAfterDate,
      algorithm: 'sha256',
      extensions: [
        {
          name: 'subjectAltName',
          altNames: [
            { type: 2, value: name },
            { type: 2, value: 'localhost' },
            { type: 7, ip: '127.0.0.1' },
            { type: 7, ip: '::1' },
          ],
        },
      ],
    });
    mkdirSync(join(directory, 'tls'), { recursive: true, mode: 0o700 });
    writeFileSync(keyFile, made.private, { mode: 0o600 });
    writeFileSync(certFile, made.cert);
  }
  return { cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8'), ...clientCa };
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw trawlError('certificate-invalid', { file, reason: (error as NodeJS.ErrnoException).code ?? String(error) });
  }
}
