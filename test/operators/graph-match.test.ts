import { describe, expect, it } from 'vitest';
import { asked } from './support.js';

const { rows, set, columns, refusal } = asked();

/** Logons from host to host, and the hosts. */
const NETWORK = `
let hosts = datatable(host:string, zone:string, risk:long)["ws1","office",1, "ws2","office",2, "srv","dmz",7, "dc","core",9, "idle","office",0];
let logons = datatable(source:string, target:string, user:string, at:long)[
  "ws1","srv","ann",1, "ws2","srv","bob",2, "srv","dc","svc",3, "ws1","ws2","ann",4, "dc","gone","svc",5];
let G = logons | make-graph source --> target with hosts on host;
`;
/** A graph with only ids, from "AB BC" for A→B and B→C, weighted 1, 2, … */
const edges = (text: string): string =>
  `datatable(s:string, t:string, w:long)[${text
    .split(' ')
    .map((edge, i) => `"${edge[0]}","${edge[1]}",${i + 1}`)
    .join(', ')}] | make-graph s --> t with_node_id=id | `;

describe('patterns of single edges', () => {
  it('joins edges at their nodes', async () => {
    expect(
      await set(
        `${NETWORK} G | graph-match (a)-[x]->(b)-[y]->(c) where b.zone == "dmz" project a.host, x.user, c.risk`,
      ),
    ).toEqual([
      ['ws1', 'ann', 9],
      ['ws2', 'bob', 9],
    ]);
  });
  it('reads edges from right to left', async () => {
    expect(await set(`${NETWORK} G | graph-match (dc)<-[e]-(b) where dc.host == "dc" project b.host, e.at`)).toEqual([
      ['srv', 3],
    ]);
  });
  it('takes an edge of no direction both ways, a self-loop twice', async () => {
    expect(await set(`${edges('AB CC')} graph-match (a)--(b) project a.id, b.id`)).toEqual([
      ['A', 'B'],
      ['B', 'A'],
      ['C', 'C'],
      ['C', 'C'],
    ]);
  });
  it('binds a repeated name to one node', async () => {
    expect(await set(`${edges('AB BA BC')} graph-match (a)-->(b)-->(a) project a.id, b.id`)).toEqual([
      ['A', 'B'],
      ['B', 'A'],
    ]);
    expect(await set(`${edges('AB CC')} graph-match (a)-[e]->(a) project a.id, e.w`)).toEqual([['C', 2]]);
  });
  it('finds nodes alone, also those without edges', async () => {
    expect(await set(`${NETWORK} G | graph-match (n) where n.risk < 1 or isnull(n.risk) project n.host`)).toEqual([
      ['gone'],
      ['idle'],
    ]);
  });
  it('shares nodes between sequences', async () => {
    expect(
      await set(`${NETWORK} G | graph-match (a)-->(s)-->(d), (a)-->(b)-->(s) project a.host, b.host, s.host, d.host`),
    ).toEqual([['ws1', 'ws2', 'srv', 'dc']]);
  });
  it('keeps parallel and equal edges apart', async () => {
    const twice = 'datatable(s:string, t:string)["A","B", "A","B"] | make-graph s --> t with_node_id=id | ';
    expect(await rows(`${twice} graph-match (a)-->(b) project a.id, b.id`)).toHaveLength(2);
    expect(await rows(`${twice} graph-match (a)-->(b)<--(c) project a.id, c.id`)).toEqual([
      ['A', 'A'],
      ['A', 'A'],
    ]);
  });
  it('takes a missing id for a node', async () => {
    const holes = 'datatable(s:long, t:long)[1,2, long(null),3, 4,long(null)] | make-graph s --> t with_node_id=id | ';
    expect(await rows(`${holes} graph-match (a)-->(b)-->(c) project a.id, b.id, c.id`)).toEqual([[4, null, 3]]);
    expect(await rows(`${holes} graph-match (n) project n.id`)).toHaveLength(5);
  });
  it('sees let values and functions', async () => {
    expect(
      await set(
        `let risky = 5; let label = (h:string) { strcat("<", h, ">") }; ${NETWORK} G | graph-match (a)-->(b) where a.risk > risky project x = label(a.host)`,
      ),
    ).toEqual([['<dc>'], ['<srv>']]);
  });
});

describe('cycles', () => {
  it('uses an edge once by default, across the whole pattern', async () => {
    expect(await rows(`${edges('AB')} graph-match (a)--(b)--(c) project a.id`)).toEqual([]);
    expect(await set(`${edges('AB BA')} graph-match (a)-[e]->(b)-[p*1..3]->(c) project a.id, c.id, map(p, w)`)).toEqual(
      [
        ['A', 'A', [2]],
        ['B', 'B', [1]],
      ],
    );
    expect(await rows(`${edges('AB BC CA')} graph-match (a)-[p*2..2]->(b)-[q*2..2]->(c) project a.id`)).toEqual([]);
  });
  it('all: edges may repeat', async () => {
    expect(await rows(`${edges('AB')} graph-match cycles=all (a)-->(b)<--(c) project a.id, b.id, c.id`)).toEqual([
      ['A', 'B', 'A'],
    ]);
    expect(
      await set(`${edges('AB BA')} graph-match cycles=all (a)-[p*3..4]->(b) where a.id == "A" project map(p, w)`),
    ).toEqual([[[1, 2, 1, 2]], [[1, 2, 1]]]);
  });
  it('none: no node twice, unless the pattern names it twice', async () => {
    expect(await rows(`${edges('AB BA')} graph-match cycles=none (a)-->(b)-->(c) project a.id`)).toEqual([]);
    expect(await rows(`${edges('AB BC CA')} graph-match cycles=none (a)-->(b)-->(c)-->(a) project a.id`)).toHaveLength(
      3,
    );
    expect(await rows(`${edges('AA AB')} graph-match cycles=none (a)-->(b) project a.id, b.id`)).toEqual([['A', 'B']]);
    expect(
      await set(`${edges('AB BA AC')} graph-match cycles=none (a)-[p*1..4]->(b) project a.id, b.id, map(p, w)`),
    ).toEqual([
      ['A', 'B', [1]],
      ['A', 'C', [3]],
      ['B', 'A', [2]],
      ['B', 'C', [2, 3]],
    ]);
    expect(await refusal(`${edges('AB')} graph-match cycles=none (a)-[p*0..1]->(b) project a.id`)).toContain(
      'cycles=none',
    );
  });
});

describe('paths of variable length', () => {
  it('gives all paths within the range, in the order of the pattern', async () => {
    expect(
      await set(`${edges('AB BC CD AC')} graph-match (a)-[p*2..3]->(d) where d.id == "D" project a.id, map(p, w)`),
    ).toEqual([
      ['A', [1, 2, 3]],
      ['A', [4, 3]],
      ['B', [2, 3]],
    ]);
    expect(
      await set(
        `${edges('AB BC')} graph-match (c)<-[p*2..2]-(a) project c.id, a.id, map(p, w), map(inner_nodes(p), id)`,
      ),
    ).toEqual([['C', 'A', [2, 1], ['B']]]);
  });
  it('of no edges, leads from each node to itself', async () => {
    expect(
      await set(
        `${NETWORK} G | graph-match (a)-[p*0..0]->(b) where a.zone == "office" project a.host, b.host, x = map(p, user)`,
      ),
    ).toEqual([
      ['idle', 'idle', []],
      ['ws1', 'ws1', []],
      ['ws2', 'ws2', []],
    ]);
  });
  it('walks either way where the edge has no direction', async () => {
    expect(await set(`${edges('AB CB')} graph-match (a)-[p*2..2]-(b) project a.id, b.id`)).toEqual([
      ['A', 'C'],
      ['C', 'A'],
    ]);
  });
  it('begins where the other elements are', async () => {
    expect(
      await set(
        `${NETWORK} G | graph-match (a)-[e]->(b)-[p*1..2]->(c) where e.user == "bob" project a.host, b.host, c.host, users = map(p, user)`,
      ),
    ).toEqual([
      ['ws2', 'srv', 'dc', ['svc']],
      ['ws2', 'srv', 'gone', ['svc', 'svc']],
    ]);
    expect(await set(`${edges('AB BC DC')} graph-match (a)-[p*1..2]->(c)<-[e]-(d) project a.id, d.id`)).toEqual([
      ['A', 'D'],
      ['B', 'D'],
      ['D', 'B'],
    ]);
    expect(
      await set(`${edges('AB BC CD')} graph-match (a)-[p*1..2]->(b)-[q*1..2]->(c) project a.id, b.id, c.id`),
    ).toEqual([
      ['A', 'B', 'C'],
      ['A', 'B', 'D'],
      ['A', 'C', 'D'],
      ['B', 'C', 'D'],
    ]);
  });
  it('takes bounds from let', async () => {
    expect(await rows(`let n = 2; ${edges('AB BC')} graph-match (a)-[p*n..n]->(b) project a.id, b.id`)).toEqual([
      ['A', 'C'],
    ]);
  });
});

describe('graph functions', () => {
  const weighted =
    'datatable(s:string, t:string, w:long)["A","B",1, "B","C",long(null), "C","D",3] | make-graph s --> t with_node_id=id | ';
  it('all and any count a missing answer as no; all of none is true', async () => {
    expect(
      await set(
        `${weighted} graph-match (a)-[p*0..3]->(b) where a.id == "A" project b.id, x = all(p, w > 0), y = any(p, w > 0), z = all(p, not(w > 0))`,
      ),
    ).toEqual([
      ['A', true, false, true],
      ['B', true, true, false],
      ['C', false, true, false],
      ['D', false, true, false],
    ]);
  });
  it('prune walks as conditions', async () => {
    expect(await set(`${weighted} graph-match (a)-[p*1..3]->(b) where all(p, w >= 1) project a.id, b.id`)).toEqual([
      ['A', 'B'],
      ['C', 'D'],
    ]);
    expect(
      await set(`${weighted} graph-match (a)-[p*1..3]->(b) where any(p, w == 3) and a.id != "C" project a.id, b.id`),
    ).toEqual([
      ['A', 'D'],
      ['B', 'D'],
    ]);
    expect(
      await set(
        `${NETWORK} G | graph-match (a)-[p*1..3]->(b) where all(inner_nodes(p), risk < 9) and b.host == "gone" project a.host`,
      ),
    ).toEqual([['dc']]);
    expect(
      await set(
        `${NETWORK} G | graph-match (a)-[p*2..3]->(b) where any(inner_nodes(p), zone == "dmz") project a.host, b.host`,
      ),
    ).toEqual([
      ['ws1', 'dc'],
      ['ws1', 'dc'],
      ['ws1', 'gone'],
      ['ws2', 'dc'],
      ['ws2', 'gone'],
    ]);
  });
  it('conditions stand anywhere in where', async () => {
    expect(
      await set(`${weighted} graph-match (a)-[p*2..2]->(b) where all(p, w > 0) or b.id == "D" project a.id, b.id`),
    ).toEqual([['B', 'D']]);
  });
  it('count the edges of a node, with multiplicity', async () => {
    const multi = `${edges('AB AB AA CA')}`;
    expect(await set(`${multi} graph-match (n) project n.id, i = node_degree_in(n), o = node_degree_out(n)`)).toEqual([
      ['A', 2, 3],
      ['B', 2, 0],
      ['C', 0, 1],
    ]);
    expect(
      await set(
        `${edges('AB BC DB')} graph-match (a)-[p*2..2]->(b) project a.id, x = map(inner_nodes(p), node_degree_in())`,
      ),
    ).toEqual([
      ['A', [2]],
      ['D', [2]],
    ]);
  });
  it('give labels and ids', async () => {
    expect(
      await rows(
        'datatable(s:long, t:long)[1, 2] | make-graph s --> t with_node_id=id | graph-match (a)-[e]->(b) project node_id(a), labels(b), l = labels(e)',
      ),
    ).toEqual([['1', [], []]]);
  });
  it('are refused where they read other elements', async () => {
    expect(await refusal(`${weighted} graph-match (a)-[p*1..2]->(b) where all(p, s != b.id) project a.id`)).toMatch(
      /b.* inside all\(\)/,
    );
    expect(await refusal(`${weighted} graph-match (a)-[p*1..2]->(b) where p.w == 1 project a.id`)).toContain(
      'it is a path',
    );
  });
});

describe('columns', () => {
  it('are named as Kusto names them', async () => {
    expect(
      await columns(
        `${NETWORK} G | graph-match (a)-[e]->(b)-[p*1..2]->(c) project a.risk, e.user, map(p, at), map(inner_nodes(p), host), map(p, strcat(user, "!")), labels(a), node_id(a), isnull(c.risk), a, a, p, p.at, total = e.at + 1`,
      ),
    ).toEqual([
      'a_risk:long',
      'e_user:string',
      'p_at:dynamic',
      'inner_nodes_p_host:dynamic',
      'p_Column:dynamic',
      'labels_a:dynamic',
      'node_id_a:string',
      'Column1:bool',
      'a:dynamic',
      'a1:dynamic',
      'p:dynamic',
      'p_at1:dynamic',
      'total:long',
    ]);
  });
  it('whole elements are bags without what is empty', async () => {
    expect(await rows(`${NETWORK} G | graph-match (a)-[e]->(b) where e.at == 5 project a, b, e`)).toEqual([
      [{ host: 'dc', zone: 'core', risk: 9 }, { host: 'gone' }, { source: 'dc', target: 'gone', user: 'svc', at: 5 }],
    ]);
    expect(await rows(`${edges('AB BC')} graph-match (a)-[p*2..2]->(b) project p, b["id"]`)).toEqual([
      [
        [
          { s: 'A', t: 'B', w: 1 },
          { s: 'B', t: 'C', w: 2 },
        ],
        'C',
      ],
    ]);
  });
});

describe('what is wrong', () => {
  it('is said', async () => {
    expect(await refusal(`${edges('AB')} graph-match (a)-->(b), (c)-->(d) project a.id`)).toContain('connected');
    expect(await refusal(`${edges('AB')} graph-match (a)-[a]->(b) project b.id`)).toContain('two elements');
    expect(await refusal(`${edges('AB')} graph-match (a)-[p*3..1]->(b) project a.id`)).toContain('no length');
    expect(
      await refusal('datatable(s:string, t:long)["A", 1] | make-graph s --> t | graph-match (a) project x = 1'),
    ).toContain('same type');
    expect(await refusal(`${edges('AB').replace(/\| $/, '')}`)).toContain('graph operator');
  });
});
