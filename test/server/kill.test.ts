import { expect, test } from 'vitest';
import { folderWith } from '../cli/trawl.js';
import { answerTo, cefLine, connected, type Served, serving } from './serving.js';

/** Kills of a run; TRAWL_KILLS=300 for a long one. */
const KILLS = Number(process.env.TRAWL_KILLS ?? 6);
const ROWS = 40;

/** Sends named batches one after the other until the server is gone; each is sent again until it is acknowledged. */
async function send(served: Served, state: { next: number; readonly acknowledged: Set<number> }): Promise<void> {
  for (;;) {
    const id = state.next;
    const rows = Array.from({ length: ROWS }, (_, n) =>
      JSON.stringify({ TimeGenerated: '2026-03-01T10:00:00Z', id, n }),
    );
    try {
      const response = await fetch(new URL('/ingest?table=Batches_CL', served.urls.http), {
        method: 'POST',
        body: rows.join('\n'),
        headers: { 'idempotency-key': String(id) },
      });
      if (!response.ok) return;
      state.acknowledged.add(id);
      state.next++;
    } catch {
      return;
    }
  }
}

test(
  'what was acknowledged is there after a kill, once; batches are in whole or not at all',
  async () => {
    const workspace = folderWith();
    const senders = Array.from({ length: 3 }, (_, at) => ({ next: at * 1_000_000, acknowledged: new Set<number>() }));
    for (let kill = 0; kill < KILLS; kill++) {
      const served = await serving({ workspace });
      const sending = senders.map((state) => send(served, state));
      const syslog = await connected(served.urls.tcp!);
      syslog.on('error', () => {});
      const noise = setInterval(
        () => syslog.write(Array.from({ length: 200 }, (_, i) => `${cefLine(i)}\n`).join('')),
        5,
      );
      await new Promise((resolve) => setTimeout(resolve, 100 + Math.random() * 2000));
      await served.end('SIGKILL');
      clearInterval(noise);
      await Promise.all(sending);
    }
    const served = await serving({ workspace });
    const acknowledged = senders.reduce((sum, { acknowledged: of }) => sum + of.size, 0);
    expect(acknowledged).toBeGreaterThan(KILLS);
    expect(
      await answerTo(
        served,
        `Batches_CL | summarize rows = count(), ns = dcount(n, 4) by id | where rows != ${ROWS} or ns != ${ROWS} | count`,
      ),
    ).toBe(0);
    const stored = Number(await answerTo(served, 'Batches_CL | distinct id | count'));
    // a batch that was committed but whose answer the kill cut off is there too
    expect(stored).toBeGreaterThanOrEqual(acknowledged);
    expect(stored).toBeLessThanOrEqual(acknowledged + KILLS * senders.length);
    for (const { acknowledged: ids } of senders) {
      const [first, last] = [Math.min(...ids), Math.max(...ids)];
      expect(await answerTo(served, `Batches_CL | where id between (${first} .. ${last}) | distinct id | count`)).toBe(
        ids.size,
      );
    }
  },
  120_000 + KILLS * 10_000,
);
