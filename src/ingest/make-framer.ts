import type { Sample } from './connector.js';
import type { Detected } from './detect.js';
import { delimiterOf, frameCsv } from './frame-csv.js';
import { frameJson } from './frame-json.js';
import { frameLines } from './frame-lines.js';
import { frameXmlEvents } from './frame-xml-events.js';
import type { Framer, RecordSink } from './framing.js';

/** Cuts a source into records the way its connector wants them. */
export function makeFramer({ framing }: Detected, sink: RecordSink, sample: Sample): Framer {
  if (framing === 'json') return frameJson(sink);
  if (framing === 'xml-events') return frameXmlEvents(sink);
  if (framing === 'csv') return frameCsv(sink, delimiterOf(sample.lines[0] ?? ''));
  return frameLines(sink, framing === 'raw-lines' ? 'bytes' : 'text');
}
