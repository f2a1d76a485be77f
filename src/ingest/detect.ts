import type { Connector, Framing, Sample } from './connector.js';
import { delimiterOf, frameCsv } from './frame-csv.js';
import { frameJson } from './frame-json.js';

/** Characters of a source's beginning that detection looks at. */
export const SAMPLE_SIZE = 65_536;
const JSON_VALUES = 200;

/** The sample of a text's beginning; `whole` when there is no more of it. */
export function sampleOf(start: string, whole: boolean): Sample {
  const cut = whole || !start.includes('\n') ? start : start.slice(0, start.lastIndexOf('\n') + 1);
  const lines = cut.split(/\r?\n/).filter((line) => line.trim() !== '');
  return { text: cut, lines, json: firstJsonValues(start) };
}

/** The first JSON values, or none when the first of them isn't JSON. */
function firstJsonValues(text: string): unknown[] {
  if (!/^\s*[[{]/.test(text)) return [];
  const values: unknown[] = [];
  let broken = false;
  const framer = frameJson(
    {
      record(value, _line, envelope) {
        if (values.length < JSON_VALUES && !broken) values.push(value);
        void envelope;
      },
      reject() {
        broken = true;
      },
    },
    // so that a long envelope's records are seen although its end is not
    { document: Math.min(8192, Math.max(1, text.length >> 1)) },
  );
  framer.push(Buffer.from(text));
  if (values.length === 0) framer.end();
  return values;
}

export interface Detected {
  readonly connector: Connector;
  readonly framing: Framing;
}

/** The connector that is surest of the sample, the first of the registry when several are; undefined when none claims it. */
export function detect(connectors: readonly Connector[], sample: Sample, parquet: boolean): Detected | undefined {
  let best: Connector | undefined;
  let bestScore = 0;
  for (const connector of connectors) {
    if (framingOf(connector, sample, parquet) === undefined) continue;
    const score = connector.detect(sample);
    if (score > bestScore) [best, bestScore] = [connector, score];
  }
  return best && { connector: best, framing: framingOf(best, sample, parquet)! };
}

/** How a connector would have the source cut; undefined when it can't read such a source at all. */
export function framingOf(connector: Connector, sample: Sample, parquet: boolean): Framing | undefined {
  const framings = [connector.framing].flat();
  if (parquet) return framings.includes('parquet') ? 'parquet' : undefined;
  if (sample.json.length > 0 && framings.includes('json')) return 'json';
  if (framings.includes('xml-events') && sample.text.includes('<Event')) return 'xml-events';
  const texts = framings.filter((framing) => framing.endsWith('lines') || framing === 'csv');
  if (texts.length === 2) return looksLikeCsv(sample) ? 'csv' : texts.find((framing) => framing !== 'csv');
  return texts[0] ?? framings.find((framing) => framing === 'json');
}

/** Rows of at least two cells, nearly all as many as the first has. */
function looksLikeCsv(sample: Sample): boolean {
  const text = sample.lines.filter((line) => !line.startsWith('#')).slice(0, 50);
  if (text.length === 0) return false;
  const widths: number[] = [];
  const framer = frameCsv(
    { record: (cells) => widths.push((cells as string[]).length), reject: () => widths.push(0) },
    delimiterOf(text[0]!),
  );
  framer.push(Buffer.from(`${text.join('\n')}\n`));
  framer.end();
  const [first = 0] = widths;
  return first > 1 && widths.filter((width) => width === first).length >= widths.length * 0.9;
}
