/** The first line of the text that Windows renders for Sysmon's events, by id. */
const TITLES: Readonly<Record<number, string>> = {
  1: 'Process Create',
  2: 'File creation time changed',
  3: 'Network connection detected',
  4: 'Sysmon service state changed',
  5: 'Process terminated',
  6: 'Driver loaded',
  7: 'Image loaded',
  8: 'CreateRemoteThread detected',
  9: 'RawAccessRead detected',
  10: 'Process accessed',
  11: 'File created',
  12: 'Registry object added or deleted',
  13: 'Registry value set',
  14: 'Registry object renamed',
  15: 'File stream created',
  16: 'Sysmon config state changed',
  17: 'Pipe Created',
  18: 'Pipe Connected',
  19: 'WmiEventFilter activity detected',
  20: 'WmiEventConsumer activity detected',
  21: 'WmiEventConsumerToFilter activity detected',
  22: 'Dns query',
  23: 'File Delete archived',
  24: 'Clipboard changed',
  25: 'Process Tampering',
  26: 'File Delete logged',
  27: 'File Block Executable',
  28: 'File Block Shredding',
  29: 'File Executable Detected',
  255: 'Error report',
};

type Data = Readonly<Record<string, string>>;

/** The text of a Sysmon event as Windows renders it, for exports without it. */
export const renderMessage = (id: number, data: Data): string =>
  [`${TITLES[id] ?? `Event ${id}`}:`, ...Object.entries(data).map(([name, value]) => `${name}: ${value}`)].join('\r\n');

/** The fields of a rendered text; the first line is a title. */
export function fieldsOfMessage(message: string): Data {
  const fields = new Map<string, string>();
  for (const line of message.split(/\r?\n/).slice(1)) {
    const match = /^\s*([A-Za-z]\w*): ?(.*)$/.exec(line);
    if (match && !fields.has(match[1]!)) fields.set(match[1]!, match[2]!);
  }
  return Object.fromEntries(fields);
}

const escapeXml = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]!);

/** The element that Windows has for some fields. */
export const dataElement = (data: Data): string =>
  `<EventData>${Object.entries(data)
    .map(([name, value]) => `<Data Name="${escapeXml(name)}">${escapeXml(value)}</Data>`)
    .join('')}</EventData>`; // prettier-ignore

/** What Azure's agents write around the element. */
export const dataItem = (element: string): string =>
  element === '' ? '' : `<DataItem type="System.XmlData">${element}</DataItem>`;

export const parameterXml = (data: Data): string =>
  Object.values(data)
    .map((value) => `<Param>${escapeXml(value)}</Param>`)
    .join('');
