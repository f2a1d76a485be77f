/**
 * The patterns of the message tables. Text stands for itself, a space for one or more; `[…]` may be missing, `<a|b>` is one of
 * several, `\` takes the next character literally. Fields in braces:
 *
 *   {src} {dst}          an end of the connection: `interface:address/port(user)`, of which only the address must be there
 *   {src!} {dst!}        the same without the user: where translated addresses in parentheses follow
 *   {src@} {dst@}        `address/port`, never an interface: where none is written, so that IPv6 needs no guess
 *   {src.addr} {src.port} {src.if} {src.user} {srcNat}    parts of it written in other ways; {srcNat} is `address/port`
 *   {name} {name:kind}   any other field; the kinds are in `KINDS`
 */
export interface Pattern {
  readonly regex: RegExp;
  /** The fields that the regex's groups fill, in order. */
  readonly fields: readonly string[];
}

const IPV6 = '[0-9A-Fa-f]{0,4}:[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]*';
const ADDRESS = String.raw`(${IPV6}(?:%\w+)?|[\w*.-]*[\w*])`;
const PORT = String.raw`([\w-]+)`;
const INTERFACE = String.raw`(NP Identity Ifc|[^\s:/(),"]+)`;
const USER = String.raw`(?: ?\((?!type )([^()]*)\))?`;
const PAIR = `${ADDRESS}(?:/${PORT})?`;
const NAMED = String.raw`(?:(?!${IPV6}(?:[/\s(),;]|$))${INTERFACE}: ?)?${PAIR}`;

const KINDS: Readonly<Record<string, string>> = {
  word: String.raw`([^\s]*[^\s.,;:])`,
  number: String.raw`(\d+)`,
  duration: String.raw`((?:\d+d ?)?\d[\dhms: ]*[\dhms])`,
  ip: String.raw`(\d{1,3}(?:\.\d{1,3}){3}|${IPV6})`,
  quoted: String.raw`([^"']*[^"'\s])`,
  mac: '([0-9A-Fa-f]{2,4}(?:[.:-][0-9A-Fa-f]{2,4}){2,7})',
  text: '(.*?)',
  rest: String.raw`(.*\S)`,
  protocol: String.raw`((?:protocol )?[^\s:,()]+)`,
  acl: String.raw`"?([^"[]*[^"[\s])"?`,
  interface: String.raw`([^\s:/(),]*[^\s:/(),.])`,
};

/** The kinds of fields whose name says it. */
const KIND_OF: Readonly<Record<string, string>> = {
  protocol: 'protocol',
  direction: 'word',
  action: 'word',
  connection: 'number',
  bytes: 'number',
  sent: 'number',
  received: 'number',
  hits: 'number',
  duration: 'duration',
  icmpType: 'word',
  icmpCode: 'word',
  rule: 'acl',
  interface: 'interface',
  mac: 'mac',
  group: 'text',
  url: 'rest',
};

const TOKEN = /\{([\w.]+)([!@]|:\w+)?\}|\\(.)|( +)|([[\]<>|])|([^{\\ [\]<>|]+)/g;
const BRACKETS: Readonly<Record<string, string>> = { '[': '(?:', ']': ')?', '<': '(?:', '>': ')', '|': '|' };

/** Compiles a pattern; it is to match a message's beginning. Throws when a field's kind is unknown. */
export function compile(pattern: string): Pattern {
  const fields: string[] = [];
  let regex = '^';
  for (const token of pattern.matchAll(TOKEN)) {
    const [whole, field, kind, escaped, spaces, bracket, literal] = token;
    const last = /^\]*$/.test(pattern.slice(token.index + whole.length));
    if (field !== undefined) regex += compileField(field, kind, last, fields);
    else if (spaces !== undefined) regex += ' +';
    else if (bracket !== undefined) regex += BRACKETS[bracket]!;
    else regex += (escaped ?? literal!).replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
  }
  return { regex: new RegExp(regex), fields };
}

function compileField(name: string, kind: string | undefined, last: boolean, fields: string[]): string {
  if (name === 'src' || name === 'dst') {
    if (kind === '@') {
      fields.push(`${name}.addr`, `${name}.port`);
      return PAIR;
    }
    fields.push(`${name}.if`, `${name}.addr`, `${name}.port`);
    if (kind === '!') return NAMED;
    fields.push(`${name}.user`);
    return NAMED + USER;
  }
  if (name === 'srcNat' || name === 'dstNat') {
    fields.push(`${name}.addr`, `${name}.port`);
    return PAIR;
  }
  fields.push(name);
  if (name.endsWith('.addr')) return ADDRESS;
  if (name.endsWith('.port')) return PORT;
  if (name.endsWith('.if')) return INTERFACE;
  const wanted = kind?.slice(1) ?? KIND_OF[name] ?? (last ? 'rest' : 'text');
  const regex = KINDS[wanted];
  if (regex === undefined) throw new Error(`the pattern's field ${name} has the unknown kind ${wanted}`);
  return regex;
}
