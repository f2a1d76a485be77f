/**
 * Undoes the ASCII writer's escapes: `\xNN` for a byte (UTF-8 sequences are put together again) and `\\` for a backslash.
 * What cannot be text stays as Zeek wrote it, just as its JSON writer leaves it: `\x00`, and bytes that are no UTF-8.
 */
export function unescapeZeek(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\\\|(?:\\x[\da-fA-F]{2})+/g, (found) => (found === '\\\\' ? '\\' : decode(found)));
}

function decode(escapes: string): string {
  const bytes = escapes.split('\\x').slice(1);
  if (bytes.every((byte) => byte < '80' && byte !== '00'))
    return String.fromCharCode(...bytes.map((byte) => Number.parseInt(byte, 16)));
  const text = Buffer.from(bytes.join(''), 'hex').toString('utf8');
  if (text.includes('\ufffd'))
    return bytes
      .map((byte) => (byte < '80' && byte !== '00' ? String.fromCharCode(Number.parseInt(byte, 16)) : `\\x${byte}`))
      .join('');
  return text.replaceAll('\0', '\\x00');
}
