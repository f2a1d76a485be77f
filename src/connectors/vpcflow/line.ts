/** A line as tokens, and the time that an export of CloudWatch Logs put before it ('' for none). */
export interface FlowLine {
  readonly tokens: readonly string[];
  readonly written: string;
}

const EXPORTED = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)$/;

/**
 * The fields of a line, separated by blanks or tabs, several or one. What CloudWatch Logs puts before it is taken off:
 * the time of an export, and the log stream's name (`eni-…-all`) of `aws logs tail`.
 */
export function readLine(line: string): FlowLine {
  const tokens = line
    .replace(/^\uFEFF/, '')
    .trim()
    .split(/\s+/);
  if (!EXPORTED.test(tokens[0]!)) return { tokens, written: '' };
  const [written = '', ...rest] = tokens;
  return { tokens: /^eni-[\da-f]+-(?:all|accept|reject)$/.test(rest[0] ?? '') ? rest.slice(1) : rest, written };
}
