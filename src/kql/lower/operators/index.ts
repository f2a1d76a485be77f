import { lowerAs } from './as.js';
import { lowerAssertSchema } from './assert-schema.js';
import { lowerConsume } from './consume.js';
import { lowerCount } from './count.js';
import { lowerDistinct } from './distinct.js';
import { lowerEvaluate } from './evaluate.js';
import { lowerExtend } from './extend.js';
import { lowerFacet } from './facet.js';
import { lowerFork } from './fork.js';
import { lowerGetSchema } from './getschema.js';
import { lowerGraphMatch } from './graph-match.js';
import { lowerGraphShortestPaths } from './graph-shortest-paths.js';
import { lowerGraphToTable } from './graph-to-table.js';
import { lowerInvoke } from './invoke.js';
import { lowerJoin } from './join.js';
import { lowerLookup } from './lookup.js';
import { lowerMakeSeries } from './make-series.js';
import { lowerMvApply } from './mv-apply.js';
import { lowerMvExpand } from './mv-expand.js';
import type { LowerGraphOperator, LowerOperator, LowerSeveral } from './operator.js';
import { lowerParse, lowerParseWhere } from './parse.js';
import { lowerParseKv } from './parse-kv.js';
import { lowerPartition } from './partition.js';
import { lowerProject } from './project.js';
import { lowerProjectAway } from './project-away.js';
import { lowerProjectByNames } from './project-by-names.js';
import { lowerProjectKeep } from './project-keep.js';
import { lowerProjectRename } from './project-rename.js';
import { lowerProjectReorder } from './project-reorder.js';
import { lowerReduce } from './reduce.js';
import { lowerRender } from './render.js';
import { lowerSample, lowerSampleDistinct } from './sample.js';
import { lowerScan } from './scan.js';
import { lowerSearch } from './search.js';
import { lowerSerialize } from './serialize.js';
import { lowerSort } from './sort.js';
import { lowerSummarize } from './summarize.js';
import { lowerTake } from './take.js';
import { lowerTop } from './top.js';
import { lowerTopHitters } from './top-hitters.js';
import { lowerTopNested } from './top-nested.js';
import { lowerUnion } from './union.js';
import { lowerFilter } from './where.js';

/** Tabular operators by the official parser's name of their syntax. */
export const OPERATORS: Readonly<Record<string, LowerOperator>> = {
  AsOperator: lowerAs,
  AssertSchemaOperator: lowerAssertSchema,
  ConsumeOperator: lowerConsume,
  ProjectByNamesOperator: lowerProjectByNames,
  TopNestedOperator: lowerTopNested,
  CountOperator: lowerCount,
  DistinctOperator: lowerDistinct,
  EvaluateOperator: lowerEvaluate,
  ExtendOperator: lowerExtend,
  FilterOperator: lowerFilter,
  InvokeOperator: lowerInvoke,
  JoinOperator: lowerJoin,
  LookupOperator: lowerLookup,
  MvExpandOperator: lowerMvExpand,
  ProjectOperator: lowerProject,
  ProjectAwayOperator: lowerProjectAway,
  ProjectKeepOperator: lowerProjectKeep,
  ProjectRenameOperator: lowerProjectRename,
  ProjectReorderOperator: lowerProjectReorder,
  ReduceByOperator: lowerReduce,
  RenderOperator: lowerRender,
  ScanOperator: lowerScan,
  SearchOperator: lowerSearch,
  SerializeOperator: lowerSerialize,
  SortOperator: lowerSort,
  SummarizeOperator: lowerSummarize,
  TakeOperator: lowerTake,
  TopOperator: lowerTop,
  GetSchemaOperator: lowerGetSchema,
  MakeSeriesOperator: lowerMakeSeries,
  MvApplyOperator: lowerMvApply,
  ParseOperator: lowerParse,
  ParseWhereOperator: lowerParseWhere,
  ParseKvOperator: lowerParseKv,
  PartitionOperator: lowerPartition,
  SampleOperator: lowerSample,
  SampleDistinctOperator: lowerSampleDistinct,
  TopHittersOperator: lowerTopHitters,
  UnionOperator: lowerUnion,
};

/** Operators that make a table of a graph. `make-graph` and `graph-mark-components`, which give graphs, stand in `graph/`. */
export const GRAPH_OPERATORS: Readonly<Record<string, LowerGraphOperator>> = {
  GraphMatchOperator: lowerGraphMatch,
  GraphShortestPathsOperator: lowerGraphShortestPaths,
  GraphToTableOperator: lowerGraphToTable,
};

/** Operators that end a statement and give several tables. */
export const SEVERAL: Readonly<Record<string, LowerSeveral>> = {
  FacetOperator: lowerFacet,
  ForkOperator: lowerFork,
};
