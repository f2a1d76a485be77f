import { nearest } from '../../../util/nearest.js';
import type { Analysis, Bindings } from '../analyze.js';
import type { Diagnostic } from '../diagnostics.js';
import { official } from '../official.js';
import { boundColumns, descendants, kindOf, type SyntaxNode } from '../syntax.js';
import { columnsAt, declaredNames, nodeAt } from './scope.js';
import { BINARY_WORDS, OPERATOR_WORDS, OTHER_SIGNS, OTHER_WORDS } from './words.js';

interface Place {
  readonly analysis: Analysis;
  readonly bindings: Bindings;
  readonly start: number;
  /** What stands there. */
  readonly text: string;
  readonly message: string;
}

type Hint = (place: Place) => string | undefined;

/** What may be meant, by the official parser's code. A hint for a misspelled operator comes before all of them. */
const HINTS: Readonly<Record<string, Hint>> = {
  KS001: ({ message }) => (/Missing: ['"]/.test(message) ? 'A text is begun and not ended.' : undefined),
  KS002: ({ text }) => OTHER_SIGNS[text] && `KQL writes ${OTHER_SIGNS[text]}.`,
  KS005: expected,
  KS124: ({ text }) => didYouMean(text, namesOf(official().Kusto.PlugIns.All)),
  KS141: comparison,
  KS142: unknownName,
  KS145: joinColumn,
  KS204: unknownTable,
  KS211: unknownFunction,
};

/** The findings with hints at what may be meant. */
export function withHints(diagnostics: readonly Diagnostic[], analysis: Analysis, bindings: Bindings): Diagnostic[] {
  return diagnostics.map((of) => {
    if (!of.span) return of;
    const { start, length } = of.span;
    const text = analysis.text.slice(start, start + length).replace(/^\['?|'?\]$|^'|'$/g, '');
    const place: Place = { analysis, bindings, start, text, message: of.message };
    const hint = misspelledOperator(place) ?? HINTS[of.code]?.(place);
    return hint ? { ...of, message: withHint(of.message, hint) } : of;
  });
}

/** Findings that are no sentences (`Expected: ;`) get the hint in parentheses. */
const withHint = (message: string, hint: string): string =>
  message.endsWith('.') ? `${message} ${hint}` : `${message} (${withoutCapital(hint).replace(/\.$/, '')})`;
const withoutCapital = (hint: string): string => hint.replace(/^[A-Z](?![A-Z])/, (letter) => letter.toLowerCase());

function didYouMean(typed: string, names: Iterable<string>): string | undefined {
  const near = nearest(typed, names);
  return near.length > 0 ? `Did you mean ${near.join(' or ')}?` : undefined;
}

const namesOf = (list: unknown): string[] =>
  (official().Bridge.toArray(list) as { Name: string }[]).map((of) => of.Name);

/** A word behind a `|` that begins no operator: misspelled, or another language's. */
function misspelledOperator({ analysis: { text }, start }: Place): string | undefined {
  const before = /\|\s*([A-Za-z-]*)$/.exec(text.slice(0, start));
  if (!before) return undefined;
  const word = before[1] + (/^[A-Za-z-]*/.exec(text.slice(start))?.[0] ?? '');
  if (word === '' || OPERATOR_WORDS.some((of) => of.split(' ')[0] === word)) return undefined;
  const other = OTHER_WORDS[word.toLowerCase()];
  return other ? `Did you mean ${other}?` : didYouMean(word, OPERATOR_WORDS);
}

/** Something else is expected: a word of a list, a `|` in front of an operator, a `;` behind a statement. */
function expected({ analysis: { text }, start, text: found, message }: Place): string | undefined {
  const listed = /Expected one of: (.+)/.exec(message)?.[1]?.split(', ');
  if (listed) return didYouMean(found, listed);
  const word = /^[A-Za-z-]*/.exec(text.slice(start))![0].toLowerCase();
  const operator = OPERATOR_WORDS.some((of) => of.split(' ')[0] === word);
  if (operator && word !== 'by' && !/\|\s*$/.test(text.slice(0, start)))
    return `An operator begins behind a |: put one before ${word}.`;
  if (/Expected: ;/.test(message) && word !== '' && !operator) return betweenValues(word) ?? statementEnd(text, start);
  return undefined;
}

const statementEnd = (text: string, start: number): string | undefined =>
  /\blet\b[^;]*$/.test(text.slice(0, start)) ? 'A let ends with a ;.' : undefined;

const betweenValues = (word: string): string | undefined =>
  BINARY_WORDS.includes(word) ? undefined : didYouMean(word, BINARY_WORDS);

/** `where a = 1` */
function comparison({ text }: Place): string | undefined {
  return /^[^=<>!~]+=[^=~]+$/.test(text) ? 'KQL compares with ==.' : undefined;
}

function unknownName(place: Place): string | undefined {
  const { analysis, bindings, start, text } = place;
  if (/^\s*select$/i.test(text) && analysis.text.slice(0, start).trim() === '')
    return 'KQL is not SQL: it begins with the table, as in DnsEvents | where Name has "example" | project TimeGenerated, ClientIP.';
  const node = nodeAt(analysis.root, 'NameReference', start);
  const columns = node ? columnsAt(node).map((of) => of.name) : [];
  const operator = columns.length === 0 ? betweenValues(text) : undefined;
  return (
    operator ??
    didYouMean(text, [...columns, ...declaredNames(analysis.root)]) ??
    (columns.length === 0 ? didYouMean(text, tableNames(bindings)) : theColumns(columns))
  );
}

/** The columns there are, where they are few. */
const theColumns = (names: readonly string[]): string | undefined =>
  names.length > 8 ? undefined : `The columns here are ${names.join(', ')}.`;

const tableNames = ({ existing, known, functions }: Bindings): string[] => [
  ...existing,
  ...(known?.() ?? []),
  ...functions.map((of) => of.name),
];

function unknownTable({ analysis, bindings, text }: Place): string | undefined {
  return didYouMean(text.replace(/^["']|["']$/g, ''), [...declaredNames(analysis.root), ...tableNames(bindings)]);
}

/** Functions of a name that Log Analytics has and that lead out of the workspace. */
const OUTSIDE = new Set(['app', 'workspace', 'resource', 'arg', 'adx']);

function unknownFunction({ analysis, bindings, text }: Place): string | undefined {
  if (OUTSIDE.has(text.toLowerCase()))
    return `Queries read the open workspace only: leave ${text}(…) out, and ingest what it stands for.`;
  const { Functions, Aggregates } = official().Kusto;
  const own = [
    ...declaredNames(analysis.root),
    ...(bindings.savedNames ?? []),
    ...bindings.functions.map((of) => of.name),
  ];
  return didYouMean(text, [...own, ...namesOf(Functions.All), ...namesOf(Aggregates.All)]) ?? savedOnes(bindings);
}

/** The saved functions, where none is like the one called. */
function savedOnes({ savedNames = [] }: Bindings): string | undefined {
  if (savedNames.length === 0) return undefined;
  const shown = savedNames.slice(0, 5).join(', ');
  return `Functions saved in the workspace: ${shown}${savedNames.length > 5 ? ', …' : ''}.`;
}

/** Which side of a join lacks a column, and what it has instead. */
function joinColumn({ analysis, start, text }: Place): string | undefined {
  const join = ['JoinOperator', 'LookupOperator']
    .flatMap((kind) => descendants(analysis.root, kind))
    .filter((of) => of.TextStart <= start && start < of.TextStart + of.Width)
    .at(-1);
  const pipe: SyntaxNode | null | undefined = join?.Parent;
  if (!join || !pipe || kindOf(pipe) !== 'PipeExpression') return undefined;
  const sides = { left: boundColumns(pipe.Expression), right: boundColumns(join.Expression) };
  for (const side of ['left', 'right'] as const) {
    const names = sides[side]?.columns.map((of) => of.name);
    if (!names || names.includes(text)) continue;
    const [near] = nearest(text, names, 1);
    const other = side === 'left' ? 'right' : 'left';
    const pair = `$${other}.${text} == $${side}.${near ?? 'COLUMN'}`;
    return `The ${side} side has no column ${text}: compare two of different names, as in on ${side === 'left' ? pair.split(' == ').reverse().join(' == ') : pair}.`;
  }
  return undefined;
}
