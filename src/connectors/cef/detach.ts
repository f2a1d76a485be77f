/**
 * A copy of a text that is to be kept. V8 represents a part cut out of a longer text as a window on it, so that keeping
 * a key of 13 characters keeps the whole chunk of the file it came from.
 */
export const detach = (text: string): string => Buffer.from(text, 'utf8').toString('utf8');
