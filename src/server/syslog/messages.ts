import { isUtf8 } from 'node:buffer';
import type { MessageSink } from '../../ingest/frame-syslog.js';
import type { Reception } from '../../ingest/live/reception.js';
import type { Sender } from '../../ingest/live/sender.js';

/** Passes a sender's messages on as UTF-8; what isn't gets U+FFFD in its place. */
export function messagesOf(reception: Reception, sender: () => Sender): MessageSink {
  let checked: Buffer | undefined;
  let valid = false;
  return (bytes, start, end) => {
    if (bytes !== checked) {
      checked = bytes;
      valid = isUtf8(bytes);
    }
    // messages end where characters do: if all of it is valid, so is each of them
    if (valid || isUtf8(bytes.subarray(start, end))) reception.take(sender(), bytes, start, end);
    else {
      const repaired = Buffer.from(bytes.toString('utf8', start, end));
      reception.take(sender(), repaired, 0, repaired.length);
    }
  };
}
