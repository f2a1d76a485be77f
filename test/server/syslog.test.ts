import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { expect, test } from 'vitest';
import { answerTo, cefLine, eventually, sendOver, serving } from './serving.js';

const lines = (count: number, from = 0): string =>
  Array.from({ length: count }, (_, i) => `${cefLine(from + i)}\n`).join('');

test('syslog over UDP, TCP and TLS is there within moments, while the server runs and after it ended', async () => {
  const served = await serving();
  await sendOver(served.urls.tcp!, lines(1000));
  const udp = createSocket('udp4');
  for (let i = 0; i < 50; i++) {
    await new Promise<void>((resolve) =>
      udp.send(`${cefLine(2000 + i)}\n`, Number(served.urls.udp!.port), '127.0.0.1', () => resolve()),
    );
  }
  udp.close();
  const ca = readFileSync(join(served.workspace, 'tls', 'cert.pem'));
  const tls = connectTls({ ca, port: Number(served.urls.tls!.port), host: '127.0.0.1', servername: 'localhost' });
  await new Promise<void>((resolve, reject) => tls.on('error', reject).end(lines(10, 3000), () => resolve()));

  expect(await eventually(served, 'CommonSecurityLog | count', 1060)).toBe(1060);
  expect(await answerTo(served, 'CommonSecurityLog | summarize dcount(DeviceCustomNumber1)')).toBe(1060);
  const { code, ms } = await served.end();
  expect(code).toBe(0);
  expect(ms).toBeLessThan(10_000);
  const { stdout } = await served.run(
    'query',
    'CommonSecurityLog | where DeviceAction == "deny" | count',
    '--format',
    'csv',
  );
  expect(stdout.trim().split(/\s+/)).toEqual(['Count', '1060']);
});

test('what each message is decides where it goes, whoever sends it; nothing is lost', async () => {
  const served = await serving();
  const mixed = [
    cefLine(1),
    '<38>Mar  1 10:00:01 host1 sshd[77]: Accepted publickey for root from 198.51.100.7 port 22',
    cefLine(2),
    'just some words',
    '<134>Mar  1 10:00:02 fw2 CEF:0|broken',
    'caf\xe9',
  ];
  await sendOver(served.urls.tcp!, Buffer.concat(mixed.map((line) => Buffer.from(`${line}\n`, 'latin1'))));
  const total = 'union (CommonSecurityLog | count), (Syslog | count) | summarize sum(Count)';
  await eventually(served, total, 5);
  expect(await answerTo(served, 'CommonSecurityLog | count')).toBe(2);
  expect(await answerTo(served, 'Syslog | where ProcessName == "sshd" | project HostName')).toBe('host1');
  expect(await answerTo(served, 'Syslog | where SyslogMessage has "words" | count')).toBe(1);
  expect(await answerTo(served, 'Syslog | where SyslogMessage startswith "caf" | count')).toBe(1);
  const { stdout } = await served.run('rejected', '--format', 'ndjson');
  expect(JSON.parse(stdout)).toMatchObject({ file: 'tcp://127.0.0.1', connector: 'cef' });
});

test('messages by octet count, with line feeds in them, cut anywhere', async () => {
  const served = await serving();
  const counted = Array.from({ length: 300 }, (_, i) => cefLine(i, ` msg=two\nlines ${i}`))
    .map((text) => `${Buffer.byteLength(text)} ${text}`)
    .join('');
  await sendOver(served.urls.tcp!, counted);
  expect(await eventually(served, 'CommonSecurityLog | where Message contains "lines" | count', 300)).toBe(300);
});
