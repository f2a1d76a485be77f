/** Bytes of a block, and the datagrams it holds at most. */
export const BLOCK_BYTES = 262_144;
export const BLOCK_MESSAGES = 4096;
/** Between the datagrams of a block, so that one that ends within a character doesn't make the next one valid. */
export const GAP = 0x0a;

/** Datagrams on their way from the socket's thread: their texts one after the other, and where each ends. */
export interface Block {
  readonly bytes: ArrayBuffer;
  /** `BLOCK_MESSAGES` pairs: the offset where a datagram ends, and its sender's number. */
  readonly index: ArrayBuffer;
}

/** From the socket's thread. */
export type FromSocket =
  | { readonly kind: 'listening'; readonly url: string; readonly receiveBuffer: number }
  | { readonly kind: 'failed'; readonly code: string | undefined; readonly message: string }
  | {
      readonly kind: 'block';
      readonly block: Block;
      readonly messages: number;
      /** Names of senders that come up for the first time, in the order of their numbers. */
      readonly names: readonly string[];
      /** Datagrams that found no block, by the sender's number. */
      readonly dropped: readonly (readonly [sender: number, count: number])[];
    }
  | { readonly kind: 'closed' };

/** To the socket's thread: a block that has been emptied, or the end. */
export type ToSocket = { readonly kind: 'free'; readonly block: Block } | { readonly kind: 'close' };

/** What the thread starts with. */
export interface SocketOptions {
  readonly host: string;
  readonly port: number;
  readonly receiveBuffer: number;
  readonly messageLimit: number;
  /** Blocks at most that the thread fills. */
  readonly blocks: number;
}
