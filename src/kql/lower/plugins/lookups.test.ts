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
