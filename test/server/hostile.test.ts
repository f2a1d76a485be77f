import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { tokenOf } from '../../src/server/registration.js';
import type { ServerStatus } from '../../src/server/status.js';
import { cefLine, connected, eventually, type Served, sendOver, serving } from './serving.js';

async function statusOf(served: Served): Promise<ServerStatus> {
  const headers = { authorization: `Bearer ${tokenOf(served.workspace)}` };
  return (await (await fetch(new URL('/api/status', served.urls.http), { headers })).json()) as ServerStatus;
}

const listener = (status: ServerStatus, scheme: string) => status.listeners.find(({ url }) => url.startsWith(scheme))!;

function closedLater(sockets: readonly Socket[]): void {
  for (const socket of sockets) socket.on('error', () => {});
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
  });
}

test('hostile senders bound to nobody but themselves: the others are served, memory stays, each is counted', async () => {
  const served = await serving({
    config: 'serve: {syslog: {udp: 0, tcp: 0, tls: 0, connections: 60}, http: 0}\n',
  });
  const before = (await statusOf(served)).memory.resident;

  // a message without an end, by forty clients at once
  const endless = await Promise.all(Array.from({ length: 40 }, () => connected(served.urls.tcp!)));
  closedLater(endless);
  const megabyte = Buffer.alloc(1_048_576, 'x');
  await Promise.all(
    endless.map(async (socket) => {
      for (let i = 0; i < 8; i++) await new Promise<void>((resolve) => socket.write(megabyte, () => resolve()));
    }),
  );
  // clients that dribble, and one that says nothing
  const slow = await Promise.all(Array.from({ length: 10 }, () => connected(served.urls.tcp!)));
  closedLater(slow);
  for (const socket of slow.slice(1)) socket.write('<134>Mar  1 10:00');
  // more connections than are taken
  const crowd = await Promise.all(Array.from({ length: 50 }, () => connected(served.urls.tcp!).catch(() => undefined)));
  const met = crowd.filter((socket) => socket !== undefined);
  closedLater(met);
  for (const socket of met) socket.resume();
  while (met.filter((socket) => socket.destroyed).length < met.length - 10)
    await new Promise((resolve) => setTimeout(resolve, 20));
  // garbage where TLS is spoken
  for (let i = 0; i < 5; i++) await sendOver(served.urls.tls!, randomBytes(2000));
  await sendOver(served.urls.tls!, 'GET / HTTP/1.1\r\n\r\n');

  for (const socket of met) socket.destroy();
  await new Promise((resolve) => setTimeout(resolve, 200));
  await sendOver(served.urls.tcp!, Array.from({ length: 500 }, (_, i) => `${cefLine(i)}\n`).join(''));
  expect(await eventually(served, 'CommonSecurityLog | count', 500)).toBe(500);

  const status = await statusOf(served);
  expect(listener(status, 'tcp').refused).toBeGreaterThanOrEqual(30);
  expect(listener(status, 'tcp').cut).toBeGreaterThanOrEqual(40);
  expect(listener(status, 'tls').failed).toBeGreaterThanOrEqual(5);
  expect(status.memory.resident - before).toBeLessThan(400 * 1_048_576);
  const { code, ms } = await served.end();
  expect(code).toBe(0);
  expect(ms).toBeLessThan(10_000);
});
