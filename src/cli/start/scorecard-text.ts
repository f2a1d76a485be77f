import type { Colors } from '../io.js';
import { wrap } from '../output/wrap.js';
import type { Scorecard } from './scorecard.js';

/** The scorecard for people: each incident with its story, each decoy with what became of it, and the sums. */
export function scorecardText({ planted, decoys, others }: Scorecard, colors: Colors, width: number): string {
  const room = Math.min(width, 110) - 4;
  const story = (text: string): string[] => wrap(text, room).map((line) => colors.dim(`    ${line}`));
  const lines = [colors.bold('What was planted'), ''];
  for (const { item, found, alsoIn } of planted) {
    const target = item.remote === '' ? item.domain : `${item.remote}${item.port === null ? '' : ` port ${item.port}`}`;
    const also = alsoIn.length > 0 ? colors.dim(`, and by ${alsoIn.join(', ')}`) : '';
    const mark = found ? colors.green('✔ found') : colors.red('✘ missed');
    lines.push(`  ${mark} by hunt ${item.hunt}${also}: ${colors.bold(item.host)} → ${target}`, ...story(item.story));
  }
  lines.push('', colors.bold('What only looks wrong'), '');
  for (const { item, findings } of decoys) {
    const verdict =
      findings === 0
        ? colors.green('✔ left alone')
        : item.expected === 'explainable'
          ? colors.yellow(`• shown (${findings})`)
          : colors.red(`✘ wrongly shown (${findings})`);
    lines.push(`  ${verdict} by hunt ${item.hunt}: ${colors.bold(item.id)}`, ...story(item.why));
  }
  lines.push('', ...sums({ planted, decoys, others }).map((line) => colors.bold(line)));
  return `${lines.join('\n')}\n`;
}

function sums({ planted, decoys, others }: Scorecard): string[] {
  const found = planted.filter((of) => of.found).length;
  const quiet = decoys.filter((of) => of.findings === 0).length;
  const shown = decoys.filter((of) => of.findings > 0);
  const harmless = shown.filter(({ item }) => item.expected === 'explainable').length;
  const wrong = shown.length - harmless;
  const other = [...others].filter(([, count]) => count > 0).map(([hunt, count]) => `${count} of hunt ${hunt}`);
  return [
    `${found} of ${planted.length} incidents found; ${quiet} of ${decoys.length} decoys left alone, ${harmless} shown that a person can explain${wrong > 0 ? `, ${wrong} wrongly shown` : ''}.`,
    other.length > 0 ? `Findings that are neither: ${other.join(', ')}.` : 'No findings besides.',
  ];
}
