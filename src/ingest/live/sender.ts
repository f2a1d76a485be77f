/** What is known of somebody who sends: an address that syslog comes from, a followed file, a client. */
export interface Sender {
  /** What rejected records of it are filed under: `udp://192.0.2.7`. */
  readonly name: string;
  /** Connectors that took its messages, the latest first. */
  readonly connectors: string[];
  messages: number;
  bytes: number;
  rejected: number;
  /** Messages that could not be taken in for want of room. */
  dropped: number;
  /** Unix ms of the first and the last message; 0 before. */
  first: number;
  last: number;
  /** Bytes of a followed file that are not read yet. */
  lag?: number;
  /** Why nothing can be had from it at present. */
  problem?: string;
  /** Whether it may be silent for as long as it likes: one file of many. */
  mayRest?: boolean;
}

/** Senders kept apart; whoever comes after them takes the place of the one heard of longest ago. */
const KEPT = 10_000;

/** Who sends, by name. The number is bounded, since addresses can be made up: those forgotten are summed up in `forgotten`. */
export interface Senders {
  get(name: string): Sender;
  list(): readonly Sender[];
  readonly forgotten: Sender;
}

export function makeSenders(kept = KEPT): Senders {
  const senders = new Map<string, Sender>();
  const forgotten = makeSender('others');
  return {
    forgotten,
    list: () => [...senders.values()],
    get(name) {
      const known = senders.get(name);
      if (known) {
        if (senders.size > kept / 2) {
          senders.delete(name);
          senders.set(name, known);
        }
        return known;
      }
      if (senders.size >= kept) forget(senders, forgotten);
      const sender = makeSender(name);
      senders.set(name, sender);
      return sender;
    },
  };
}

const makeSender = (name: string): Sender => ({
  name,
  connectors: [],
  messages: 0,
  bytes: 0,
  rejected: 0,
  dropped: 0,
  first: 0,
  last: 0,
});

function forget(senders: Map<string, Sender>, sum: Sender): void {
  const [name, { messages, bytes, rejected, dropped }] = senders.entries().next().value!;
  senders.delete(name);
  sum.messages += messages;
  sum.bytes += bytes;
  sum.rejected += rejected;
  sum.dropped += dropped;
}
