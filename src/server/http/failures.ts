import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { TrawlError } from '../../util/errors.js';
import { toWire } from '../wire.js';

/** An error as it goes over HTTP; `message` alone for defects of ours. */
export interface WireError {
  readonly code: string;
  readonly message: string;
  readonly span?: TrawlError['span'];
}

export const toWireError = (error: unknown): WireError =>
  error instanceof TrawlError
    ? { code: error.code, message: error.message, ...(error.span ? { span: error.span } : {}) }
    : { code: 'internal', message: (error as Error).message };

/** Statuses of errors that are not the request's fault. */
const STATUS: Readonly<Record<string, number>> = { busy: 503, timeout: 408, 'workspace-read-only': 403 };

export function onFailure(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const status = error instanceof TrawlError ? (STATUS[error.code] ?? 400) : (error.statusCode ?? 500);
  if (status >= 500 && !(error instanceof TrawlError)) request.log.error(error);
  if (status === 503) reply.header('retry-after', '1');
  reply
    .code(status)
    .type('application/json')
    .send(toWire({ error: toWireError(error) }));
}
