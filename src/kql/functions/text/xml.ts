type XmlValue = string | null | XmlNode | XmlValue[];
interface XmlNode {
  [name: string]: XmlValue;
}

const LONGEST = 1_048_576;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
/** Comment, CDATA, declaration or doctype, closing tag, opening tag, text: in that order at each place. */
const TOKEN =
  /<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<[?!][^>]*>|<\/([^\s>]+)\s*>|<([^\s/>!?][^\s/>]*)((?:\s+[^\s=>/]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/y;
const ATTRIBUTE = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** An XML text as JSON: attributes as `@name`, text beside other content as `#text`, equal elements as an array; null when malformed. */
export function parseXml(xml: string): XmlNode | null {
  if (xml.length > LONGEST) return null;
  const top: Open = { name: '', node: {}, text: '' };
  const stack = [top];
  TOKEN.lastIndex = 0;
  const source = xml.trim();
  while (TOKEN.lastIndex < source.length) {
    const match = TOKEN.exec(source);
    if (!match) return null;
    const [, cdata, closed, opened, attributes, empty, text] = match;
    const current = stack.at(-1)!;
    if (cdata !== undefined) current.text += cdata;
    else if (text !== undefined) {
      const decoded = decode(text);
      if (decoded === null || (current === top && decoded.trim() !== '')) return null;
      current.text += decoded;
    } else if (opened !== undefined) {
      if (current === top && Object.keys(top.node).length > 0) return null;
      const node = attributesOf(attributes ?? '');
      if (!node) return null;
      stack.push({ name: opened, node, text: '' });
      if (empty) close(stack);
    } else if (closed !== undefined) {
      if (current === top || current.name !== closed) return null;
      close(stack);
    }
  }
  return stack.length === 1 && Object.keys(top.node).length === 1 ? top.node : null;
}

interface Open {
  readonly name: string;
  readonly node: XmlNode;
  text: string;
}

function close(stack: Open[]): void {
  const { name, node, text } = stack.pop()!;
  const parent = stack.at(-1)!.node;
  const trimmed = text.trim();
  const leaf = Object.keys(node).length === 0;
  const value: XmlValue = leaf
    ? trimmed === ''
      ? null
      : trimmed
    : trimmed === ''
      ? node
      : { ...node, '#text': trimmed };
  const before = parent[name];
  if (before === undefined) parent[name] = value;
  else if (Array.isArray(before)) before.push(value);
  else parent[name] = [before, value];
}

function attributesOf(text: string): XmlNode | null {
  const node: XmlNode = {};
  for (const [, name, double, single] of text.matchAll(ATTRIBUTE)) {
    const value = decode(double ?? single ?? '');
    if (value === null) return null;
    node[`@${name}`] = value;
  }
  return node;
}

function decode(text: string): string | null {
  let bad = false;
  const decoded = text.replace(/&(#x[0-9a-f]+|#\d+|\w+);|&/gi, (_, name: string | undefined) => {
    const point = name?.startsWith('#x')
      ? Number.parseInt(name.slice(2), 16)
      : name?.startsWith('#')
        ? Number(name.slice(1))
        : undefined;
    const found =
      point !== undefined ? (point <= 0x10ffff ? String.fromCodePoint(point) : undefined) : ENTITIES[name ?? ''];
    if (found === undefined) bad = true;
    return found ?? '';
  });
  return bad ? null : decoded;
}
