import { readFileSync } from 'node:fs';

/** The kernel's lists of UDP sockets (Linux): the second field ends in the port as hexadecimal, the last counts drops. */
const LISTS = ['/proc/net/udp', '/proc/net/udp6'];

/** Datagrams dropped by the kernel on a port's sockets since they were opened; undefined where it doesn't say. */
export function droppedByKernel(port: number): number | undefined {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  let drops: number | undefined;
  for (const list of LISTS) {
    let text: string;
    try {
      text = readFileSync(list, 'utf8');
    } catch {
      continue;
    }
    for (const line of text.split('\n').slice(1)) {
      const fields = line.trim().split(/\s+/);
      if (fields[1]?.endsWith(wanted)) drops = (drops ?? 0) + Number(fields.at(-1));
    }
  }
  return drops;
}
