import { DaybookError } from '@daybook/errors';

/** An element of an answer. Attributes, comments and processing instructions are left out. */
export interface XmlElement {
  readonly name: string;
  readonly text: string;
  readonly children: readonly XmlElement[];
}

const TOKEN = /<(\/?)([A-Za-z_][\w.:-]*)([^<>]*?)(\/?)>|<[!?][^<>]*>|([^<]+)/gy;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const MAX_DEPTH = 32;

interface OpenElement {
  name: string;
  text: string;
  children: OpenElement[];
}

/** Parses the XML that AWS's query protocol answers with: elements and text, no CDATA, no own entities. Else `corrupt`. */
export function parseXml(source: string): XmlElement {
  const document: OpenElement = { name: '', text: '', children: [] };
  const open: OpenElement[] = [document];
  let end = 0;
  for (const token of source.matchAll(TOKEN)) {
    end = token.index + token[0].length;
    const [, closing, name, , empty, text] = token;
    const current = open.at(-1)!;
    if (text !== undefined) current.text += unescapeXml(text);
    if (name === undefined) continue;
    if (closing) {
      if (current.name !== name || open.length === 1) throw malformed();
      open.pop();
      continue;
    }
    const element: OpenElement = { name, text: '', children: [] };
    current.children.push(element);
    if (!empty && open.push(element) > MAX_DEPTH) throw malformed();
  }
  const root = document.children[0];
  if (end !== source.length || open.length !== 1 || root === undefined) throw malformed();
  return root;
}

/** The text at a path of element names below `element`, or undefined when there is none. */
export function xmlText(element: XmlElement, ...path: readonly string[]): string | undefined {
  let at: XmlElement | undefined = element;
  for (const name of path) at = at?.children.find((child) => child.name === name);
  return at?.text;
}

/** The `member` elements of the list at a path below `element`. */
export function xmlMembers(element: XmlElement, ...path: readonly string[]): readonly XmlElement[] {
  let at: XmlElement | undefined = element;
  for (const name of path) at = at?.children.find((child) => child.name === name);
  return at?.children.filter((child) => child.name === 'member') ?? [];
}

/** Text as it stands between tags; what XML cannot hold at all is left as it is. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"\r\n\t]/g, (char) => `&#${char.charCodeAt(0)};`);
}

function unescapeXml(text: string): string {
  return text.replace(
    /&(?:#x([\da-fA-F]{1,6})|#(\d{1,7})|(\w+));/g,
    (whole, hex?: string, decimal?: string, name?: string) => {
      const point = hex !== undefined ? Number.parseInt(hex, 16) : Number(decimal);
      if (name === undefined) return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
      return ENTITIES[name] ?? whole;
    },
  );
}

function malformed(): DaybookError {
  return new DaybookError('corrupt', 'the answer of the service is not well-formed XML');
}
