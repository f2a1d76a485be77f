import { type Column, isKqlType, type KqlType } from '../types.js';
import { type OfficialSymbol, official } from './official.js';
import { type PluginColumns, pluginKey } from './plugin-columns.js';
import { textOf } from './syntax.js';

/**
 * Plugins as the reference pages have them, where the official parser's own declaration is missing or narrower: arguments
 * that it doesn't know, types that it doesn't take. Everything else is the parser's.
 */
interface PluginRow {
  readonly name: string;
  /** Left out: those of the official plugin. */
  readonly parameters?: readonly Parameter[];
  /** Which parameter each argument is for, where that isn't the order they are declared in. */
  readonly layout?: (args: readonly Argument[]) => string[];
  /** The columns of the result; left out: those the official plugin gives. */
  readonly columns?: (call: PluginCall) => readonly Column[];
}

/** `kind` is a member of the parser's ParameterTypeKind, `argument` one of its ArgumentKind. */
interface Parameter {
  readonly name: string;
  readonly kind:
    | 'Scalar'
    | 'NotDynamic'
    | 'Summable'
    | 'Integer'
    | 'Number'
    | 'DynamicArray'
    | 'StringOrDynamic'
    | 'bool'
    | 'Tabular'
    | 'bool'
    | 'string';
  readonly argument?: 'Column' | 'Constant' | 'Expression';
  readonly optional?: true;
  readonly repeated?: true;
}

/** An argument as the layout sees it. */
export interface Argument {
  readonly constant: boolean;
  readonly boolean: boolean;
  readonly tabular: boolean;
}

/** A call while it is bound: its arguments by parameter, each with the name and type it gives a column. */
export interface PluginCall {
  argument(parameter: string): Column | undefined;
  arguments(parameter: string): readonly Column[];
  /** The columns of the table that the plugin is applied to. */
  readonly input: readonly Column[];
  /** The text of an argument's value when it is a constant, or undefined. */
  constant(parameter: string): string | undefined;
}

const long = (name: string): Column => ({ name, type: 'long' });
const real = (name: string): Column => ({ name, type: 'real' });
const text = (name: string): Column => ({ name, type: 'string' });

const ID: Parameter = { name: 'IdColumn', kind: 'NotDynamic', argument: 'Column' };
const TIMELINE: Parameter = { name: 'TimelineColumn', kind: 'Summable', argument: 'Column' };
const PERIOD: Parameter = { name: 'Period', kind: 'Scalar', argument: 'Constant', repeated: true };
const DIMENSION: Parameter = {
  name: 'Dimension',
  kind: 'NotDynamic',
  argument: 'Column',
  optional: true,
  repeated: true,
};
const constant = (name: string, kind: Parameter['kind'] = 'Summable'): Parameter => ({
  name,
  kind,
  argument: 'Constant',
});
const option = (name: string, kind: Parameter['kind']): Parameter => ({ name, kind, optional: true });

/** An id, a timeline, constants, then dimensions. */
const idTimelinePeriods = (args: readonly Argument[]): string[] =>
  args.map(({ constant }, i) => (i < 2 ? [ID, TIMELINE][i]!.name : constant ? PERIOD.name : DIMENSION.name));

const timelineAndDimensions = (call: PluginCall): Column[] => [
  ...(call.argument(TIMELINE.name) ? [call.argument(TIMELINE.name)!] : []),
  ...call.arguments(DIMENSION.name),
];

const SEGMENT: readonly Column[] = [long('SegmentId'), long('Count'), real('Percent')];

/** The input's columns that aren't named by one of these arguments. */
function without(call: PluginCall, ...parameters: readonly string[]): Column[] {
  const dropped = new Set(parameters.map((of) => call.argument(of)?.name));
  return call.input.filter((of) => !dropped.has(of.name));
}

/** The name of the result of `rolling_percentile`. */
export const rollingPercentileName = (bins: string, column: string, percentile: string): string =>
  `rolling_${bins}_percentile_${column}_${percentile}`;

const ROWS: readonly PluginRow[] = [
  {
    name: 'activity_engagement',
    parameters: [ID, TIMELINE, PERIOD, DIMENSION],
    layout: idTimelinePeriods,
    columns: (call) => [
      ...timelineAndDimensions(call),
      long('dcount_activities_inner'),
      long('dcount_activities_outer'),
      real('activity_ratio'),
    ],
  },
  {
    name: 'activity_metrics',
    parameters: [ID, TIMELINE, PERIOD, DIMENSION],
    layout: idTimelinePeriods,
    columns: (call) => [
      ...timelineAndDimensions(call),
      long('dcount_values'),
      long('dcount_newvalues'),
      real('retention_rate'),
      real('churn_rate'),
    ],
  },
  { name: 'autocluster', columns: (call) => [...SEGMENT, ...without(call, 'WeightColumn')] },
  { name: 'basket', columns: (call) => [...SEGMENT, ...without(call, 'WeightColumn')] },
  {
    name: 'diffpatterns',
    columns: (call) => [
      long('SegmentId'),
      long('CountA'),
      long('CountB'),
      real('PercentA'),
      real('PercentB'),
      real('PercentDiffAB'),
      ...without(call, 'SplitColumn', 'WeightColumn'),
    ],
  },
  {
    name: 'bag_unpack',
    parameters: [
      { name: 'Column', kind: 'Scalar', argument: 'Column' },
      option('OutputColumnPrefix', 'string'),
      option('columnsConflict', 'string'),
      option('ignoredProperties', 'Scalar'),
    ],
  },
  {
    name: 'diffpatterns_text',
    parameters: [
      { name: 'TextColumn', kind: 'string', argument: 'Column' },
      { name: 'BooleanCondition', kind: 'bool', argument: 'Expression' },
      option('MinTokens', 'Scalar'),
      option('Threshold', 'Scalar'),
      option('MaxTokens', 'Scalar'),
    ],
    columns: () => [
      long('Count_of_True'),
      long('Count_of_False'),
      real('Percent_of_True'),
      real('Percent_of_False'),
      text('Pattern'),
    ],
  },
  {
    name: 'new_activity_metrics',
    parameters: [
      ID,
      TIMELINE,
      { ...PERIOD, name: 'Start' },
      { ...PERIOD, name: 'End' },
      constant('Window', 'Scalar'),
      { ...constant('Cohort', 'Scalar'), optional: true },
      DIMENSION,
      option('Lookback', 'Tabular'),
    ],
    layout: (args) =>
      args.map(
        ({ constant, tabular }, i) =>
          [ID.name, TIMELINE.name, 'Start', 'End', 'Window'][i] ??
          (tabular ? 'Lookback' : i === 5 && constant ? 'Cohort' : DIMENSION.name),
      ),
    columns: (call) => {
      const time = call.argument(TIMELINE.name);
      return [
        ...(time ? ['from', 'to'].map((end) => ({ name: `${end}_${time.name}`, type: time.type })) : []),
        ...call.arguments(DIMENSION.name),
        long('dcount_new_values'),
        long('dcount_retained_values'),
        long('dcount_churn_values'),
        real('retention_rate'),
        real('churn_rate'),
      ];
    },
  },
  {
    name: 'rolling_percentile',
    parameters: [
      { name: 'ValueColumn', kind: 'Summable', argument: 'Column' },
      constant('Percentile', 'Number'),
      { name: 'IndexColumn', kind: 'Summable', argument: 'Column' },
      constant('BinSize'),
      constant('BinsPerWindow', 'Integer'),
      DIMENSION,
    ],
    columns: (call) => {
      const [value, index] = [call.argument('ValueColumn'), call.argument('IndexColumn')];
      const [bins, percentile] = [call.constant('BinsPerWindow'), call.constant('Percentile')];
      return [
        ...(index ? [index] : []),
        ...call.arguments(DIMENSION.name),
        ...(value ? [{ ...value, name: rollingPercentileName(bins ?? '', value.name, percentile ?? '') }] : []),
      ];
    },
  },
  {
    name: 'schema_merge',
    parameters: [option('PreserveOrder', 'bool')],
    columns: () => [text('ColumnName'), long('ColumnOrdinal'), text('DataType'), text('ColumnType')],
  },
  {
    name: 'sequence_detect',
    parameters: [
      TIMELINE,
      constant('MaxSequenceStepWindow'),
      constant('MaxSequenceSpan'),
      { name: 'Expr', kind: 'bool', argument: 'Expression', repeated: true },
      { ...DIMENSION, argument: 'Expression' },
    ],
    layout: (args) => {
      const steps = args.slice(3).findIndex((of) => !of.boolean);
      const first = [TIMELINE.name, 'MaxSequenceStepWindow', 'MaxSequenceSpan'];
      return args.map((_, i) => first[i] ?? (steps < 0 || i < 3 + steps ? 'Expr' : DIMENSION.name));
    },
    columns: (call) => {
      const time = call.argument(TIMELINE.name);
      return [
        ...call.arguments(DIMENSION.name),
        ...(time ? call.arguments('Expr').map((of) => ({ name: `${of.name}_${time.name}`, type: time.type })) : []),
        { name: 'Duration', type: 'timespan' },
      ];
    },
  },
  {
    name: 'sliding_window_counts',
    parameters: [
      ID,
      TIMELINE,
      constant('Start'),
      constant('End'),
      constant('LookBackWindow'),
      constant('Bin', 'Scalar'),
      DIMENSION,
    ],
    columns: (call) => [...timelineAndDimensions(call), long('Count'), long('Dcount')],
  },
];

let made: readonly OfficialSymbol[] | undefined;

/** The plugins a query can name: the official ones, ours in place of those of the same name. */
export function pluginSymbols(found?: PluginColumns): readonly OfficialSymbol[] {
  if (!made) {
    const { Kusto, Bridge } = official();
    const theirs: OfficialSymbol[] = Bridge.toArray(Kusto.PlugIns.All);
    const ours = new Map(ROWS.map((row) => [row.name, symbolOf(row, theirs)]));
    made = [...theirs.filter((of) => !ours.has(of.Name)), ...ours.values()];
  }
  return found ? made.map((of) => (FROM_DATA.has(of.Name) ? withColumns(of, found) : of)) : made;
}

/** Plugins whose columns depend on the data. */
const FROM_DATA = new Set(['bag_unpack', 'pivot']);

/** The plugin that gives the columns found for a call, where there are any. */
function withColumns(plugin: OfficialSymbol, found: PluginColumns): OfficialSymbol {
  const { Kusto, Bridge } = official();
  const { Symbols } = Kusto;
  const original = plugin.Signatures.getItem(0);
  // biome-ignore lint/suspicious/noExplicitAny: generated C#
  const result = (context: any): OfficialSymbol => {
    const { input } = callOf(context);
    // biome-ignore lint/suspicious/noExplicitAny: generated C#
    const args: string[] = Bridge.toArray(context.Arguments).map((of: any) => textOf(of));
    const known = found.get(
      pluginKey(
        plugin.Name,
        args,
        input.map((of) => of.name),
      ),
    );
    if (!known) return original.CustomReturnType(context);
    const names = new Set(known.columns.map((of) => of.name));
    const kept = known.keepsInput ? input.filter((of) => of.name !== args[0] && !names.has(of.name)) : [];
    return new Symbols.TableSymbol.$ctor4('', [...kept, ...known.columns].map(columnSymbol));
  };
  const parameters = Bridge.toArray(original.Parameters);
  return new Symbols.FunctionSymbol.$ctor4(plugin.Name, [
    new Symbols.Signature.ctor(result, Symbols.Tabularity.Tabular, parameters),
  ]);
}

function symbolOf(row: PluginRow, theirs: readonly OfficialSymbol[]): OfficialSymbol {
  const { Kusto, Bridge } = official();
  const { Symbols } = Kusto;
  const original = theirs.find((of) => of.Name === row.name)?.Signatures.getItem(0);
  const parameters = row.parameters?.map(parameterOf) ?? Bridge.toArray(original.Parameters);
  const { columns, layout } = row;
  // biome-ignore lint/suspicious/noExplicitAny: generated C#
  const result = (context: any): OfficialSymbol =>
    new Symbols.TableSymbol.$ctor4('', columns!(callOf(context)).map(columnSymbol));
  let signature = new Symbols.Signature.ctor(
    columns ? result : original.CustomReturnType,
    Symbols.Tabularity.Tabular,
    parameters,
  );
  if (layout && row.parameters) {
    const byName = new Map(row.parameters.map(({ name }, i) => [name, parameters[i]]));
    // biome-ignore lint/suspicious/noExplicitAny: generated C#
    signature = signature.WithLayout$1((_: any, args: any, list: any) => {
      for (const name of layout(Bridge.toArray(args).map(argumentOf))) list.add(byName.get(name));
    });
  }
  return new Symbols.FunctionSymbol.$ctor4(row.name, [signature]);
}

function parameterOf({ name, kind, argument, optional, repeated }: Parameter): OfficialSymbol {
  const { Symbols, FunctionHelpers } = official().Kusto;
  const argumentKind = argument ? Symbols.ArgumentKind[argument] : 0;
  const rest = [
    argumentKind,
    null,
    null,
    false,
    null,
    optional ? 0 : 1,
    repeated ? FunctionHelpers.MaxRepeat : 1,
    null,
    null,
  ];
  return isKqlType(kind)
    ? new Symbols.Parameter.$ctor3(name, Symbols.ScalarTypes.GetSymbol(kind), ...rest)
    : new Symbols.Parameter.ctor(name, Symbols.ParameterTypeKind[kind], ...rest);
}

const columnSymbol = ({ name, type }: Column): OfficialSymbol => {
  const { Symbols } = official().Kusto;
  return new Symbols.ColumnSymbol(name, Symbols.ScalarTypes.GetSymbol(type), null, null, null, null);
};

// biome-ignore lint/suspicious/noExplicitAny: generated C#
const argumentOf = (arg: any): Argument => ({
  constant: arg.IsConstant,
  boolean: official().Kusto.FunctionHelpers.IsBoolean(arg),
  tabular: Boolean(arg.ResultType?.Columns),
});

const typeOf = (symbol: OfficialSymbol | null): KqlType => {
  const name = symbol?.Name ?? '';
  return isKqlType(name) ? name : 'dynamic';
};

// biome-ignore lint/suspicious/noExplicitAny: generated C#
function callOf(context: any): PluginCall {
  // biome-ignore lint/suspicious/noExplicitAny: generated C#
  const column = (arg: any): Column => ({ name: String(context.GetResultName(arg)), type: typeOf(arg.ResultType) });
  return {
    argument: (parameter) => {
      const found = context.GetArgument$1(parameter);
      return found ? column(found) : undefined;
    },
    input: official()
      .Bridge.toArray(context.RowScope.Columns)
      // biome-ignore lint/suspicious/noExplicitAny: generated C#
      .map((of: any): Column => ({ name: String(of.Name), type: typeOf(of.Type) })),
    constant: (parameter) => {
      const value = context.GetArgument$1(parameter)?.ConstantValue;
      return value === null || value === undefined ? undefined : String(official().Bridge.unbox(value));
    },
    arguments: (parameter) => official().Bridge.toArray(context.GetArguments$1(parameter)).map(column),
  };
}
