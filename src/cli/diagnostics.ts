import type { Diagnostic } from '../index.js';
import { excerpt, type Source } from './excerpt.js';
import type { Io } from './io.js';
import { visible } from './output/visible.js';

/** Warnings about a query on standard error, each with its place. A rewrite is shown once. */
export function noteDiagnostics(io: Io, diagnostics: readonly Diagnostic[], source: Source): void {
  for (const diagnostic of diagnostics) {
    if (diagnostic.severity === 'information') continue;
    io.note(showDiagnostic(io, diagnostic, source));
  }
  if (diagnostics.some(({ rewrite }) => rewrite !== undefined))
    io.note(
      io.errorColors.dim(
        'Sentinel would refuse this query as it is; `trawl check` prints the portable rewrite that was run.',
      ),
    );
}

/** A diagnostic with its place underlined. */
export function showDiagnostic(
  { errorColors: colors, errorWidth }: Pick<Io, 'errorColors' | 'errorWidth'>,
  { code, severity, message, span }: Diagnostic,
  source: Source,
): string {
  const paint = severity === 'error' ? colors.red : severity === 'warning' ? colors.yellow : colors.cyan;
  const lines = [`${paint(`${severity} ${code}`)}: ${visible(message)}`];
  if (span && span.length > 0) lines.push(excerpt(source, span, { colors, paint, width: errorWidth }));
  return lines.join('\n');
}
