import type { ComponentSettings } from '../component-settings.ts';
import { type CharFilter, type FilteredText, FilteredTextBuilder } from './char-filter.ts';
import { HTML_ENTITIES } from './html-entities.ts';

/** Elements that stand within a line: their tags go without leaving a line break. */
const INLINE: ReadonlySet<string> = new Set(
  (
    'a abbr acronym b basefont bdo big cite code dfn em font i img input kbd label q s samp select small span strike ' +
    'strong sub sup textarea tt u var'
  ).split(' '),
);
/** Elements whose content goes too. */
const HIDDEN: ReadonlySet<string> = new Set(['script', 'style']);

const MARK = /[<&]/g;
const CDATA = '<![CDATA[';
/** A tag, its element, and the rest: empty where the text ends within its name. compat: an attribute has no `>`, in quotes neither. */
const TAG =
  /<(?:[\s\x85]*([\p{ID_Start}_:][\p{ID_Continue}.:-]*)([\s\x85]*\/?>|[\s\x85][^<>]*>|$)|\/[\s\x85]*([\p{ID_Start}_:][\p{ID_Continue}.:-]*)([\s\x85]*>|$))/uy;
/** compat: a reference without its semicolon is one only where the text ends. */
const NUMBER = /&#(?:(\d{1,7})|[xX]([\da-fA-F]{1,5}))(?:;|$)/y;
const NAME = /&([a-zA-Z]+\d*)(?:;|$)/y;
const MAX_CODE_POINT = 0x10ffff;

/** The filter of the type `html_strip`: leaves tags and comments out, and writes character references as their characters. */
export function htmlStripCharFilter(settings: ComponentSettings): CharFilter {
  const escapedTags = new Set((settings.strings('escaped_tags') ?? []).map((name) => name.toLowerCase()));
  return Object.assign((text: string) => new HtmlStripper(text, escapedTags).strip(), { normalizes: false });
}

class HtmlStripper {
  readonly #text: string;
  readonly #escapedTags: ReadonlySet<string>;
  readonly #output: FilteredTextBuilder;
  /** By mark, its last known place: a text of many beginnings without an end is not read to its end for each. */
  readonly #places = new Map<string, number>();

  constructor(text: string, escapedTags: ReadonlySet<string>) {
    this.#text = text;
    this.#escapedTags = escapedTags;
    this.#output = new FilteredTextBuilder(text);
  }

  strip(): FilteredText {
    for (let at = this.#nextMark(0); at < this.#text.length; ) {
      at = this.#nextMark(this.#text[at] === '<' ? this.#markup(at) : this.#reference(at));
    }
    return this.#output.build();
  }

  #nextMark(from: number): number {
    MARK.lastIndex = from;
    return MARK.exec(this.#text)?.index ?? this.#text.length;
  }

  /** Gives where to go on, as all that follow do. */
  #replace(start: number, end: number, replacement: string): number {
    this.#output.replace(start, end, replacement);
    return end;
  }

  #markup(start: number): number {
    const text = this.#text;
    if (text.startsWith('<!--', start)) return this.#replace(start, this.#endOf('-->', start + 4), '');
    if (text.startsWith(CDATA, start)) return this.#characterData(start);
    const isDeclaration = text.startsWith('<!', start);
    if (!isDeclaration && !text.startsWith('<?', start)) return this.#tag(start);
    const close = this.#find('>', start + 2);
    // compat: what begins as a declaration and has no end stays as it is.
    if (close === text.length) return isDeclaration ? close : start + 1;
    const isClosed = isDeclaration || (close > start + 2 && (text[close - 1] === '?' || text[close - 1] === '/'));
    return isClosed ? this.#replace(start, close + 1, '') : start + 1;
  }

  /** Of a section whose text stays as it is: its beginning goes, and its end. */
  #characterData(start: number): number {
    const content = start + CDATA.length;
    const close = this.#find(']]>', content);
    this.#replace(start, content, '');
    return close === this.#text.length ? close : this.#replace(close, close + ']]>'.length, '');
  }

  #tag(start: number): number {
    const [tag, opened, rest, closed, closedRest] = execAt(TAG, this.#text, start) ?? [];
    if (tag === undefined) return start + 1;
    const element = (opened ?? closed)!.toLowerCase();
    const end = start + tag.length;
    const isHidden = HIDDEN.has(element);
    const isEscaped = this.#escapedTags.has(element);
    if (isHidden && rest !== undefined && rest !== '' && rest !== '/>') {
      const closing = this.#closingTag(element, end);
      if (!isEscaped) return this.#replace(start, closing.end, closing.start === closing.end ? '' : '\n');
      this.#replace(end, closing.start, '');
      return closing.end;
    }
    if (isEscaped && !isHidden) return end;
    return this.#replace(start, end, (rest ?? closedRest) === '' || INLINE.has(element) ? '' : '\n');
  }

  /** Of an element whose content goes; where there is none, the end of the text. Those in comments do not count. */
  #closingTag(element: string, from: number): { readonly start: number; readonly end: number } {
    const mark = new RegExp(`<!--|</[\\s\\x85]*${element}[\\s\\x85]*>`, 'gi');
    mark.lastIndex = from;
    for (let found = mark.exec(this.#text); found !== null; found = mark.exec(this.#text)) {
      if (found[0] !== '<!--') return { start: found.index, end: mark.lastIndex };
      mark.lastIndex = this.#endOf('-->', mark.lastIndex);
    }
    return { start: this.#text.length, end: this.#text.length };
  }

  /** The place of the next `mark`; the end of the text where there is none. Of each mark asked for in ascending order. */
  #find(mark: string, from: number): number {
    const known = this.#places.get(mark);
    if (known !== undefined && known >= from) return known;
    const found = this.#text.indexOf(mark, from);
    const place = found < 0 ? this.#text.length : found;
    this.#places.set(mark, place);
    return place;
  }

  #endOf(mark: string, from: number): number {
    return Math.min(this.#find(mark, from) + mark.length, this.#text.length);
  }

  #reference(start: number): number {
    const [name, entity = ''] = execAt(NAME, this.#text, start) ?? [];
    const character = HTML_ENTITIES.get(entity);
    if (name !== undefined && character !== undefined) return this.#replace(start, start + name.length, character);
    const first = this.#number(start);
    if (first === undefined) return start + 1;
    if (!isBetween(first.code, 0xd800, 0xdfff))
      return this.#replace(start, first.end, String.fromCodePoint(first.code));
    // compat: two references may be the halves of one character; one alone is none.
    const second = isBetween(first.code, 0xd800, 0xdbff) ? this.#number(first.end) : undefined;
    if (second === undefined || !isBetween(second.code, 0xdc00, 0xdfff))
      return this.#replace(start, first.end, '\ufffd');
    return this.#replace(start, second.end, String.fromCharCode(first.code, second.code));
  }

  #number(start: number): { readonly code: number; readonly end: number } | undefined {
    const [number, decimal, hexadecimal] = execAt(NUMBER, this.#text, start) ?? [];
    if (number === undefined) return undefined;
    const code = decimal === undefined ? Number.parseInt(hexadecimal!, 16) : Number(decimal);
    return code > MAX_CODE_POINT ? undefined : { code, end: start + number.length };
  }
}

function isBetween(code: number, lowest: number, highest: number): boolean {
  return code >= lowest && code <= highest;
}

/** The match of a sticky pattern at a place. */
function execAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
