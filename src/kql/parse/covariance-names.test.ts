import { expect, it } from 'vitest';
import { analyze, type Bindings } from './analyze.js';
import { withCovarianceNames } from './covariance-names.js';

const NOTHING: Bindings = { table: () => undefined, existing: [], functions: [] };
const TABLE = 'let T = datatable(x:real, y:real)[1.0, 2.0];';
const named = (query: string) => withCovarianceNames(analyze(TABLE + query, NOTHING), NOTHING);

it('names covariances after both arguments, so that the query can read them', () => {
  const { text, diagnostics } = named(
    'T | summarize covariancep(x, y), c = covariance(x, y) | project covariancep_x_y, c',
  );
  expect(text.slice(TABLE.length)).toContain("summarize ['covariancep_x_y'] = covariancep(x, y), c = covariance(x, y)");
  expect(diagnostics).toEqual([]);
});

it('keeps the places of mistakes', () => {
  const query = 'T | summarize covariance(x, y) | project nothing';
  const span = named(query).diagnostics[0]?.span;
  expect((TABLE + query).slice(span!.start, span!.start + span!.length)).toBe('nothing');
});

it('leaves expressions without names of their own alone', () => {
  const query = 'T | summarize covariance(x * 2, y)';
  expect(named(query).text).toBe(TABLE + query);
});
