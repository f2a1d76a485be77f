import type { Edit } from './relaxation.js';

/** The text with all edits made; they don't overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const ordered = [...edits].sort((a, b) => b.start - a.start);
  return ordered.reduce(
    (result, { start, length, text: by }) => result.slice(0, start) + by + result.slice(start + length),
    text,
  );
}
