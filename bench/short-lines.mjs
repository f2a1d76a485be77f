import { once } from 'node:events';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';

const LINES_A_WRITE = 1000;
const START = Date.UTC(2026, 2, 1);

/** Writes CEF events of some 280 bytes and 14 keys, as small firewalls send them: the demo's own are of 1,000 bytes and 50 keys. */
export async function writeShortLines(folder, events) {
  mkdirSync(folder, { recursive: true });
  const out = createWriteStream(join(folder, 'short.log'));
  for (let from = 0; from < events; from += LINES_A_WRITE) {
    const lines = Array.from({ length: Math.min(LINES_A_WRITE, events - from) }, (_, i) => shortLine(from + i));
    if (!out.write(`${lines.join('\n')}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

function shortLine(n) {
  const time = START + n * 40;
  const stamp = new Date(time).toISOString();
  const web = n % 5 > 0;
  return (
    `<134>Mar ${stamp.slice(8, 10).replace(/^0/, ' ')} ${stamp.slice(11, 19)} fw0${n % 3} CEF:0|Example|Gateway|4.1|Log|${web ? 'https' : 'dns'}|Unknown|` +
    `act=${n % 7 ? 'Accept' : 'Drop'} rt=${time} spt=${1024 + ((n * 7) % 60_000)} dpt=${web ? 443 : 53} proto=${web ? 'tcp' : 'udp'} ` +
    `src=10.1.${n % 200}.${n % 250} dst=203.0.${n % 113}.${(n * 13) % 254} in=${(n * 31) % 100_000} out=${(n * 77) % 1_000_000} ` +
    `cs2Label=Rule Name cs2=rule-${n % 40} deviceInboundInterface=eth${n % 4} suser=user${n % 900} reason=none`
  );
}
