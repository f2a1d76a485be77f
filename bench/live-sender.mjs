// Sends CEF over syslog at a rate: `node live-sender.mjs tcp|udp PORT EVENTS RATE wide|short`. Says on its channel what it has sent and when.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';

const [scheme, port, events, rate, width] = process.argv.slice(2);
const LINES = 100;
const DIGITS = 10;
const WIDE =
  ' cat=traffic app=ssl suser=alice duser=bob cs1Label=Rule cs1=allow-outbound-web cs2Label=URL Category cs2=computer-and-internet-info cs3Label=Virtual System cs3=vsys1' +
  ' cs4Label=Source Zone cs4=trust cs5Label=Destination Zone cs5=untrust cs6Label=LogProfile cs6=default cn2Label=Packets cn2=42 cn3Label=Elapsed time in seconds cn3=17' +
  ' deviceInboundInterface=ethernet1/1 deviceOutboundInterface=ethernet1/2 deviceExternalId=012345678901 externalId=7412345 flexString1Label=Flags flexString1=0x400053' +
  ' sourceTranslatedAddress=198.51.100.1 sourceTranslatedPort=34567 destinationTranslatedAddress=203.0.113.7 destinationTranslatedPort=443 reason=aged-out' +
  ' flexNumber1Label=Total bytes flexNumber1=52345 PanOSPacketsReceived=21 PanOSPacketsSent=21 PanOSActionFlags=0x8000000000000000 PanOSDGHierarchyLevel1=11';

/** A block of lines in which only the number of each, and the time, change. */
const marks = [];
let text = '';
for (let i = 0; i < LINES; i++) {
  text += '<134>Jun 12 15:00:00 fw1 CEF:0|Palo Alto Networks|PAN-OS|10.2.3|end|TRAFFIC|3|rt=';
  const time = text.length;
  text += `${'0'.repeat(13)} src=10.0.${i % 30}.${(i * 7) % 250} dst=203.0.113.${i} spt=${20_000 + i} dpt=443 proto=TCP act=allow in=${i * 311} out=${i * 97} cn1Label=n cn1=`;
  marks.push({ time, number: text.length });
  text += `${'0'.repeat(DIGITS)}${width === 'wide' ? WIDE : ''}\n`;
  marks.at(-1).end = text.length;
}
const block = Buffer.from(text);
let number = 1_000_000_000;

function next(lines) {
  const out = Buffer.from(block.subarray(0, marks[lines - 1].end));
  const now = String(Date.now());
  for (let i = 0; i < lines; i++) {
    out.write(now, marks[i].time, 'latin1');
    out.write(String(++number), marks[i].number, 'latin1');
  }
  return out;
}

const total = Number(events);
const aSecond = Number(rate);
const started = performance.now();
const tcp = scheme === 'tcp' ? connect(Number(port), '127.0.0.1') : undefined;
const udp = scheme === 'udp' ? createSocket('udp4') : undefined;
if (tcp) await once(tcp, 'connect');
if (udp) {
  udp.connect(Number(port), '127.0.0.1');
  await once(udp, 'connect');
}
let told = 0;
for (let sent = 0; sent < total; ) {
  const due = Math.min(total, Math.floor(((performance.now() - started) / 1000) * aSecond));
  while (sent < due) {
    const lines = Math.min(LINES, total - sent);
    const bytes = next(lines);
    sent += lines;
    if (tcp) {
      if (!tcp.write(bytes)) await once(tcp, 'drain');
    } else for (let i = 0, start = 0; i < lines; start = marks[i++].end) udp.send(bytes, start, marks[i].end - start);
    if (performance.now() - told > 50) {
      told = performance.now();
      process.send({ number, at: Date.now() });
    }
  }
  await new Promise((resolve) => setTimeout(resolve, 2));
}
const seconds = (performance.now() - started) / 1000;
if (tcp) {
  tcp.end();
  await once(tcp, 'close');
} else {
  await new Promise((resolve) => setTimeout(resolve, 500));
  udp.close();
}
process.send({
  number,
  at: Date.now(),
  done: true,
  perSecond: total / seconds,
  bytes: Math.round(block.length / LINES),
});
process.disconnect();
