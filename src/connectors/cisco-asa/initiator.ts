/** Which end opened a connection: `first` and `second` as the message names them. */
export type Side = 'first' | 'second';

/** Connections remembered before the older half is dropped. */
const MOST = 200_000;

/** Remembers who opened the connections that are open: a Teardown doesn't say it. */
export interface Initiators {
  remember(connection: string, side: Side): void;
  /** Who opened it, and forgets it; undefined when its beginning wasn't seen. */
  take(connection: string): Side | undefined;
}

export function initiators(): Initiators {
  let recent = new Map<string, Side>();
  let older = new Map<string, Side>();
  return {
    remember(connection, side) {
      if (recent.size >= MOST) {
        older = recent;
        recent = new Map();
      }
      recent.set(connection, side);
    },
    take(connection) {
      const map = recent.has(connection) ? recent : older;
      const side = map.get(connection);
      if (side !== undefined) map.delete(connection);
      return side;
    },
  };
}

const EPHEMERAL = 32768;
const SERVICES = 1024;

/**
 * Who must have opened a connection whose beginning wasn't seen, by its ports: a client's is the ephemeral one.
 * The first end when the ports don't tell.
 */
export function likelyInitiator(firstPort: number, secondPort: number): Side {
  if (firstPort < SERVICES && secondPort >= SERVICES) return 'second';
  if (firstPort >= SERVICES && firstPort < EPHEMERAL && secondPort >= EPHEMERAL) return 'second';
  return 'first';
}
