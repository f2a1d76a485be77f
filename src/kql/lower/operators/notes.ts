/** How an operator may answer otherwise than Kusto's, by the official name of its syntax; the others answer as Kusto does. */
export const DIFFERS: Readonly<Record<string, string>> = {
  FindOperator: 'without `in (…)`, of all tables those columns are taken that hold a value or that the query names',
  SearchOperator: 'without `in (…)`, of all tables those columns are taken that hold a value or that the query names',
  TopHittersOperator: 'exact, where Kusto approximates',
  SampleOperator: 'takes rows as they come',
  ScanOperator: 'optional steps, and with_match_id beside partition by, are refused',
  ReduceByOperator: 'a clustering of its own after the same paper; terms of digits alone are never part of a pattern',
  RenderOperator: 'the rows pass; the chart is given with the result as a description',
  MakeGraphOperator: 'undirected edges (`--`) are refused; a node in two tables has the properties of both',
  GraphMatchOperator:
    'refused: `cycles=none` with `*0..`, and reading another element inside `all()`, `any()` or `map()`; `labels()` is empty, as there are no graph models',
  GraphShortestPathsOperator:
    'no path passes a node twice; refused: `*0..` beside other edges or with conditions on paths other than `all()`',
  GraphToTableOperator:
    '`nodes as N, edges as E` gives both tables when no statement follows, else to the statements that name them',
};

/** Operators that are not run, with what to do instead. */
export const REFUSED_OPERATORS: Readonly<Record<string, string>> = {
  GraphWhereEdgesOperator: 'filter the edges before make-graph',
  GraphWhereNodesOperator: 'filter the nodes before make-graph, or in the where of graph-match',
  MacroExpandOperator: 'there is one workspace: query it without macro-expand',
  PartitionByOperator: 'write partition by',
};
