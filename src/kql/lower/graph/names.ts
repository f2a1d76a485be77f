import { argumentsOf, boundColumns, calledName, kindOf, listOf, nameOf, type SyntaxNode } from '../../parse/syntax.js';

/** Functions whose unnamed columns are called after themselves and their argument. */
const PREFIXED = new Set(['labels', 'node_id', 'node_degree_in', 'node_degree_out']);

/**
 * The names of a `project`'s columns: given ones, `a_age` of `a.age` as the official binder has it, and, where that has
 * none, what the engine calls them: `p_w` of `map(p, w)`, `labels_a` of `labels(a)`, else `Column1`.
 */
export function projectedNames(operator: SyntaxNode): string[] {
  const expressions = listOf(operator.ProjectClause?.Expressions);
  const bound = boundColumns(operator)?.columns ?? [];
  const taken = new Set<string>();
  let unnamed = 0;
  return expressions.map((expression, i) => {
    const own = kindOf(expression) === 'SimpleNamedExpression' ? nameOf(expression.Name) : undefined;
    const known = bound[i]?.name ?? '';
    const wanted = own ?? (/^(Column\d+)?$/.test(known) ? (calledAfter(expression) ?? `Column${++unnamed}`) : known);
    let name = wanted;
    for (let n = 1; taken.has(name); n++) name = `${wanted}${n}`;
    taken.add(name);
    return name;
  });
}

function calledAfter(expression: SyntaxNode): string | undefined {
  if (kindOf(expression) !== 'FunctionCallExpression') return undefined;
  const name = calledName(expression);
  const [first, second] = argumentsOf(expression.ArgumentList);
  if (name === 'map' && first && second) return `${pathName(first)}_${plainName(second)}`;
  return PREFIXED.has(name) && first ? `${name}_${plainName(first)}` : undefined;
}

const pathName = (node: SyntaxNode): string => {
  const [inner] = kindOf(node) === 'FunctionCallExpression' ? argumentsOf(node.ArgumentList) : [];
  return inner ? `${calledName(node)}_${plainName(inner)}` : plainName(node);
};
const plainName = (node: SyntaxNode): string => (kindOf(node) === 'NameReference' ? nameOf(node) : 'Column');
