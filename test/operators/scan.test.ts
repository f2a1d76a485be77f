import { describe, expect, it } from 'vitest';
import { asked } from './support.js';

const { rows, query, columns, refusal } = asked();

const LOG = `let Log = datatable(at:timespan, event:string)[
  0m,"noise", 1m,"login", 2m,"read", 3m,"read", 4m,"logout", 6m,"noise", 8m,"login", 9m,"login", 11m,"read", 40m,"logout"]; Log | sort by at asc `;

describe('scan', () => {
  it('matches sequences of steps', async () => {
    expect(
      await rows(`${LOG} | scan with_match_id=id with (
        step start: event == "login";
        step work: event == "read" and at - start.at <= 5m;
        step stop: event == "logout" and at - start.at <= 5m;)`),
    ).toEqual([
      ['00:01:00', 'login', 0],
      ['00:02:00', 'read', 0],
      ['00:03:00', 'read', 0],
      ['00:04:00', 'logout', 0],
      ['00:08:00', 'login', 1],
      ['00:09:00', 'login', 1],
      ['00:11:00', 'read', 1],
    ]);
  });
  it('gives the last of repeated matches, or none', async () => {
    expect(
      await rows(`${LOG} | scan declare (n:long = 0) with (
        step start output=none: event == "login" => n = 0;
        step work output=last: event == "read" => n = work.n + 1;
        step stop: event == "logout" => n = work.n;)`),
    ).toEqual([
      ['00:03:00', 'read', 2],
      ['00:04:00', 'logout', 2],
      ['00:11:00', 'read', 1],
      ['00:40:00', 'logout', 1],
    ]);
  });
  it('carries values on: sums, fills, sessions', async () => {
    expect(
      await rows(
        'datatable(i:long, t:string)[1,"a", 2,"", 3,"b", 4,""] | sort by i asc | scan declare (sum:long, seen:string = "none", every:string) with (step s: true => sum = i + coalesce(s.sum, 0), seen = iff(isempty(t), s.seen, t), every = strcat(s.every, t, ",");)',
      ),
    ).toEqual([
      [1, 'a', 1, 'a', 'a,'],
      [2, '', 3, 'a', 'a,,'],
      [3, 'b', 6, 'b', 'a,,b,'],
      [4, '', 10, 'b', 'a,,b,,'],
    ]);
    expect(
      await rows(`${LOG} | scan with_match_id=session declare (begun:timespan) with (
        step inside: true => begun = iff(isnull(inside.begun), at, inside.begun);
        step over output=none: at - inside.begun > 5m;)  | project at, session, begun | where at in (6m, 9m, 40m)`),
    ).toEqual([
      ['00:06:00', 1, '00:06:00'],
      ['00:09:00', 1, '00:06:00'],
      ['00:40:00', 2, '00:40:00'],
    ]);
  });
  it('reads a declared column without a step as its default', async () => {
    expect(
      await rows(
        'datatable(v:long)[5, 0, 7] | serialize | scan declare (c:long = 1) with (step s: true => c = c + v;)',
      ),
    ).toEqual([
      [5, 6],
      [0, 1],
      [7, 8],
    ]);
  });
  it('assigns to columns that the table has', async () => {
    const filled =
      'range i from 1 to 4 step 1 | extend v = iff(i % 2 == 0, long(null), i * 10) | sort by i asc | scan with (step s: true => v = iff(isnull(v), s.v, v);)';
    expect(await columns(filled)).toEqual(['i:long', 'v:long']);
    expect(await rows(filled)).toEqual([
      [1, 10],
      [2, 10],
      [3, 30],
      [4, 30],
    ]);
  });
  it('goes on where rows were filtered out', async () => {
    expect(
      await rows(
        'range i from 1 to 6 step 1 | sort by i desc | where i != 4 | scan declare (n:long = 0) with (step s: true => n = s.n + 1;)',
      ),
    ).toEqual([
      [6, 1],
      [5, 2],
      [3, 3],
      [2, 4],
      [1, 5],
    ]);
  });
  it('starts anew in each partition, in an order of its own', async () => {
    expect(
      await rows(
        'datatable(u:string, t:long)["b",2, "a",3, "b",1, "a",1] | scan order by t asc partition by u declare (n:long = 0, before:long) with (step s: true => n = s.n + 1, before = s.t;)',
      ),
    ).toEqual([
      ['a', 1, 1, null],
      ['a', 3, 2, 1],
      ['b', 1, 1, null],
      ['b', 2, 2, 1],
    ]);
  });
  it('keeps every type whole', async () => {
    expect(
      await rows(`datatable(d:datetime, g:guid, r:real, b:bool, j:dynamic, l:long)[
          datetime(2026-01-01 10:00:00.1234567), guid(74be27de-1e4e-49d9-b579-fe0b331d3642), 1.5, true, dynamic({"a":[1]}), 9223372036854775807,
          datetime(null), guid(null), real(-inf), bool(null), dynamic(null), -1]
        | serialize | scan declare (d2:datetime, g2:guid, r2:real, b2:bool, j2:dynamic, l2:long) with
          (step s: true => d2 = s.d, g2 = s.g, r2 = s.r, b2 = s.b, j2 = s.j, l2 = s.l;) | where l == -1 | project d2, g2, r2, b2, j2, l2`),
    ).toEqual([
      [
        '2026-01-01T10:00:00.1234567Z',
        '74be27de-1e4e-49d9-b579-fe0b331d3642',
        1.5,
        true,
        { a: [1] },
        9223372036854775807n,
      ],
    ]);
  });
  it('may give no row', async () => {
    expect(await rows(`${LOG} | scan with (step s output=none: true;)`)).toEqual([]);
    expect(await rows('datatable(x:long)[] | serialize | scan declare (n:long) with (step s: true => n = 1;)')).toEqual(
      [],
    );
  });
  it('reads state through any function', async () => {
    // substring() of a state's value has no JavaScript form: the steps are then taken round by round
    const scan = (zero: string): string => `${LOG} | scan with_match_id=id declare (n:long = 0, p:string) with (
        step a: event in ("login", "read") => n = a.n + 1 + ${zero}, p = strcat(a.p, event);
        step b output=last: strlen(event) > 4 and at - a.at < 30m => n = a.n + b.n + ${zero};)`;
    const plain = await query(scan('0'));
    const rounds = await query(scan('strlen(substring(a.p, 0, 0))'));
    expect(plain.tables[0]!.rows).toEqual(rounds.tables[0]!.rows);
    expect(plain.tables[0]!.rows.length).toBeGreaterThan(5);
    const partitioned = (zero: string): string =>
      `range i from 1 to 40 step 1 | extend k = i % 3 | scan order by i asc partition by k declare (n:long = 0) with (step a: i % 2 == 0 => n = a.n + i + ${zero}; step b: i % 5 == 0 => n = a.n;)`;
    expect(await rows(partitioned('strlen(substring(tostring(a.n), 0, 0))'))).toEqual(await rows(partitioned('0')));
  });
  it('scans a hundred thousand rows in seconds', async () => {
    const result = await query(
      'range i from 1 to 100000 step 1 | scan declare (sum:long = 0) with (step s: true => sum = s.sum + i;) | summarize max(sum), count()',
    );
    expect(result.tables[0]!.rows).toEqual([[5000050000, 100000]]);
    expect(result.statistics.executeMs).toBeLessThan(20_000);
  });
  it('refuses what it does not do', async () => {
    expect(await refusal(`${LOG} | scan with (step s optional: true;)`)).toContain('optional');
    expect(await refusal(`${LOG} | scan with (step s: true => nothing = 1;)`)).toContain('nothing');
    expect(await refusal(`${LOG} | scan with_match_id=m partition by event with (step s: true;)`)).toContain(
      'with_match_id',
    );
  });
});
