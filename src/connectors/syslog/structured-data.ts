/** RFC 5424 structured data: parameters by element. A parameter that an element has more than once is a list. */
export type StructuredData = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

const ELEMENT = /\[([^\s=\]"]+)/y;
const PARAMETER = / +([^\s=\]"]+)="((?:[^"\\]|\\[\s\S])*)"/y;
const ELEMENT_END = / *\]/y;

/** Structured data as it stands at an offset (`-` is none), and where it ends; null when the text there is something else. */
export function readStructuredData(text: string, at: number): { data: StructuredData | null; end: number } | null {
  if (text[at] === '-' && (text[at + 1] === ' ' || at + 1 === text.length)) return { data: null, end: at + 1 };
  const elements = new Map<string, Map<string, string | string[]>>();
  let end = at;
  for (let element = exec(ELEMENT, text, end); element !== null; element = exec(ELEMENT, text, end)) {
    const parameters = elements.get(element[1]!) ?? new Map<string, string | string[]>();
    elements.set(element[1]!, parameters);
    end += element[0].length;
    for (let pair = exec(PARAMETER, text, end); pair !== null; pair = exec(PARAMETER, text, end)) {
      add(parameters, pair[1]!, pair[2]!.replace(/\\(["\\\]])/g, '$1'));
      end += pair[0].length;
    }
    const close = exec(ELEMENT_END, text, end);
    if (close === null) return null;
    end += close[0].length;
  }
  if (end === at || (end < text.length && text[end] !== ' ')) return null;
  return {
    data: Object.fromEntries([...elements].map(([name, parameters]) => [name, Object.fromEntries(parameters)])),
    end,
  };
}

function add(parameters: Map<string, string | string[]>, name: string, value: string): void {
  const known = parameters.get(name);
  parameters.set(name, known === undefined ? value : [known, value].flat());
}

/** A sticky expression's match at an offset. */
function exec(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
