/** The ticks of 1970-01-01 and of a day, as SQL text. */
export const TICKS_1970 = '621355968000000000';
export const DAY = '864000000000';
