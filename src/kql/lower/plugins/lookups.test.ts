import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Engine, openEngine } from '../../../engine/engine.js';
import { runQuery } from '../../../engine/query.js';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.store.close());

const T = `let nets = datatable(net:string, name:string, site:string)[
  '10.0.0.0/8', 'inner', 'x', '10.1.0.0/16', 'lab', 'y', '2001:db8::/32', 'docs', 'x', '192.0.2.7', 'host', 'x'];
let seen = datatable(ip:string, site:string)['10.1.2.3', 'y', '192.0.2.7', 'x', '2001:db8::1', 'x', '8.8.8.8', 'x', 'none', 'x'];
seen | evaluate `;

async function table(kql: string): Promise<{ columns: string; rows: string[] }> {
  const { tables } = await runQuery(engine, `${T}${kql}`);
  const { columns, rows } = tables[0]!;
  return {
    columns: columns.map((of) => of.name).join(' '),
    rows: rows.map((row) => row.map((of) => of || '-').join(' ')).sort(),
  };
}

const G = `let areas = datatable(area:string, shape:dynamic)[
  'west', dynamic({"type":"Polygon","coordinates":[[[0,0],[2,0],[2,2],[0,2],[0,0]]]}),
  'east', dynamic({"type":"Polygon","coordinates":[[[4,0],[6,0],[6,2],[4,2],[4,0]]]})];
let ways = datatable(way:string, line:dynamic)['equator', dynamic({"type":"LineString","coordinates":[[0,0],[9,0]]})];
let places = datatable(place:string, lon:real, lat:real)['a', 1, 1, 'b', 5, 0.5, 'c', 3, 1, 'd', 8, 0.001];
places | evaluate `;
async function geo(plugin: string): Promise<{ columns: string; rows: string[] }> {
  const { tables } = await runQuery(
    engine,
    `${G}${plugin} | project-away lon, lat | sort by place asc, column_ifexists('area', '') asc`,
  );
  const { columns, rows } = tables[0]!;
  return {
    columns: columns.map((of) => of.name).join(' '),
    rows: rows.map((row) => row.map((of) => of || '-').join(' ')),
  };
}

it('geo_polygon_lookup gives the areas that places are in, or near', async () => {
  expect(await geo('geo_polygon_lookup(areas, shape, lon, lat)')).toEqual({
    columns: 'place area',
    rows: ['a west', 'b east'],
  });
  expect(
    (await geo('geo_polygon_lookup(areas, shape, lon, lat, radius = 150000, return_unmatched = true)')).rows,
  ).toEqual(['a west', 'b east', 'c east', 'c west', 'd -']);
  const kept = await geo(
    'geo_polygon_lookup(areas, shape, lon, lat, return_lookup_key = true) | extend shape = tostring(shape.type)',
  );
  expect(kept).toEqual({ columns: 'place area shape', rows: ['a west Polygon', 'b east Polygon'] });
});

it('geo_line_lookup gives the lines that places are near', async () => {
  expect(await geo('geo_line_lookup(ways, line, lon, lat, 1000)')).toEqual({
    columns: 'place way',
    rows: ['d equator'],
  });
});

it('ipv4_lookup gives a row for each network that holds the address', async () => {
  expect(await table('ipv4_lookup(nets, ip, net)')).toEqual({
    columns: 'ip site net name site1',
    rows: ['10.1.2.3 y 10.0.0.0/8 inner x', '10.1.2.3 y 10.1.0.0/16 lab y', '192.0.2.7 x 192.0.2.7 host x'],
  });
});

it('ipv4_lookup takes more keys, and keeps rows without a network when asked', async () => {
  expect(await table('ipv4_lookup(nets, ip, net, site)')).toEqual({
    columns: 'ip site net name',
    rows: ['10.1.2.3 y 10.1.0.0/16 lab', '192.0.2.7 x 192.0.2.7 host'],
  });
  const all = [
    '10.1.2.3 y 10.1.0.0/16 lab',
    '192.0.2.7 x 192.0.2.7 host',
    '2001:db8::1 x - -',
    '8.8.8.8 x - -',
    'none x - -',
  ];
  expect((await table('ipv4_lookup(nets, ip, net, site, return_unmatched = true)')).rows).toEqual(all);
  expect((await table('ipv4_lookup(nets, ip, net, site, true)')).rows).toEqual(all);
});

it('ipv6_lookup gives the networks first, and reads IPv4 addresses as mapped', async () => {
  expect(await table('ipv6_lookup(nets, ip, net)')).toEqual({
    columns: 'net name site1 ip site',
    rows: [
      '10.0.0.0/8 inner x 10.1.2.3 y',
      '10.1.0.0/16 lab y 10.1.2.3 y',
      '192.0.2.7 host x 192.0.2.7 x',
      '2001:db8::/32 docs x 2001:db8::1 x',
    ],
  });
  expect((await table('ipv6_lookup(nets, ip, net, true)')).rows.filter((row) => row.startsWith('- '))).toEqual([
    '- - - 8.8.8.8 x',
    '- - - none x',
  ]);
});
