import type { ReadTime } from '../log-time.js';

/** LEA's `26Sep2017 20:18:31`. */
const LEA = /^(\d{1,2})([A-Z][a-z]{2})(\d{4}) +(\d{1,2}:\d\d:\d\d)$/;

/** A reader of the times of logs: the epoch in seconds or finer, ISO 8601, LEA's own form; null for other texts. */
export const logTime =
  (read: ReadTime): ReadTime =>
  (text) => {
    const lea = LEA.exec(text);
    return read(lea === null ? text : `${lea[2]} ${lea[1]} ${lea[3]} ${lea[4]}`);
  };
