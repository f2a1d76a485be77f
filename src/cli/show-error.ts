import { ERROR_CODES } from '../util/error-codes.js';
import { TrawlError } from '../util/errors.js';
import { excerpt, type Source } from './excerpt.js';
import type { Io } from './io.js';
import { visible } from './output/visible.js';

/** A TrawlError with the text its span is a place in. */
export class ErrorInSource extends Error {
  override readonly name = 'ErrorInSource';
  constructor(
    readonly error: TrawlError,
    readonly source: Source,
  ) {
    super(error.message, { cause: error });
  }
}

/** Runs `work`; errors with a place come out with the text they are about. */
export async function inSource<T>(source: Source, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof TrawlError ? new ErrorInSource(error, source) : error;
  }
}

type Painted = Pick<Io, 'errorColors' | 'errorWidth'>;

/** An error as the user sees it: code, message, the place underlined, what can be done. A defect of ours keeps its stack. */
export function showError(error: unknown, { errorColors: colors, errorWidth }: Painted): string {
  const source = error instanceof ErrorInSource ? error.source : undefined;
  const of = error instanceof ErrorInSource ? error.error : error;
  if (!(of instanceof TrawlError)) {
    const stack = of instanceof Error ? (of.stack ?? of.message) : String(of);
    return `${colors.red('error')}: a defect of Trawl's own; please report it with what you typed.\n${stack}`;
  }
  const lines = [`${colors.red(colors.bold(`error ${of.code}`))}: ${paragraphs(of.message)}`];
  if (source && of.span) lines.push(excerpt(source, of.span, { colors, paint: colors.red, width: errorWidth }));
  const help = (ERROR_CODES as Readonly<Record<string, { readonly help: string }>>)[of.code]?.help;
  if (help) lines.push(`${colors.cyan('help')}: ${help}`);
  return lines.join('\n');
}

const paragraphs = (text: string): string => text.split('\n').map(visible).join('\n');
