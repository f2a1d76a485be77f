import type { KnobSetting } from '../../index.js';
import { showDiagnostic } from '../diagnostics.js';
import type { Source } from '../excerpt.js';
import type { Outcome } from '../hunting.js';
import type { Colors } from '../io.js';
import { ErrorInSource, showError } from '../show-error.js';
import { readableTime } from './cell.js';
import { duration } from './result.js';
import { type TableStyle, tableText } from './table.js';
import { cut, pad, visible, widthOf } from './visible.js';
import { wrap } from './wrap.js';

export interface HuntStyle extends TableStyle {
  /** What the clock is, in words: `the latest event`. */
  readonly clock: string;
  /** Also print the KQL that ran. */
  readonly kql: boolean;
}

const INDENT = '   ';

/** A hunt's outcome for people: what it looks for, under which clock and knobs, what it found. */
export function huntText(outcome: Outcome, style: HuntStyle): string {
  const { hunt, number, result, error, prepared } = outcome;
  const { colors } = style;
  const text = prose(style);
  const lines = [
    `${colors.bold(colors.cyan(`${number === undefined ? '' : `${number}  `}${visible(hunt.name)}`))}  ${colors.dim(visible(hunt.id))}`,
    ...text(hunt.description.replace(/\s+/g, ' ')).map(colors.dim),
    ...knobLines(prepared.knobs, style),
  ];
  if (result) lines.push(...text(`As of ${readableTime(result.asOf)} UTC (${style.clock})`).map(colors.dim));
  if (style.kql)
    lines.push(
      '',
      ...prepared.kql
        .trimEnd()
        .split('\n')
        .map((line) => `${INDENT}${visible(line.replaceAll('\t', '  '))}`),
    );
  lines.push('');
  if (error)
    lines.push(
      indented(
        showError(new ErrorInSource(error, sourceOf(outcome)), {
          errorColors: colors,
          errorWidth: style.width - INDENT.length,
        }),
      ),
    );
  if (result) lines.push(...findingLines(outcome, style));
  return `${lines.join('\n')}\n\n`;
}

function findingLines(outcome: Outcome, style: HuntStyle): string[] {
  const result = outcome.result!;
  const { colors } = style;
  const lines: string[] = [];
  for (const diagnostic of result.diagnostics)
    if (diagnostic.severity === 'warning')
      lines.push(
        indented(
          showDiagnostic(
            { errorColors: colors, errorWidth: style.width - INDENT.length },
            diagnostic,
            sourceOf(outcome),
          ),
        ),
        '',
      );
  const [table] = result.tables;
  const count = result.findings.length;
  if (table && count > 0) lines.push(tableText(table, { ...style, indent: INDENT, brief: true }));
  const found =
    count === 0
      ? colors.green('Nothing found')
      : colors.bold(colors.yellow(`${count.toLocaleString('en')} finding${count === 1 ? '' : 's'}`));
  lines.push(`${INDENT}${found} ${colors.dim(`in ${duration(outcome.ms)}`)}`);
  if (result.withoutData.length > 0)
    lines.push(...prose(style)(`No data in: ${result.withoutData.join(', ')}`).map(colors.yellow));
  return lines;
}

function knobLines(knobs: readonly KnobSetting[], style: HuntStyle): string[] {
  const text = prose(style);
  return knobs
    .filter(({ changed }) => changed)
    .flatMap((knob) =>
      text(`Set: ${knob.name} = ${cut(knob.value, 200)} (default ${cut(knob.default, 60)})`).map(style.colors.magenta),
    );
}

const prose =
  ({ width }: { readonly width: number }) =>
  (text: string): string[] =>
    text === '' ? [] : wrap(visible(text), Math.min(width, 110) - INDENT.length).map((line) => `${INDENT}${line}`);

const indented = (text: string): string => text.replace(/^/gm, INDENT);

/** The KQL that ran as a source for excerpts; lines count as in the hunt's file while no knob changed the text's lines. */
const sourceOf = ({ hunt, prepared }: Outcome): Source => ({
  text: prepared.kql,
  file: hunt.file.split(/[\\/]/).at(-1)!,
  place: hunt.queryPlace,
});

/** A line a hunt: findings and time. */
export function summaryText(outcomes: readonly Outcome[], colors: Colors): string {
  const names = outcomes.map(({ hunt }) => visible(hunt.name));
  const found = outcomes.map(foundText);
  const [nameWidth, foundWidth] = [Math.max(...names.map(widthOf)), Math.max(...found.map(widthOf))];
  return outcomes
    .map((outcome, at) => {
      const paint = outcome.error ? colors.red : outcome.result!.findings.length === 0 ? colors.dim : colors.yellow;
      return `  ${pad(names[at]!, nameWidth)}  ${paint(pad(found[at]!, foundWidth))}  ${colors.dim(duration(outcome.ms).padStart(6))}\n`;
    })
    .join('');
}

function foundText({ result, error }: Outcome): string {
  if (error) return `could not run (${error.code})`;
  const count = result!.findings.length;
  return count === 0 ? 'nothing found' : `${count.toLocaleString('en')} finding${count === 1 ? '' : 's'}`;
}
