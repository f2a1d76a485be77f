import type { KqlType } from '../../src/index.js';
import { AGGREGATES, aggregateOf, type Choose, expression, LITERALS, type Named, pick, TYPES } from './expressions.js';

/** A query and whether its answer is the same each time: not where rows are chosen freely or ties are broken by chance. */
export interface Generated {
  readonly kql: string;
  readonly definite: boolean;
}

interface State {
  columns: readonly Named[];
  definite: boolean;
  /** Names used so far, for new ones. */
  names: number;
  /** Declarations in front of the query. */
  readonly lets: string[];
}

type Operator = (state: State, choose: Choose) => string | undefined;

const fresh = (state: State): string => `n${state.names++}`;
const some = (columns: readonly Named[], choose: Choose, most = 3): Named[] => {
  const count = 1 + choose.below(Math.min(most, columns.length));
  return [...new Set(Array.from({ length: count }, () => pick(columns, choose)))];
};
const computed = (state: State, choose: Choose, depth = 2): { name: string; type: KqlType; text: string } => {
  const type = pick(TYPES, choose);
  return { name: fresh(state), type, text: expression(type, state.columns, depth, choose) };
};
const ofType = (state: State, ...types: KqlType[]): Named[] => state.columns.filter((of) => types.includes(of.type));
const orderable = (state: State): Named[] => state.columns.filter((of) => of.type !== 'dynamic');

/** A small table of its own, as a datatable. */
export function datatable(state: State, choose: Choose): string {
  const columns = Array.from(
    { length: 2 + choose.below(4) },
    (): Named => ({ name: fresh(state), type: pick(TYPES, choose) }),
  );
  const rows = choose.below(5);
  const cells = Array.from({ length: rows }, () => columns.map((of) => pick(LITERALS[of.type], choose))).flat();
  state.columns = columns;
  return `datatable(${columns.map((of) => `${of.name}:${of.type}`).join(', ')})[${cells.map((of) => (of === 'now()' ? 'datetime(2024-01-01)' : of)).join(', ')}]`;
}

function source(state: State, choose: Choose): string {
  const roll = choose.below(8);
  if (roll === 0) {
    const made = Array.from({ length: 1 + choose.below(3) }, () => computed({ ...state, columns: [] }, choose, 1)).map(
      (of) => ({ ...of, name: fresh(state) }),
    );
    state.columns = made.map(({ name, type }) => ({ name, type }));
    return `print ${made.map((of) => `${of.name} = ${of.text}`).join(', ')}`;
  }
  if (roll === 1) {
    const name = fresh(state);
    state.columns = [{ name, type: 'long' }];
    return `range ${name} from ${choose.below(3)} to ${choose.below(9)} step 1`;
  }
  if (roll <= 4) {
    state.columns = STORED;
    return 'Fuzz_CL';
  }
  return datatable(state, choose);
}

/** The columns of the stored table that queries read. */
export const STORED: readonly Named[] = [
  { name: 'TimeGenerated', type: 'datetime' },
  { name: 'Host', type: 'string' },
  { name: 'SourceIP', type: 'string' },
  { name: 'Bytes', type: 'long' },
  { name: 'Score', type: 'real' },
  { name: 'Ok', type: 'bool' },
  { name: 'Details', type: 'dynamic' },
];

const OPERATORS: Readonly<Record<string, Operator>> = {
  where: (state, choose) => `where ${expression('bool', state.columns, 2, choose)}`,
  extend: (state, choose) => {
    const made = Array.from({ length: 1 + choose.below(2) }, () => computed(state, choose));
    state.columns = [...state.columns, ...made.map(({ name, type }) => ({ name, type }))];
    return `extend ${made.map((of) => `${of.name} = ${of.text}`).join(', ')}`;
  },
  replace: (state, choose) => {
    const { name } = pick(state.columns, choose);
    const made = computed(state, choose);
    state.columns = state.columns.map((of) => (of.name === name ? { name, type: made.type } : of));
    return `extend ${name} = ${made.text}`;
  },
  project: (state, choose) => {
    const kept = some(state.columns, choose, 4);
    const made = computed(state, choose);
    state.columns = [...kept, made];
    return `project ${[...kept.map((of) => of.name), `${made.name} = ${made.text}`].join(', ')}`;
  },
  away: (state, choose) => {
    if (state.columns.length < 2) return undefined;
    const { name } = pick(state.columns, choose);
    state.columns = state.columns.filter((of) => of.name !== name);
    return `project-away ${name}`;
  },
  rename: (state, choose) => {
    const { name } = pick(state.columns, choose);
    const to = fresh(state);
    state.columns = state.columns.map((of) => (of.name === name ? { ...of, name: to } : of));
    return `project-rename ${to} = ${name}`;
  },
  reorder: (state, choose) => {
    const [first] = some(state.columns, choose, 1);
    state.columns = [first!, ...state.columns.filter((of) => of !== first)];
    return `project-reorder ${first!.name}`;
  },
  summarize: (state, choose) => {
    const groups = choose.below(3) === 0 ? [] : some(state.columns, choose, 2);
    const made = Array.from({ length: 1 + choose.below(3) }, () => {
      const [form, type] = pick(AGGREGATES, choose);
      return { name: fresh(state), type, text: aggregateOf(form, state.columns, choose) };
    });
    state.columns = [...groups, ...made.map(({ name, type }) => ({ name, type }))];
    const by = groups.length > 0 ? ` by ${groups.map((of) => of.name).join(', ')}` : '';
    return `summarize ${made.map((of) => `${of.name} = ${of.text}`).join(', ')}${by}`;
  },
  bins: (state, choose) => {
    const [time] = ofType(state, 'datetime');
    if (!time) return undefined;
    const name = fresh(state);
    state.columns = [{ name: time.name, type: 'datetime' }, { name, type: 'long' }];
    return `summarize ${name} = count() by bin(${time.name}, ${pick(['1h', '1d', '7d'], choose)})`;
  },
  argmax: (state, choose) => {
    const keys = orderable(state);
    if (keys.length === 0) return undefined;
    state.definite = false;
    const key = pick(keys, choose);
    state.columns = [key, ...state.columns.filter((of) => of !== key)];
    return `summarize arg_${pick(['max', 'min'], choose)}(${key.name}, *)`;
  },
  sort: (state, choose) => {
    const keys = some(orderable(state).length > 0 ? orderable(state) : [{ name: '1', type: 'long' }], choose, 2);
    if (keys[0]!.name === '1') return undefined;
    return `sort by ${keys.map((of) => `${of.name} ${pick(['asc', 'desc', 'asc nulls last', 'desc nulls first'], choose)}`).join(', ')}`;
  },
  top: (state, choose) => {
    const keys = orderable(state);
    if (keys.length === 0) return undefined;
    state.definite = false;
    return `top ${1 + choose.below(3)} by ${pick(keys, choose).name} ${pick(['asc', 'desc'], choose)}`;
  },
  take: (state, choose) => {
    state.definite = false;
    return `take ${choose.below(4)}`;
  },
  distinct: (state, choose) => {
    const kept = some(state.columns, choose, 2);
    state.columns = kept;
    return `distinct ${kept.map((of) => of.name).join(', ')}`;
  },
  count: (state) => {
    state.columns = [{ name: 'Count', type: 'long' }];
    return 'count';
  },
  union: (state, choose) => {
    const other = table(state, choose);
    const own = new Map(state.columns.map((of) => [of.name, of.type]));
    if (other.columns.some((of) => own.has(of.name) && own.get(of.name) !== of.type)) return undefined;
    state.columns = [...state.columns, ...other.columns.filter((of) => !own.has(of.name))];
    return `union (${other.kql})`;
  },
  join: (state, choose) => {
    const other = table(state, choose);
    const pairs = state.columns.flatMap((left) =>
      other.columns.flatMap((right) => (left.type === right.type && left.type !== 'dynamic' && left.type !== 'real' ? [[left, right] as const] : [])),
    );
    if (pairs.length === 0) return undefined;
    const [left, right] = pick(pairs, choose);
    const kind = pick(['inner', 'leftouter', 'rightouter', 'fullouter', 'leftsemi', 'leftanti', 'rightsemi', 'rightanti', 'innerunique'], choose);
    if (kind === 'innerunique') state.definite = false;
    const taken = new Set(state.columns.map((of) => of.name));
    if (/^right(semi|anti)$/.test(kind)) state.columns = other.columns;
    else if (!/semi|anti/.test(kind)) state.columns = [...state.columns, ...other.columns.filter((of) => !taken.has(of.name))];
    return `join kind=${kind} (${other.kql}) on $left.${left.name} == $right.${right.name}`;
  },
  lookup: (state, choose) => {
    const [key] = ofType(state, 'string', 'long');
    if (!key) return undefined;
    const name = fresh(state);
    state.columns = [...state.columns, { name, type: 'string' }];
    const cells = [0, 1].map(() => `${pick(LITERALS[key.type], choose)}, "v"`).join(', ');
    return `lookup (datatable(${key.name}:${key.type}, ${name}:string)[${cells}]) on ${key.name}`;
  },
  expand: (state, choose) => {
    const arrays = ofType(state, 'dynamic');
    const value = arrays.length > 0 && choose.below(2) ? pick(arrays, choose).name : expression('dynamic', state.columns, 1, choose);
    const type = pick(['long', 'string', 'dynamic', 'real'] as const, choose);
    const name = fresh(state);
    state.columns = [...state.columns, { name, type }];
    return `mv-expand ${name} = ${value}${type === 'dynamic' ? '' : ` to typeof(${type})`}`;
  },
  apply: (state, choose) => {
    const [name, total] = [fresh(state), fresh(state)];
    const text = expression('dynamic', state.columns, 1, choose);
    state.columns = [...state.columns, { name: total, type: 'long' }];
    return `mv-apply ${name} = ${text} to typeof(long) on (where ${name} != 2 | summarize ${total} = sum(${name}))`;
  },
  parse: (state, choose) => {
    const texts = ofType(state, 'string');
    if (texts.length === 0) return undefined;
    const [a, b] = [fresh(state), fresh(state)];
    state.columns = [...state.columns, { name: a, type: 'string' }, { name: b, type: 'long' }];
    const kind = pick(['', 'kind=relaxed ', 'kind=regex '], choose);
    return `${pick(['parse', 'parse-where'], choose)} ${kind}${pick(texts, choose).name} with ${pick(['', '* '], choose)}"${pick(['a', ',', '.', 'H'], choose)}" ${a}:string "${pick([' ', ';', '.0'], choose)}" ${b}:long`;
  },
  series: (state, choose) => {
    const [time] = ofType(state, 'datetime');
    if (!time) return undefined;
    const name = fresh(state);
    const groups = orderable(state).filter((of) => of !== time);
    const group = groups.length > 0 && choose.below(2) ? pick(groups, choose) : undefined;
    state.columns = [...(group ? [group] : []), { name, type: 'dynamic' }, { name: time.name, type: 'dynamic' }];
    return `make-series ${name} = ${pick(['count()', 'dcount(TimeGenerated)'], choose).replace('TimeGenerated', time.name)} on ${time.name} from datetime(2020-02-28) to datetime(2020-03-02) step ${pick(['1d', '12h'], choose)}${group ? ` by ${group.name}` : ''}`;
  },
  windows: (state, choose) => {
    const keys = orderable(state);
    if (keys.length === 0) return undefined;
    state.definite = false;
    const [value, a, b] = [pick(state.columns, choose), fresh(state), fresh(state)];
    state.columns = [...state.columns, { name: a, type: value.type }, { name: b, type: 'long' }];
    return `sort by ${pick(keys, choose).name} asc | extend ${a} = ${pick(['prev', 'next'], choose)}(${value.name}), ${b} = row_number()`;
  },
  cumulate: (state, choose) => {
    const numbers = ofType(state, 'long', 'real');
    if (numbers.length === 0) return undefined;
    state.definite = false;
    const [value, a] = [pick(numbers, choose), fresh(state)];
    state.columns = [...state.columns, { name: a, type: value.type }];
    return `serialize | extend ${a} = row_cumsum(${value.name}, isnull(prev(${value.name})))`;
  },
  nested: (state, choose) => {
    const keys = orderable(state);
    if (keys.length === 0) return undefined;
    state.definite = false;
    const [of, name] = [pick(keys, choose), fresh(state)];
    state.columns = [of, { name, type: 'long' }];
    return `top-nested ${1 + choose.below(3)} of ${of.name} by ${name} = count()`;
  },
  partition: (state, choose) => {
    const keys = ofType(state, 'string', 'long');
    if (keys.length === 0) return undefined;
    state.definite = false;
    const key = pick(keys, choose).name;
    return `partition hint.strategy=native by ${key} (${pick([`top 1 by ${key} asc`, 'take 1', `where isnotempty(${key})`, `sort by ${key} asc | extend _r = row_number() | project-away _r`], choose)})`;
  },
  search: (state, choose) => {
    state.columns = [{ name: '$table', type: 'string' }, ...state.columns];
    return `search ${pick(['"a"', '"Hello*"', '"1" or "x"', 'not("a")', '"a" and "b"'], choose)} | project-away $table`;
  },
  unpack: (state, choose) => {
    const name = fresh(state);
    return `extend ${name} = ${expression('dynamic', state.columns, 1, choose)} | evaluate bag_unpack(${name}, "${name}_")`;
  },
  pivot: (state, choose) => {
    const texts = ofType(state, 'string');
    if (texts.length === 0) return undefined;
    const text = pick(texts, choose).name;
    state.columns = [{ name: 'kept', type: 'long' }];
    return `project p = ${text}, kept = 1 | where p !in ("", "kept", "p") | evaluate pivot(p, count(), kept)`;
  },
  subquery: (state, choose) => {
    const texts = ofType(state, 'string', 'long');
    if (texts.length === 0) return undefined;
    const of = pick(texts, choose);
    const other = table(state, choose);
    const same = other.columns.filter((each) => each.type === of.type);
    if (same.length === 0) return undefined;
    return `where ${of.name} ${pick(['in', '!in'], choose)} ((${other.kql} | project ${pick(same, choose).name}))`;
  },
  scalar: (state, choose) => {
    const other = table(state, choose);
    const [made, variable] = [fresh(state), fresh(state)];
    const of = pick(other.columns, choose);
    const aggregate = pick(['count()', `dcount(${of.name})`], choose);
    state.lets.push(`let ${variable} = toscalar(${other.kql} | summarize ${aggregate});`);
    state.columns = [...state.columns, { name: made, type: 'long' }];
    return `extend ${made} = ${variable} + 1`;
  },
  invoke: (state, choose) => {
    const [name, made] = [fresh(state), fresh(state)];
    const column = pick(state.columns, choose);
    const body = expression('string', [column, { name: 'k', type: 'long' }], 1, choose);
    state.lets.push(`let ${name} = (T:(${column.name}:${column.type}), k:long) { T | extend ${made} = ${body} };`);
    state.columns = [...state.columns, { name: made, type: 'string' }];
    return `invoke ${name}(${choose.below(5)})`;
  },
  getschema: (state, choose) => {
    if (choose.below(4) > 0) return undefined;
    state.columns = [{ name: 'ColumnName', type: 'string' }, { name: 'ColumnOrdinal', type: 'int' }, { name: 'DataType', type: 'string' }, { name: 'ColumnType', type: 'string' }];
    return 'getschema';
  },
}; // biome-ignore format: short functions

/** A table of its own inside another query. */
function table(state: State, choose: Choose): { kql: string; columns: readonly Named[] } {
  const own: State = { ...state, columns: [] };
  const parts = [source(own, choose)];
  if (choose.below(2)) parts.push(OPERATORS.where!(own, choose)!);
  state.names = own.names;
  return { kql: parts.join(' | '), columns: own.columns };
}

/** A query made from choices. */
export function query(choose: Choose): Generated {
  const state: State = { columns: [], definite: true, names: 0, lets: [] };
  const parts = [source(state, choose)];
  const steps = 1 + choose.below(5);
  const names = Object.keys(OPERATORS);
  for (let i = 0; i < steps; i++) {
    const before = state.columns;
    const part = OPERATORS[pick(names, choose)]!(state, choose);
    if (part === undefined) state.columns = before;
    else parts.push(part);
  }
  if (choose.below(6) === 0) {
    const name = fresh(state);
    return {
      kql: `${state.lets.join(' ')} let ${name} = ${parts.join(' | ')}; ${name}`.trim(),
      definite: state.definite,
    };
  }
  return { kql: `${state.lets.join(' ')} ${parts.join('\n| ')}`.trim(), definite: state.definite };
}
