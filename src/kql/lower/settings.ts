import { kindOf, listOf, nameOf, type SyntaxNode } from '../parse/syntax.js';
import type { Literal } from '../plan/nodes.js';
import { badArgument, unsupported } from './context.js';
import { lowerLiteral } from './literals.js';

/** What a query's `set` statements ask of its answer; options that only steer a service's work say nothing here. */
export interface Settings {
  /** `query_now`: the query clock, in ticks. */
  readonly now?: bigint;
  /** `truncationmaxrecords`: rows a result is cut at, with a warning; Infinity with `notruncation`. */
  readonly rowLimit?: number;
  /** `query_take_max_records`: rows a result has at most. */
  readonly takeAtMost?: number;
  /** `query_results_apply_getschema`: results are replaced by their schemas. */
  readonly schemaOnly?: boolean;
}

type Read = (value: Literal | undefined, node: SyntaxNode) => Settings;

const isOn = (value: Literal | undefined): boolean => value === undefined || value.value === true;
const count = (value: Literal | undefined, node: SyntaxNode): number =>
  typeof value?.value === 'bigint' && value.value >= 0n
    ? Number(value.value)
    : badArgument(nameOf(node.Name), 'its value is a number of records', node);

const READ: Readonly<Record<string, Read>> = {
  query_now: (value, node) =>
    value?.type === 'datetime' && typeof value.value === 'bigint'
      ? { now: value.value }
      : badArgument('query_now', 'its value is a datetime', node),
  notruncation: (value) => (isOn(value) ? { rowLimit: Number.POSITIVE_INFINITY } : {}),
  truncationmaxrecords: (value, node) => ({ rowLimit: count(value, node) }),
  query_take_max_records: (value, node) => ({ takeAtMost: count(value, node) }),
  query_results_apply_getschema: (value) => ({ schemaOnly: isOn(value) }),
  query_language: (value, node) =>
    /^(csl|kql)$/i.test(String(value?.value ?? 'kql')) ? {} : unsupported(`set query_language=${value?.value}`, node),
  query_datetimescope_column: refused('filter by where'),
  query_datetimescope_from: refused('filter by where'),
  query_datetimescope_to: refused('filter by where'),
  query_cursor_scoped_tables: refused('filter by where'),
  validate_permissions: refused('trawl check looks at a query without running it'),
};

/** An option that would change the answer and is not supported. */
function refused(instead: string): Read {
  return (_value, node) => unsupported(`set ${nameOf(node.Name)}`, node, instead);
}

/** The settings of a query block; of an option set twice the last counts. */
export function readSettings(root: SyntaxNode): Settings {
  let settings: Settings = {};
  for (const statement of listOf(root.Statements)) {
    if (kindOf(statement) !== 'SetOptionStatement') continue;
    const value: SyntaxNode | undefined = statement.ValueClause?.Expression;
    settings = { ...settings, ...READ[nameOf(statement.Name)]?.(value && lowerLiteral(value), statement) };
  }
  return settings;
}
