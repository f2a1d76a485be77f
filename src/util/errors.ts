import { ERROR_CODES, type ErrorCode, type ErrorParameters } from './error-codes.js';

/** A place in a text: UTF-16 offset from 0 and length. */
export interface Span {
  readonly start: number;
  readonly length: number;
  /** When the cause stands in a saved function that is called here: its file, line and column. */
  readonly within?: string;
}

/**
 * A mistake the user can mend, or a state of the machine they must know of: shown without a stack trace.
 * Any other error that reaches the user is a defect of ours. `code` is a row of `ERROR_CODES`, or a `KS###` of the
 * official parser; `span` is the place in the query text, when there is one.
 */
export class TrawlError extends Error {
  override readonly name = 'TrawlError';
  constructor(
    readonly code: string,
    message: string,
    readonly span?: Span,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The error of that code, its message made from the parameters of the code's template. */
export function trawlError<C extends ErrorCode>(
  code: C,
  parameters: ErrorParameters<C>,
  span?: Span,
  options?: ErrorOptions,
): TrawlError {
  const message = (ERROR_CODES[code].message as (p: ErrorParameters<C>) => string)(parameters);
  return new TrawlError(code, message, span, options);
}
