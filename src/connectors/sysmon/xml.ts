import { SaxesParser } from 'saxes';
import { Reject } from '../../ingest/connector.js';
import { parseIsoDatetime } from '../../util/ticks.js';
import { accountOf, integer, type WindowsEvent } from './event.js';

/** Windows nests six deep at most. */
const DEEPEST = 32;
const EVENT = /<Event(?=[\s>])/;

/** What is collected from the elements: texts by path (`System/Computer`, `System/Provider@Name`), and the named data. */
interface Collected {
  readonly values: Map<string, string>;
  readonly data: Record<string, string>;
}

/** Reads the `<Event>` element in a text. Throws `Reject` when there is none, or it is not well-formed. */
export function readXmlEvent(text: string): WindowsEvent {
  const start = text.search(EVENT);
  const xml = start === -1 ? '' : text.slice(start, text.lastIndexOf('</Event>') + '</Event>'.length);
  if (xml === '') throw new Reject('no <Event> element');
  const { values, data } = collect(xml);
  const take = (path: string): string => {
    const value = values.get(path) ?? '';
    values.delete(path);
    return value;
  };
  const id = integer(take('System/EventID'));
  if (id === null) throw new Reject('the event has no EventID');
  const identifier = take('System/Security@UserID');
  values.delete('@xmlns');
  return {
    provider: take('System/Provider@Name'),
    id,
    channel: take('System/Channel'),
    computer: take('System/Computer'),
    time: parseIsoDatetime(take('System/TimeCreated@SystemTime')),
    level: integer(take('System/Level')),
    task: integer(take('System/Task')),
    recordId: take('System/EventRecordID'),
    user: accountOf(identifier),
    data,
    message: take('RenderingInfo/Message'),
    dataXml: dataElement(xml),
    addresses: [],
    extra: Object.fromEntries([...values].map(([path, value]) => [path.replace(/^System\//, ''), value])),
  };
}

function collect(xml: string): Collected {
  const values = new Map<string, string>();
  const data = new Map<string, string>();
  const path: string[] = [];
  let content = '';
  let name: string | undefined;
  let unnamed = 0;
  const parser = new SaxesParser({ position: false });
  parser.on('error', (error) => {
    // control characters, which Windows writes as they are
    if (/disallowed character|character entity/.test(error.message)) return;
    throw new Reject(`not well-formed XML: ${error.message}`);
  });
  parser.on('opentag', ({ name: tag, attributes }) => {
    path.push(tag);
    if (path.length > DEEPEST) throw new Reject('the XML is nested too deeply');
    content = '';
    const isData = path[1] === 'EventData' && tag === 'Data';
    name = isData && attributes.Name !== undefined ? String(attributes.Name) : undefined;
    const own = path.slice(1).join('/');
    for (const [key, value] of Object.entries(attributes)) if (!isData) values.set(`${own}@${key}`, String(value));
  });
  const add = (text: string): void => {
    content += text;
  };
  parser.on('text', add);
  parser.on('cdata', add);
  parser.on('closetag', ({ name: tag }) => {
    const [, part] = path;
    if (part === 'EventData' && tag === 'Data') data.set(name ?? `Data${++unnamed}`, content);
    else if (content.trim() !== '') {
      if (part === 'UserData') data.set(tag, content.trim());
      else values.set(path.slice(1).join('/'), content.trim());
    }
    content = '';
    path.pop();
  });
  parser.write(xml).close();
  return { values, data: Object.fromEntries(data) };
}

function dataElement(xml: string): string {
  for (const tag of ['EventData', 'UserData']) {
    const start = xml.indexOf(`<${tag}`);
    const end = xml.lastIndexOf(`</${tag}>`);
    if (start !== -1 && end > start) return xml.slice(start, end + tag.length + 3);
  }
  return '';
}

/** The named fields of a piece of XML that has `<Data Name="…">` elements, or a document around them. */
export const readDataXml = (xml: string): Readonly<Record<string, string>> =>
  collect(`<Event>${dataElement(xml)}</Event>`).data;
