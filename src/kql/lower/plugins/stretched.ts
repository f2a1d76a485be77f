import { column, keep, project } from '../../plan/build.js';
import type { Expr, Rel } from '../../plan/nodes.js';
import { joined } from '../operators/join.js';
import { PERIOD } from './activity.js';
import type { Periods } from './periods.js';

const PAST = '$past';

/** Each row once for every period that looks back on its own: what a period then counts is its sliding window. */
export function stretched(rows: Rel, periods: Periods, lookback: Expr): Rel {
  const past = project(
    rows,
    rows.columns.map((of) => (of.name === PERIOD ? { name: PAST, expr: column(of) } : keep(of))),
  );
  const all = periods.all(PERIOD);
  const { type } = all.columns[0]!;
  const join = joined('inner', past, all, []);
  const condition = periods.within(
    column({ name: PAST, type }, 'left'),
    column({ name: PERIOD, type }, 'right'),
    lookback,
  );
  return { ...join, condition };
}
