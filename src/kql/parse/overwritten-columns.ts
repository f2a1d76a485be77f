import type { OfficialSymbol, SyntaxNode } from './official.js';

const OPERATORS = ['VisitParseOperator', 'VisitParseWhereOperator', 'VisitParseKvOperator'];

/**
 * Lets the official binder's `parse` operators overwrite a column they give anew, as Kusto does. By itself it keeps both columns
 * under one name, and counts the names of what follows (`arg_max(t, *)`) one too far.
 */
export function overwriteParsedColumns(language: OfficialSymbol): void {
  const { Binder, SemanticInfo } = language.Binding;
  const { TableSymbol } = language.Symbols;
  const binder = Binder.NodeBinder.prototype;
  for (const name of OPERATORS) {
    const bind = binder[name];
    binder[name] = function (this: OfficialSymbol, node: SyntaxNode): OfficialSymbol {
      const bound = bind.call(this, node);
      const columns: OfficialSymbol[] = bound?.ResultType?.Columns ? listed(bound.ResultType.Columns) : [];
      const last = new Map(columns.map((of) => [of.Name, of]));
      if (last.size === columns.length) return bound;
      const table = new TableSymbol.$ctor3([...last.values()]).WithInheritableProperties(this.RowScopeOrEmpty);
      return new SemanticInfo.$ctor5(table, bound.Diagnostics);
    };
  }
}

const listed = (columns: OfficialSymbol): OfficialSymbol[] =>
  Array.from({ length: columns.Count }, (_, i) => columns.getItem(i));
