/** A stream that comes in pieces, each taken when the one before is used. */
export interface PiecedInput {
  /** Resolves when the next piece may come; an empty one is the end. */
  put(piece: Buffer): Promise<void>;
  readonly pieces: AsyncIterable<Buffer>;
  /** Nobody reads any more. */
  close(): void;
}

/** @param signal ends it with its reason */
export function piecedInput(signal: AbortSignal): PiecedInput {
  let waiting: { readonly piece: Buffer; used(): void } | undefined;
  let closed = false;
  let wake = (): void => {};
  signal.addEventListener('abort', () => wake(), { once: true });
  async function* pieces(): AsyncGenerator<Buffer> {
    for (;;) {
      signal.throwIfAborted();
      if (!waiting) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      const { piece, used } = waiting;
      if (piece.length > 0) yield piece;
      waiting = undefined;
      used();
      if (piece.length === 0) return;
    }
  }
  return {
    pieces: pieces(),
    put: (piece) =>
      new Promise((used) => {
        if (closed) return used();
        waiting = { piece, used };
        wake();
      }),
    close() {
      closed = true;
      waiting?.used();
    },
  };
}
