import { SaxesParser } from 'saxes';

type XmlValue = string | null | XmlNode | XmlValue[];
type XmlNode = Map<string, XmlValue>;

/** Longer texts give null, as in Kusto. */
const LONGEST = 1_048_576;
/** Text that JSON would write the very same way as a number is one. */
const NUMBER = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,9})?$/;

/**
 * An XML text as JSON text: attributes as `@name`, text beside other content as `#text`, equal elements as an array, numbers as such;
 * null when it is malformed. Comments, declarations and instructions are left out.
 */
export function xmlToJson(xml: string): string | null {
  if (xml.length > LONGEST) return null;
  const root: XmlNode = new Map();
  const open = [{ name: '', node: root, text: '' }];
  const parser = new SaxesParser();
  let failed = false;
  parser.on('error', () => {
    failed = true;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const node: XmlNode = new Map(Object.entries(attributes).map(([key, value]) => [`@${key}`, String(value)]));
    open.push({ name, node, text: '' });
  });
  const addText = (text: string): void => {
    open.at(-1)!.text += text;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const { name, node, text } = open.pop()!;
    append(open.at(-1)!.node, name, contentOf(node, text.trim()));
  });
  parser.write(xml.trim()).close();
  return failed || root.size === 0 ? null : written(root);
}

function contentOf(node: XmlNode, text: string): XmlValue {
  if (node.size === 0) return text === '' ? null : text;
  if (text !== '') node.set('#text', text);
  return node;
}

function append(parent: XmlNode, name: string, value: XmlValue): void {
  const before = parent.get(name);
  if (Array.isArray(before)) before.push(value);
  else parent.set(name, parent.has(name) ? [before as XmlValue, value] : value);
}

function written(value: XmlValue): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return NUMBER.test(value) && isWrittenSo(value) ? value : JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(written).join(',')}]`;
  const members = [...value].map(([key, of]) => {
    const json = key.startsWith('@') ? JSON.stringify(of) : written(of);
    return `${JSON.stringify(key)}:${json}`;
  });
  return `{${members.join(',')}}`;
}

const isWrittenSo = (digits: string): boolean => {
  const number = String(Number(digits));
  return number === digits || `${number}.0` === digits;
};
