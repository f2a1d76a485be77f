import { type Analysis, analyze, type Bindings } from '../analyze.js';
import { withCovarianceNames } from '../covariance-names.js';
import type { Diagnostic } from '../diagnostics.js';
import { withFindPackAll } from '../find-pack-all.js';
import { countArgument } from './count-argument.js';
import { dnsDeviceName } from './dns-device-name.js';
import { applyEdits } from './edits.js';
import { ipListMatch } from './ip-list-match.js';
import type { Relaxation } from './relaxation.js';
import { unionTableName } from './union-table-name.js';

export const RELAXATIONS: readonly Relaxation[] = [ipListMatch, unionTableName, dnsDeviceName, countArgument];

export interface Relaxed {
  /** The analysis of the portable text: the query's own when nothing had to be relaxed. */
  readonly analysis: Analysis;
  readonly diagnostics: readonly Diagnostic[];
}

/** Analyzes a query, applying each relaxation that turns refused text into accepted text. */
export function relax(text: string, bindings: Bindings): Relaxed {
  let analysis = withFindPackAll(withCovarianceNames(analyze(text, bindings), bindings), bindings);
  if (!analysis.diagnostics.some((of) => of.severity === 'error')) return { analysis, diagnostics: [] };
  const original = analysis;
  const applied: { code: string; message: string; span: { start: number; length: number } }[] = [];
  for (const relaxation of RELAXATIONS) {
    const edits = relaxation.edits(analysis);
    const [first] = edits;
    if (!first) continue;
    const place = analysis === original ? first : relaxation.edits(original)[0];
    const span = place ? { start: place.start, length: place.length } : { start: 0, length: 0 };
    applied.push({ code: relaxation.code, message: relaxation.message, span });
    analysis = analyze(applyEdits(analysis.text, edits), bindings);
  }
  if (applied.length === 0 || analysis.diagnostics.some((of) => of.severity === 'error'))
    return { analysis: original, diagnostics: [] };
  const rewrite = analysis.text;
  return { analysis, diagnostics: applied.map((of) => ({ ...of, severity: 'warning', rewrite })) };
}
