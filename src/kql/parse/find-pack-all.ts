import { type Analysis, analyze, type Bindings } from './analyze.js';

const CALL = /^pack_all\s*\(\s*\)/;

/**
 * `find … project …, pack_all()` as documented; the official parser knows it only as the older `pack(*)`. The text keeps its
 * length, so that places in it stay what they are.
 */
export function withFindPackAll(analysis: Analysis, bindings: Bindings): Analysis {
  let { text } = analysis;
  for (const { code, span } of analysis.diagnostics) {
    const call = code === 'KS109' && span ? CALL.exec(text.slice(span.start))?.[0] : undefined;
    if (call) text = text.slice(0, span!.start) + 'pack(*)'.padEnd(call.length) + text.slice(span!.start + call.length);
  }
  return text === analysis.text ? analysis : analyze(text, bindings);
}
