/** A range of characters in a query text: `start` is inclusive, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * A mistake the user can mend, or a state of the machine they must know of: shown without a stack trace.
 * Any other error that reaches the user is a defect of ours.
 */
export class TrawlError extends Error {
  override readonly name = 'TrawlError';

  /**
   * @param code a row of the table of codes (docs/reference/errors.md), such as `workspace-locked`
   * @param message a whole sentence for the user
   * @param span where in the query text, when there is one
   */
  constructor(
    readonly code: string,
    message: string,
    readonly span?: Span,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
