import {
  kindOf,
  listOf,
  nameOf,
  parametersOf,
  type SyntaxNode,
  symbolKind,
  symbolOf,
  textOf,
} from '../../parse/syntax.js';
import { column, missing, project, text } from '../../plan/build.js';
import type { NamedExpr, Rel } from '../../plan/nodes.js';
import type { Column, KqlType } from '../../types.js';
import { type Context, lookup } from '../context.js';
import { lowerPipe } from '../recurse.js';
import { isView, viewsIn } from '../views.js';
import { patternOf, wildcard } from '../wildcard.js';
import { visible } from './join.js';

export interface Input {
  readonly name: string;
  readonly rel: Rel;
}

/** `union [withsource=S] [kind=inner|outer] [isfuzzy=true] tables`: all rows; columns are matched by name and type. */
export function lowerUnion(node: SyntaxNode, piped: Rel | undefined, context: Context): Rel {
  const parameters = parametersOf(node);
  const source = parameters.get('withsource') ?? parameters.get('with_source');
  const inner = parameters.has('kind') && textOf(parameters.get('kind')!).toLowerCase() === 'inner';
  const fuzzy = parameters.has('isfuzzy') && /true|1/i.test(textOf(parameters.get('isfuzzy')!));
  const first: Input[] = piped ? [{ name: pipedName(node, piped, context) ?? 'union_arg0', rel: piped }] : [];
  const rest = listOf(node.Expressions).flatMap((expression, i) =>
    unionInputs(expression, i + first.length, context, fuzzy),
  );
  return unionOf([...first, ...rest], { inner, ...(source ? { source: nameOf(source) } : {}) });
}

/** The tables one expression of a union stands for: several when it is a wildcard. */
export function unionInputs(node: SyntaxNode, position: number, context: Context, fuzzy: boolean): Input[] {
  const pattern = patternOf(node);
  if (pattern !== undefined) {
    const test = wildcard(pattern);
    const { schema } = context.session;
    const stored = schema.existing
      .filter((name) => test.test(name))
      .map((name): Input => ({ name, rel: { kind: 'scan', table: name, columns: schema.table(name) ?? [] } }));
    return [...stored, ...viewsIn(context, (name) => test.test(name))];
  }
  if (
    fuzzy &&
    kindOf(node) === 'NameReference' &&
    !lookup(context.scope, nameOf(node)) &&
    !context.session.schema.table(nameOf(node)) &&
    symbolKind(symbolOf(node)) !== 'function'
  ) {
    return [];
  }
  const rel = lowerPipe(node, { session: context.session, scope: context.scope });
  return [{ name: givenName(node, rel, context) ?? `union_arg${position}`, rel }];
}

/** The name by which a union knows a table: a stored table's, a view's, or the one that `as` gives it. */
function givenName(node: SyntaxNode, rel: Rel, context: Context): string | undefined {
  switch (kindOf(node)) {
    case 'ParenthesizedExpression':
      return givenName(node.Expression, rel, context);
    case 'PipeExpression':
      return kindOf(node.Operator) === 'AsOperator' ? nameOf(node.Operator.Name) : undefined;
    case 'NameReference': {
      if (rel.kind === 'scan') return rel.table;
      const binding = lookup(context.scope, nameOf(node));
      return isView(binding) || (binding?.kind === 'table' && binding.named) ? nameOf(node) : undefined;
    }
    default:
      return undefined;
  }
}

function pipedName(union: SyntaxNode, piped: Rel, context: Context): string | undefined {
  const pipe = union.Parent;
  return pipe && kindOf(pipe) === 'PipeExpression' ? givenName(pipe.Expression, piped, context) : undefined;
}

/** All rows of the inputs, with columns of one name and different types told apart as `x_long`, `x_string`. */
export function unionOf(
  all: readonly Input[],
  options: { readonly source?: string; readonly inner?: boolean } = {},
): Rel {
  const tables = all.map(({ name, rel }) => ({ name, rel: visible(rel) }));
  const slots = unionColumns(tables.map(({ rel }) => rel.columns)).filter(
    (slot) =>
      !options.inner ||
      tables.every(({ rel }) => rel.columns.some((of) => of.name === slot.from && of.type === slot.type)),
  );
  const inputs = tables.map(({ name, rel }) => {
    const items: NamedExpr[] = slots.map((slot) => {
      const own = rel.columns.find((of) => of.name === slot.from && of.type === slot.type);
      return { name: slot.name, expr: own ? column(own) : missing(slot.type) };
    });
    return project(rel, options.source ? [{ name: options.source, expr: text(name) }, ...items] : items);
  });
  const columns = inputs[0]?.columns ?? [];
  if (inputs.length === 1) return inputs[0]!;
  return inputs.length === 0 ? { kind: 'values', columns: [], rows: [] } : { kind: 'union', inputs, columns };
}

interface Slot {
  readonly name: string;
  readonly from: string;
  readonly type: KqlType;
}

function unionColumns(tables: readonly (readonly Column[])[]): Slot[] {
  const types = new Map<string, Set<KqlType>>();
  for (const of of tables.flat()) types.set(of.name, (types.get(of.name) ?? new Set()).add(of.type));
  const taken = new Set(types.keys());
  return [...types].flatMap(([name, found]) => {
    if (found.size === 1) return [{ name, from: name, type: [...found][0]! }];
    return [...found].map((type) => {
      let unique = `${name}_${type}`;
      for (let n = 1; taken.has(unique); n++) unique = `${name}_${type}${n}`;
      taken.add(unique);
      return { name: unique, from: name, type };
    });
  });
}
