import { describe, expect, it } from 'vitest';
import { asked } from './support.js';

const { rows, set, query, columns, refusal } = asked();

const edges = (text: string): string =>
  `datatable(s:string, t:string, w:long)[${text
    .split(' ')
    .map((edge, i) => `"${edge[0]}","${edge[1]}",${i + 1}`)
    .join(', ')}] | make-graph s --> t with_node_id=id | `;

describe('make-graph', () => {
  it('takes nodes from tables and from the ends of edges', async () => {
    const graph =
      'let P = datatable(pid:string, v:long)["A",10, "B",20, "A",11]; let C = datatable(cid:string, size:long)["A",99, "C",5];' +
      'datatable(s:string, t:string)["A","Z"] | make-graph s --> t with P on pid, C on cid | graph-to-table nodes';
    expect(await columns(graph)).toEqual(['pid:string', 'v:long', 'cid:string', 'size:long']);
    expect(await set(graph)).toEqual([
      ['', null, 'C', 5],
      ['A', 10, 'A', 99],
      ['B', 20, '', null],
      ['Z', null, 'Z', null],
    ]);
  });
  it('drops a property that two tables type differently', async () => {
    const graph =
      'let P = datatable(id:string, v:long)["A",10]; let C = datatable(id:string, v:string)["B","x"];' +
      'datatable(s:string, t:string)["A","B"] | make-graph s --> t with P on id, C on id | graph-to-table nodes';
    expect(await columns(graph)).toEqual(['id:string']);
    expect(await set(graph)).toEqual([['A'], ['B']]);
  });
  it('may be named, and come from a function', async () => {
    expect(
      await set(
        'let f = (n:long) { range i from 1 to n step 1 | project a = i, b = i + 1 | make-graph a --> b with_node_id=id }; f(2) | graph-match (x)-[p*2..2]->(y) project x.id, y.id',
      ),
    ).toEqual([[1, 3]]);
  });
  it('sees what as names', async () => {
    expect(
      await set(
        'datatable(s:string, t:string)["A","B"] | as T | make-graph s --> t with T on s | graph-match (n) project n.s, n.t',
      ),
    ).toEqual([
      ['A', 'B'],
      ['B', ''],
    ]);
  });
  it('makes a graph of each partition', async () => {
    const tables = `let E = datatable(s:string, t:string, tenant:string)["A","B","x", "B","C","x", "B","D","y"];
      let N = datatable(id:string, tenant:string, k:long)["A","x",1, "B","x",2, "B","y",3];`;
    expect(
      await set(
        `${tables} E | make-graph s --> t with N on id partitioned-by tenant (graph-match (a)-->(b)-->(c) project a.id, b.k, c.id)`,
      ),
    ).toEqual([['A', 2, 'C']]);
    expect(
      await set(`${tables} E | make-graph s --> t with N on id partitioned-by tenant (graph-to-table nodes)`),
    ).toEqual([
      ['A', 'x', 1],
      ['B', 'x', 2],
      ['B', 'y', 3],
      ['C', '', null],
      ['D', '', null],
    ]);
  });
  it('reads ids of any scalar type', async () => {
    const times =
      'datatable(s:datetime, t:datetime)[datetime(2026-01-01), datetime(2026-01-02)] | make-graph s --> t with_node_id=at | ';
    expect(await rows(`${times} graph-match (a)-->(b) project d = b.at - a.at`)).toEqual([['1.00:00:00']]);
    expect(
      await refusal('datatable(s:dynamic, t:dynamic)[1, 2] | make-graph s --> t | graph-match (a) project x=1'),
    ).toContain('dynamic');
  });
});

describe('graph-to-table', () => {
  it('gives hashes of ids', async () => {
    const ids = await query(`${edges('AB')} graph-to-table edges with_source_id=h1 with_target_id=h2`);
    expect(ids.tables[0]!.columns.map((of) => of.name)).toEqual(['h1', 'h2', 's', 't', 'w']);
    const [[a, b]] = (await rows('print hash("A"), hash("B")')) as [[bigint, bigint]];
    expect(ids.tables[0]!.rows).toEqual([[a, b, 'A', 'B', 1]]);
    expect(
      await set(`${edges('AB')} graph-to-table nodes with_node_id=h | extend same = h == hash(id) | project id, same`),
    ).toEqual([
      ['A', true],
      ['B', true],
    ]);
  });
  it('gives both tables to the statements behind it', async () => {
    const both = await query(
      `${edges('AB BC')} graph-to-table nodes as N, edges as E; N | count; E | summarize sum(w)`,
    );
    expect(both.tables.map((of) => of.rows)).toEqual([[[3]], [[3]]]);
    const alone = await query(`${edges('AB BC')} graph-to-table nodes as N, edges as E`);
    expect(alone.tables.map((of) => [of.name, of.rows.length])).toEqual([
      ['N', 3],
      ['E', 2],
    ]);
  });
});

describe('graph-mark-components', () => {
  it('numbers weak components', async () => {
    expect(await set(`${edges('AB BC DE')} graph-mark-components | graph-to-table nodes`)).toEqual([
      ['A', 0],
      ['B', 0],
      ['C', 0],
      ['D', 1],
      ['E', 1],
    ]);
  });
  it('finds strong components', async () => {
    const found = (await rows(
      `${edges('AB BA BC DE CF FC')} graph-mark-components kind=strong with_component_id=part | graph-to-table nodes | summarize make_list(id) by part | project list_id`,
    )) as [string[]][];
    expect(found.map(([ids]) => ids.toSorted().join('')).toSorted()).toEqual(['AB', 'CF', 'D', 'E']);
  });
  it('marks nodes for patterns', async () => {
    expect(
      await set(
        `${edges('AB CD')} graph-mark-components with_component_id=part | graph-match (a)-->(b) where a.part == 1 project a.id, b.part`,
      ),
    ).toEqual([['C', 1]]);
  });
  it('copes with a long chain', async () => {
    expect(
      await rows(
        'range i from 1 to 50000 step 1 | project s = i, t = i + 1 | make-graph s --> t with_node_id=id | graph-mark-components kind=strong | graph-to-table nodes | summarize dcount(ComponentId, 4), count()',
      ),
    ).toEqual([[50001, 50001]]);
  });
});

describe('graph-shortest-paths', () => {
  const city = edges('AB BC AD DC CE AE EF');
  it('gives one of the shortest, or all', async () => {
    const to = 'where a.id == "A" and b.id == "C" project map(p, w)';
    expect(await rows(`${city} graph-shortest-paths (a)-[p*1..5]->(b) ${to}`)).toHaveLength(1);
    expect(await set(`${city} graph-shortest-paths output=all (a)-[p*1..5]->(b) ${to}`)).toEqual([[[1, 2]], [[3, 4]]]);
  });
  it('gives a path for each pair, within the range', async () => {
    expect(await set(`${edges('AB BC')} graph-shortest-paths (a)-[p*1..5]->(b) project a.id, b.id, map(p, w)`)).toEqual(
      [
        ['A', 'B', [1]],
        ['A', 'C', [1, 2]],
        ['B', 'C', [2]],
      ],
    );
    expect(await set(`${edges('AB BC')} graph-shortest-paths (a)-[p*0..1]->(b) project a.id, b.id`)).toEqual([
      ['A', 'A'],
      ['A', 'B'],
      ['B', 'B'],
      ['B', 'C'],
      ['C', 'C'],
    ]);
    expect(
      await set(
        `${edges('AC AB BC')} graph-shortest-paths (a)-[p*2..5]->(b) where b.id == "C" project a.id, map(p, w)`,
      ),
    ).toEqual([['A', [2, 3]]]);
  });
  it('passes no node twice', async () => {
    expect(
      await rows(
        `${edges('AB BA AC')} graph-shortest-paths (a)-[p*3..5]->(b) where a.id == "A" and b.id == "C" project a.id`,
      ),
    ).toEqual([]);
    expect(
      await rows(`${edges('AB BA')} graph-shortest-paths (a)-[p*1..4]->(b) where a.id == b.id project a.id`),
    ).toEqual([]);
  });
  it('asks the condition before it measures', async () => {
    const routes = edges('AB BC AC');
    expect(
      await rows(
        `${routes} graph-shortest-paths (a)-[p*1..5]->(b) where a.id == "A" and b.id == "C" and all(p, w < 3) project map(p, w)`,
      ),
    ).toEqual([[[1, 2]]]);
    expect(
      await rows(
        `${routes} graph-shortest-paths (a)-[p*1..5]->(b) where a.id == "A" and b.id == "C" and any(p, w == 2) project map(p, w)`,
      ),
    ).toEqual([[[1, 2]]]);
    expect(
      await rows(
        `${edges('AB BD AC CE ED')} graph-shortest-paths (a)-[p*1..5]->(b) where a.id == "A" and b.id == "D" and all(inner_nodes(p), id != "B") project map(inner_nodes(p), id)`,
      ),
    ).toEqual([[['C', 'E']]]);
  });
  it('goes backward and either way', async () => {
    expect(await set(`${edges('AB BC')} graph-shortest-paths (a)<-[p*1..5]-(b) project a.id, b.id, map(p, w)`)).toEqual(
      [
        ['B', 'A', [1]],
        ['C', 'A', [2, 1]],
        ['C', 'B', [2]],
      ],
    );
    expect(
      await set(`${edges('AB CB')} graph-shortest-paths (a)-[p*1..5]-(b) where a.id == "A" project b.id, map(p, w)`),
    ).toEqual([
      ['B', [1]],
      ['C', [1, 2]],
    ]);
  });
  it('takes single edges beside the path', async () => {
    expect(
      await set(
        `${edges('XA AB BC AC')} graph-shortest-paths (x)-[e]->(a)-[p*1..5]->(b) where x.id == "X" project a.id, b.id, map(p, w)`,
      ),
    ).toEqual([
      ['A', 'B', [2]],
      ['A', 'C', [4]],
    ]);
  });
  it('refuses other patterns', async () => {
    expect(await refusal(`${city} graph-shortest-paths (a)-->(b) project a.id`)).toContain('variable length');
    expect(await refusal(`${city} graph-shortest-paths (a)-[p*1..2]->(b), (b)-->(c) project a.id`)).toContain(
      'single sequence',
    );
  });
});
