import { cef } from './manifest.js';

/**
 * Microseconds that parse and map take for a firewall's event (some 600 bytes, 25 keys). Not a test; run by hand
 * (bundle it first: `npx rolldown src/connectors/cef/bench.ts --platform node -o bench.mjs && node bench.mjs`).
 */
const EVENTS = 200_000;

function makeLine(i: number): string {
  const time = 1_700_000_000_000 + i * 137;
  const second = new Date(time).toUTCString().slice(5, 25).split(' ');
  const stamp = `${second[1]} ${second[0]} ${second[3]}`;
  return (
    `<14>${stamp} fw-edge-01 CEF:0|Palo Alto Networks|PAN-OS|10.2.4|end|TRAFFIC|1|rt=${time} deviceExternalId=0123456789012 ` +
    `src=10.1.${i % 200}.${i % 250} dst=203.0.113.${i % 254} sourceTranslatedAddress=198.51.100.7 destinationTranslatedAddress=203.0.113.${i % 254} ` +
    `cs1Label=Rule cs1=outbound-web suser=corp\\\\user${i % 900} app=ssl cs4Label=Source Zone cs4=trust cs5Label=Destination Zone cs5=untrust ` +
    `deviceInboundInterface=ethernet1/2 deviceOutboundInterface=ethernet1/1 cn1Label=SessionID cn1=${i} cnt=1 spt=${1024 + (i % 60000)} dpt=443 ` +
    `proto=tcp act=allow in=${i * 31} out=${i * 77} cs2Label=URL Category cs2=computer-and-internet-info PanOSPacketsSent=${i % 99} reason=tcp-fin`
  );
}

// Lines as ingest cuts them: slices of decoded chunks.
const lines: string[] = [];
for (let i = 0; i < EVENTS; i += 100) {
  const chunk = Buffer.from(Array.from({ length: 100 }, (_, j) => makeLine(i + j)).join('\n')).toString('utf8');
  for (let from = 0; from < chunk.length; ) {
    const stop = chunk.indexOf('\n', from);
    const end = stop === -1 ? chunk.length : stop;
    lines.push(chunk.slice(from, end));
    from = end + 1;
  }
}
const parser = cef.open({
  framing: 'lines',
  fileName: 'bench',
  modified: Date.now(),
  settings: { 'pan-os-swapped-bytes': true, 'time-zone': 'UTC' },
});
let rows = 0;
for (let round = 0; round < 6; round++) {
  const begin = process.hrtime.bigint();
  for (const line of lines) parser.parse(line, () => rows++, { line: 0 });
  const micros = Number(process.hrtime.bigint() - begin) / 1000 / EVENTS;
  console.log(`${micros.toFixed(2)} µs an event, ${Math.round(1e6 / micros)} events/s, ${lines[9]!.length} bytes`);
}
if (rows !== EVENTS * 6) throw new Error(`${rows} rows`);
