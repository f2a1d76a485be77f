import { regexQuote } from '../../functions/terms.js';
import { kindOf, listOf, nameOf, parametersOf, type SyntaxNode, textOf } from '../../parse/syntax.js';
import { and, call, column, extend, filter, keep, literal, long, project, text } from '../../plan/build.js';
import type { Expr, NamedExpr, Rel } from '../../plan/nodes.js';
import type { KqlType } from '../../types.js';
import { coerce } from '../coerce.js';
import { badArgument, type Context, unsupported } from '../context.js';
import { lowerExpr } from '../recurse.js';
import { typeNamed } from '../schema-clause.js';
import type { LowerOperator } from './operator.js';

/** `parse [kind=simple|relaxed|regex] text with pattern`: columns from the pattern; where it doesn't fit they are '' or null. */
export const lowerParse: LowerOperator = (node, input, context) => parsed(node, input, context).rel;

/** `parse-where`: as `parse`, keeping only the rows that fit. */
export const lowerParseWhere: LowerOperator = (node, input, context) => {
  const { rel, fits } = parsed(node, input, context);
  return project(filter(rel, fits), rel.columns.filter((of) => of.name !== GROUPS).map(keep));
};

/** The hidden column that holds the pattern's groups while the columns are made from it. */
const GROUPS = '$groups';

function parsed(node: SyntaxNode, input: Rel, context: Context): { rel: Rel; fits: Expr } {
  const parameters = parametersOf(node);
  const kind = parameters.has('kind') ? textOf(parameters.get('kind')!).toLowerCase() : 'simple';
  if (!['simple', 'relaxed', 'regex'].includes(kind)) return unsupported(`parse kind=${kind}`, node);
  const flags = parameters.has('flags') ? textOf(parameters.get('flags')!) : '';
  if (/[^imsU]/.test(flags))
    return badArgument('parse', `flags are i, m, s and U, not ${flags}`, parameters.get('flags')!);
  const pattern = patternOf(listOf(node.Patterns), kind, context);
  const value = coerce(lowerExpr(node.Expression, context), 'string');
  const regex = `(?${kind === 'regex' ? flags.replace('s', '') : ''}s)^${pattern.regex}$`;
  const groups = call('regex_groups', 'dynamic', value, text(regex), long(pattern.columns.length));
  const grouped = extend(input, [{ name: GROUPS, expr: groups }]);
  const group = (i: number): Expr => call('regex_group', 'string', column({ name: GROUPS, type: 'dynamic' }), long(i));
  const typed = pattern.columns.map((of, i) => coerce(group(i + 1), of.type));
  const strict =
    kind === 'relaxed'
      ? []
      : pattern.columns.flatMap((of, i) => (of.type === 'string' ? [] : [call('isnotnull', 'bool', typed[i]!)]));
  const whole = call(
    'isnotnull',
    'bool',
    call('regex_group_match', 'string', column({ name: GROUPS, type: 'dynamic' })),
  );
  const fits = and([whole, ...strict]);
  const items: NamedExpr[] = pattern.columns.map((of, i) => ({
    name: of.name,
    expr:
      strict.length > 0
        ? call('iff', of.type, and(strict), typed[i]!, literal(of.type, of.type === 'string' ? '' : null))
        : typed[i]!,
  }));
  const made = extend(grouped, items);
  const shown = made.columns.filter((of) => of.name !== GROUPS);
  return node.ParseKeyword.Text === 'parse-where' ? { rel: made, fits } : { rel: project(made, shown.map(keep)), fits };
}

interface Pattern {
  readonly regex: string;
  readonly columns: readonly { readonly name: string; readonly type: KqlType }[];
}

const NUMBER: Partial<Record<KqlType, string>> = {
  int: '([-+]?\\d+)',
  long: '([-+]?\\d+)',
  real: '([-+]?\\d*\\.?\\d+(?:[eE][-+]?\\d+)?)',
  decimal: '([-+]?\\d*\\.?\\d+(?:[eE][-+]?\\d+)?)',
};

/** A user's own groups must not be counted among the columns. */
const withoutGroups = (regex: string): string =>
  regex.replace(/\\.|\((?!\?)|\[(?:\\.|[^\]])*\]/g, (part) => (part === '(' ? '(?:' : part));

/** The pattern as one anchored regular expression: literals as they are (or as regex), columns as groups, `*` as anything. */
function patternOf(parts: readonly SyntaxNode[], kind: string, context: Context): Pattern {
  const columns: { name: string; type: KqlType }[] = [];
  const anything = kind === 'regex' ? '.*' : '.*?';
  const pieces = parts.map((part, i) => {
    if (kindOf(part) === 'StarExpression') return '.*?';
    if (kindOf(part) === 'NameDeclaration' || kindOf(part) === 'NameAndTypeDeclaration') {
      const type = kindOf(part) === 'NameAndTypeDeclaration' ? typeNamed(textOf(part.Type), part) : 'string';
      columns.push({ name: nameOf(kindOf(part) === 'NameAndTypeDeclaration' ? part.Name : part), type });
      const next = parts[i + 1];
      const number = kind === 'relaxed' && next && kindOf(next) !== 'StarExpression' ? undefined : NUMBER[type];
      return number ?? `(${anything})`;
    }
    const value = lowerExpr(part, context);
    if (value.kind !== 'literal') return badArgument('parse', 'a pattern is made of constants, columns and *', part);
    return kind === 'regex' ? `(?:${withoutGroups(String(value.value))})` : regexQuote(String(value.value));
  });
  return { regex: pieces.join(''), columns };
}
