import { expect, it } from 'vitest';
import { openWorkspace } from '../src/index.js';

/** A query that is relaxed and needs a plugin's columns from the data is compiled twice: its warning must survive that. */
it('warns of a relaxation in a query whose columns come from the data', async () => {
  const workspace = await openWorkspace();
  const { tables, diagnostics } = await workspace.query(`
    datatable(ip:string, bag:dynamic)["10.0.0.1", dynamic({"a": 1}), "8.8.8.8", dynamic({"a": 2})]
    | where ipv4_is_match(ip, dynamic(["10.0.0.0/8"]))
    | evaluate bag_unpack(bag)`);
  expect(tables[0]!.rows).toEqual([['10.0.0.1', 1]]);
  expect(diagnostics.map((of) => of.code)).toEqual(['relaxed-ip-list-match']);
  await workspace.close();
});
