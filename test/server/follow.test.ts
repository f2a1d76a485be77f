import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { folderWith } from '../cli/trawl.js';
import { answerTo, cefLine, eventually as once, type Served, serving } from './serving.js';

/** Kills of a run; TRAWL_KILLS=100 for a long one. */
const KILLS = Number(process.env.TRAWL_KILLS ?? 4);
const PORTS = 'serve:\n  syslog: {udp: 0, tcp: 0, tls: 0}\n  http: 0\n';
const config = (...follow: readonly unknown[]): string => `${PORTS}follow: ${JSON.stringify(follow)}\n`;
const lines = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, i) => `${cefLine(from + i)}\n`).join('');
const COUNT = 'CommonSecurityLog | count';
/** Rows, distinct ones and the last: each line that was written is there once. */
const EACH =
  'CommonSecurityLog | summarize strcat(count(), " ", count_distinct(DeviceCustomNumber1), " ", max(DeviceCustomNumber1))';
const times = (n: number): string => `${n} ${n} ${n - 1}`;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Files wait some seconds until nobody writes them. */
async function eventually(served: Served, kql: string, value: unknown): Promise<unknown> {
  let last: unknown;
  for (let tries = 0; tries < 4 && last !== value; tries++) last = await once(served, kql, value);
  return last;
}

const LONG = 200_000;

test(
  'growth: whole lines as they come, a line without its end waits; status says how it is',
  async () => {
    const folder = folderWith();
    const file = join(folder, 'fw.log');
    const served = await serving({ config: config(file) });
    expect(await answerTo(served, 'print 1')).toBe(1);
    // it comes later
    writeFileSync(file, lines(0, 3));
    expect(await eventually(served, COUNT, 3)).toBe(3);
    const [start, end] = [cefLine(3).slice(0, 60), cefLine(3).slice(60)];
    appendFileSync(file, start);
    await pause(1500);
    expect(await answerTo(served, COUNT)).toBe(3);
    appendFileSync(file, `${end}\n${lines(4, 200)}not a log line\n${cefLine(200)}`);
    expect(await eventually(served, EACH, times(200))).toBe(times(200));
    const { stdout } = await served.run('status', '--format', 'json');
    expect(JSON.parse(stdout).senders).toMatchObject([
      { name: pathToFileURL(file).href, messages: 201, rejected: 1, lag: cefLine(200).length, connectors: ['cef'] },
    ]);
    const rejected = await served.run('rejected', '--format', 'json');
    expect(JSON.parse(rejected.stdout)).toMatchObject([{ file, line: 201, text: 'not a log line' }]);
    const metrics = await (await fetch(new URL('/metrics', served.urls.http))).text();
    expect(metrics).toContain(`trawl_lag_bytes{sender="${pathToFileURL(file).href}"} ${cefLine(200).length}`);
  },
  LONG,
);

test(
  'rotation: renamed, copied and truncated, packed; while it runs and while it does not',
  async () => {
    const folder = folderWith();
    const at = (name: string): string => join(folder, name);
    const follow = { config: config(at('*.log*')) };
    let served = await serving(follow);
    const { workspace } = served;
    const expectEach = async (n: number): Promise<void> => {
      expect(await eventually(served, EACH, times(n))).toBe(times(n));
    };
    writeFileSync(at('fw.log'), lines(0, 50));
    await expectEach(50);
    // renamed: the writer goes on in the old one for a while
    renameSync(at('fw.log'), at('fw.log.1'));
    appendFileSync(at('fw.log.1'), lines(50, 60));
    writeFileSync(at('fw.log'), lines(60, 80));
    appendFileSync(at('fw.log.1'), lines(80, 90));
    await expectEach(90);
    // copied and truncated
    appendFileSync(at('fw.log'), lines(90, 100));
    copyFileSync(at('fw.log'), at('fw.log.0'));
    truncateSync(at('fw.log'));
    appendFileSync(at('fw.log'), lines(100, 110));
    await expectEach(110);
    // packed, with lines that were never read
    const old = readFileSync(at('fw.log.1'), 'utf8');
    rmSync(at('fw.log.1'));
    writeFileSync(at('fw.log.2.gz'), gzipSync(`${old}${lines(110, 115)}`));
    await expectEach(115);
    expect((await served.end()).code).toBe(0);
    // the same again while nobody looks
    renameSync(at('fw.log'), at('fw.log.3'));
    appendFileSync(at('fw.log.3'), lines(115, 120));
    writeFileSync(at('fw.log.4.gz'), gzipSync(readFileSync(at('fw.log.0'))));
    rmSync(at('fw.log.0'));
    writeFileSync(at('fw.log'), lines(120, 130));
    served = await serving({ ...follow, workspace });
    await expectEach(130);
    await pause(5000);
    await expectEach(130);
    expect(JSON.parse((await served.run('status', '--format', 'json')).stdout).warnings).toEqual([]);
  },
  LONG,
);

test(
  'killed at any moment: each line once',
  async () => {
    const folder = folderWith();
    const file = join(folder, 'fw.log');
    const workspace = folderWith();
    let written = 0;
    let served: Served | undefined;
    for (let kill = 0; kill < KILLS; kill++) {
      served = await serving({ workspace, config: config(folder) });
      const writing = setInterval(() => {
        // not always whole lines
        const text = `${lines(written, written + 500)}`;
        appendFileSync(file, text.slice(0, 1000));
        appendFileSync(file, text.slice(1000));
        written += 500;
        if (written % 20_000 === 0) renameSync(file, join(folder, `fw.log.${written}`));
      }, 20);
      await pause(500 + Math.random() * 2500);
      await served.end('SIGKILL');
      clearInterval(writing);
    }
    served = await serving({ workspace, config: config(folder) });
    expect(await eventually(served, EACH, times(written))).toBe(times(written));
  },
  LONG + KILLS * 6000,
);

test(
  "a header that is far behind: Zeek's fields are known after a restart",
  async () => {
    const folder = folderWith();
    const file = join(folder, 'conn.log');
    const row = (n: number): string =>
      `${1772359200 + n}.5\tC${n}\t10.0.0.${n % 250}\t${1000 + n}\t192.0.2.1\t443\ttcp\t-\t1.5\t${n}\t20\tSF\n`;
    writeFileSync(
      file,
      `#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tconn\n#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tservice\tduration\torig_bytes\tresp_bytes\tconn_state\n#types\ttime\tstring\taddr\tport\taddr\tport\tenum\tstring\tinterval\tcount\tcount\tstring\n${Array.from({ length: 3000 }, (_, n) => row(n)).join('')}`,
    );
    const follow = { config: config({ path: 'conn.log' }).replace('conn.log', file) };
    const served = await serving(follow);
    const tables = 'union withsource = Table * | summarize count() by Table | summarize max(count_)';
    expect(await eventually(served, tables, 3000)).toBe(3000);
    await served.end();
    appendFileSync(file, Array.from({ length: 98 }, (_, i) => row(i + 3000)).join(''));
    const again = await serving({ ...follow, workspace: served.workspace });
    expect(await eventually(again, tables, 3098)).toBe(3098);
    expect((await again.run('rejected')).stdout).not.toContain('conn.log');
  },
  LONG,
);

test(
  'a folder of many files, of all kinds: one document, packed, nothing known; each is taken once, also by trawl ingest',
  async () => {
    const folder = folderWith();
    mkdirSync(join(folder, 'deep'));
    for (let n = 0; n < 300; n++) writeFileSync(join(folder, 'deep', `fw-${n}.log`), lines(n * 3, n * 3 + 3));
    writeFileSync(join(folder, 'old.log.gz'), gzipSync(lines(900, 950)));
    writeFileSync(join(folder, 'noise.bin'), Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * 7919) % 251)));
    writeFileSync(
      join(folder, 'signins.json'),
      JSON.stringify(
        [
          { TimeGenerated: '2026-03-01T10:00:00Z', n: 1 },
          { TimeGenerated: '2026-03-01T10:00:00Z', n: 2 },
        ],
        null,
        2,
      ),
    );
    const ours = config(join(folder, 'deep'), join(folder, '*.gz'), join(folder, '*.bin'), {
      path: join(folder, '*.json'),
      table: 'Signs_CL',
    });
    const served = await serving({ config: ours });
    expect(await eventually(served, EACH, times(950))).toBe(times(950));
    expect(await eventually(served, 'Signs_CL | count', 2)).toBe(2);
    await pause(1500);
    const { stdout } = await served.run('rejected', '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject([{ file: join(folder, 'noise.bin'), reason: 'a binary file' }]);
    // what was followed is known to trawl ingest, and what that reads on is known to the follower
    const file = join(folder, 'deep', 'fw-7.log');
    appendFileSync(file, cefLine(950));
    const report = JSON.parse(
      (await served.run('ingest', join(folder, 'deep'), join(folder, 'old.log.gz'), '--format', 'json')).stdout,
    );
    expect(report).toMatchObject({ events: 1, rejected: 0 });
    appendFileSync(file, `\n${lines(951, 955)}`);
    expect(await eventually(served, EACH, times(955))).toBe(times(955));
    await served.end();
    const again = await serving({ workspace: served.workspace, config: ours });
    await pause(4500);
    expect(await answerTo(again, EACH)).toBe(times(955));
    expect(await answerTo(again, 'Signs_CL | count')).toBe(2);
    expect(JSON.parse((await again.run('rejected', '--format', 'json')).stdout)).toHaveLength(1);
  },
  LONG,
);

test('settings: mistakes have their place', async () => {
  const workspace = folderWith();
  await expect(serving({ workspace, config: `${PORTS}follow:\n  - {path: a.log, conector: cef}\n` })).rejects.toThrow(
    /trawl\.yaml:5: follow\.0: .*conector/s,
  );
  await expect(serving({ workspace, config: config({ path: 'a', connector: 'nope' }) })).rejects.toThrow(
    /connector nope/,
  );
});
