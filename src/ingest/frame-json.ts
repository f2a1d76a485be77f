import { StringDecoder } from 'node:string_decoder';
import { type Framer, KEPT_TEXT, type RecordSink } from './framing.js';
import { isListName, openEnvelope } from './json-envelope.js';
import { JsonScanner } from './json-scanner.js';

/** Characters of one JSON value: what is longer is rejected. */
const VALUE_LIMIT = 64 * 1_048_576;
/** Documents longer than this are read as a stream, when they are an envelope with a list of records. */
const DOCUMENT_LIMIT = 8 * 1_048_576;
/** Characters of a number, a literal or of plain text where JSON should be. */
const TOKEN_LIMIT = 1_048_576;

export interface JsonLimits {
  readonly value?: number;
  readonly document?: number;
}

/**
 * One record a JSON value: of NDJSON, concatenated documents, an array, or an envelope around an array.
 * A value that is no JSON is rejected, up to the next line that begins one.
 */
export function frameJson(sink: RecordSink, limits: JsonLimits = {}): Framer {
  const valueLimit = limits.value ?? VALUE_LIMIT;
  const documentLimit = limits.document ?? DOCUMENT_LIMIT;
  const decoder = new StringDecoder('utf8');
  let text = '';
  let at = 0;
  let line = 1;
  /** Where we are: between documents, between elements of an array, in what follows the list of a long envelope. */
  let place: 'top' | 'array' | 'tail' = 'top';
  let envelope: Readonly<Record<string, unknown>> | undefined;
  /** What follows the list in a long envelope is skipped, as if inside its object. */
  let tail: JsonScanner | undefined;
  let scanner: JsonScanner | undefined;
  let begun = 1;
  /** The value being scanned is longer than a document kept whole, and no envelope. */
  let isLong = false;
  /** The kept beginning of what is rejected, while its rest passes by. */
  let skipping: { text: string; line: number; reason: string } | undefined;

  const emit = (source: string): void => {
    let value: unknown;
    try {
      value = JSON.parse(source);
    } catch {
      sink.reject(source.slice(0, KEPT_TEXT), begun, 'not valid JSON');
      return;
    }
    const opened = place === 'top' ? openEnvelope(value) : null;
    if (opened) for (const record of opened.records) sink.record(record, begun, opened.envelope);
    else sink.record(value, begun, place === 'array' ? envelope : undefined);
  };

  /** Passes white space and what separates values. False at the end of the text. */
  const passBlank = (): boolean => {
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === 10) line++;
      else if (code !== 32 && code !== 9 && code !== 13 && code !== 44 && code !== 0x1e && code !== 0xfeff) return true;
    }
    return false;
  };

  /** Goes to a position, keeping the beginning of what is passed as rejected. */
  const passRejected = (to: number): void => {
    const room = KEPT_TEXT - skipping!.text.length;
    if (room > 0) skipping!.text += text.slice(at, Math.min(to, at + room));
    at = to;
  };

  const rejectSkipped = (): void => {
    sink.reject(skipping!.text.trimEnd(), skipping!.line, skipping!.reason);
    skipping = undefined;
  };

  /** Passes what is rejected, up to a line that begins with a bracket. False when that isn't here yet. */
  const skip = (final: boolean): boolean => {
    for (;;) {
      const newline = text.indexOf('\n', at);
      let next = newline + 1;
      if (newline >= 0) while (text.charCodeAt(next) === 32 || text.charCodeAt(next) === 9) next++;
      if (newline < 0 || next >= text.length) {
        if (final || newline < 0) passRejected(text.length);
        if (!final) return false;
        break;
      }
      line++;
      passRejected(newline + 1);
      const code = text.charCodeAt(next);
      // an indented line begins a value only inside an array
      if ((code === 123 && (place !== 'top' || next === at)) || (code === 91 && place === 'top' && next === at)) break;
    }
    rejectSkipped();
    return true;
  };

  /** Reads a number, a literal, or text that is no JSON. False when its end isn't here yet. */
  const token = (final: boolean): boolean => {
    const end = place === 'array' ? /[,\]\n]/g : /\n/g;
    end.lastIndex = at;
    const found = end.exec(text);
    if (!found && !final) {
      if (text.length - at <= TOKEN_LIMIT) return false;
      skipping = { text: '', line, reason: 'not valid JSON' };
      return true;
    }
    const stop = found ? found.index : text.length;
    const source = text.slice(at, stop).trim();
    begun = line;
    at = stop;
    emit(source);
    return true;
  };

  /** Goes on as a stream inside the list of a long envelope. False when the document is no envelope. */
  const openLongEnvelope = (start: number): boolean => {
    const list = scanner!.list;
    if (place !== 'top' || !list) return false;
    try {
      if (!isListName(JSON.parse(text.slice(list.nameStart, list.nameEnd)))) return false;
      envelope = JSON.parse(`${text.slice(start, list.nameStart).trimEnd().replace(/,$/, '')}}`);
    } catch {
      return false;
    }
    line = list.line;
    at = list.open + 1;
    place = 'array';
    tail = JsonScanner.insideObject();
    scanner = undefined;
    return true;
  };

  /** Reads an object, an array within an array, or a string. False when its end isn't here yet. */
  const value = (final: boolean): boolean => {
    const start = at;
    if (!scanner) {
      scanner = new JsonScanner(start, line);
      begun = line;
      isLong = false;
    }
    let outcome = scanner.scan(text, Math.min(text.length, start + documentLimit));
    if (outcome === 'more' && text.length >= start + documentLimit) {
      if (!isLong && openLongEnvelope(start)) return true;
      isLong = true;
      outcome = scanner.scan(text, Math.min(text.length, start + valueLimit));
    }
    if (outcome === 'more') {
      const tooLong = text.length >= start + valueLimit;
      if (!final && !tooLong) return false;
      const reason = tooLong ? 'the JSON value is too long' : 'the JSON value is cut off';
      skipping = { text: '', line: begun, reason };
      passRejected(tooLong ? scanner.at : text.length);
    } else if (outcome === 'end') {
      at = scanner.at;
      emit(text.slice(start, at));
    } else {
      skipping = { text: '', line: begun, reason: outcome };
      // the bracket that cannot stand here may be the next value's
      passRejected(Math.max(start, text.lastIndexOf('\n', scanner.at - 1)));
      line = scanner.lineAt(text, at);
      scanner = undefined;
      return true;
    }
    line = scanner.line;
    scanner = undefined;
    return true;
  };

  const passTail = (): boolean => {
    const outcome = tail!.scan(text, text.length);
    at = tail!.at;
    line = tail!.line;
    if (outcome === 'more') return false;
    place = 'top';
    envelope = undefined;
    tail = undefined;
    return true;
  };

  const step = (final: boolean): boolean => {
    if (skipping) return skip(final);
    if (place === 'tail') return passTail();
    if (scanner) return value(final);
    if (!passBlank()) return false;
    const code = text.charCodeAt(at);
    if (code === 123 || code === 34) return value(final);
    if (place === 'array') {
      if (code === 91) return value(final);
      if (code !== 93) return token(final);
      at++;
      place = tail ? 'tail' : 'top';
      tail?.startAt(at, line);
      return true;
    }
    if (code !== 91) return token(final);
    at++;
    place = 'array';
    return true;
  };

  const run = (final: boolean): void => {
    while (at < text.length && step(final));
    // what is being scanned stays; everything before it goes
    if (at > 0) {
      text = text.slice(at);
      scanner?.shift(at);
      tail?.shift(at);
      at = 0;
    }
  };

  return {
    push(chunk) {
      text += decoder.write(chunk);
      run(false);
    },
    end() {
      text += decoder.end();
      run(true);
      if (skipping) rejectSkipped();
    },
  };
}
