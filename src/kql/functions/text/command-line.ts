/**
 * The arguments of a Windows command line, as the C runtime splits it: blanks separate, quotes hold together,
 * 2n backslashes before a quote are n backslashes, one more makes the quote a character; `""` inside quotes is a quote.
 */
export function parseWindowsCommandLine(line: string): string[] {
  const args: string[] = [];
  let current: string | undefined;
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const char = line[i]!;
    if (!quoted && (char === ' ' || char === '\t')) {
      if (current !== undefined) args.push(current);
      current = undefined;
      continue;
    }
    current ??= '';
    if (char === '\\') {
      let end = i;
      while (line[end] === '\\') end++;
      const slashes = end - i;
      const escapes = line[end] === '"';
      current += '\\'.repeat(escapes ? slashes >> 1 : slashes);
      if (escapes && slashes % 2 === 1) {
        current += '"';
        end++;
      }
      i = end - 1;
    } else if (char === '"') {
      if (quoted && line[i + 1] === '"') {
        current += '"';
        i++;
      } else quoted = !quoted;
    } else current += char;
  }
  if (current !== undefined) args.push(current);
  return args;
}
