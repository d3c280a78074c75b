import type { Token } from '../analyzer.ts';
import { WORD_CLASS, wordClassOf } from './word-class.ts';

const EMOJI_PART = '\\p{Extended_Pictographic}(?:\\p{Emoji_Modifier}|\\ufe0f)?';
const EMOJI = new RegExp(`\\p{RI}\\p{RI}|[0-9#*]\\ufe0f?\\u20e3|${EMOJI_PART}(?:\\u200d${EMOJI_PART})*`, 'uy');

/**
 * Words by Unicode Standard Annex 29, as Lucene's StandardTokenizer finds them: runs of letters and digits, with `.` `'` `:` inside words and
 * `.` `,` inside numbers; ideographs and hiragana one by one; emoji whole. A longer word is cut into pieces of `maxTokenLength`.
 */
export function standardTokens(text: string, maxTokenLength: number): Token[] {
  const tokens: Token[] = [];
  const scanner = new WordScanner(text);
  while (scanner.next()) {
    for (let start = scanner.start; start < scanner.end; start += maxTokenLength) {
      const end = Math.min(start + maxTokenLength, scanner.end);
      tokens.push({
        term: text.slice(start, end),
        position: tokens.length,
        startOffset: start,
        endOffset: end,
        type: scanner.type,
      });
    }
  }
  return tokens;
}

function joins(before: number, after: number): boolean {
  if (after === WORD_CLASS.connector) return before !== WORD_CLASS.southeastAsian;
  if (before === WORD_CLASS.connector) return isWordPart(after) || after === WORD_CLASS.katakana;
  if (before === WORD_CLASS.katakana || after === WORD_CLASS.katakana) return before === after;
  if (before === WORD_CLASS.southeastAsian || after === WORD_CLASS.southeastAsian) return before === after;
  return isWordPart(before) && isWordPart(after);
}

function isLetter(wordClass: number): boolean {
  return wordClass === WORD_CLASS.letter || wordClass === WORD_CLASS.hangul;
}

function isWordPart(wordClass: number): boolean {
  return isLetter(wordClass) || wordClass === WORD_CLASS.digit;
}

/** Whether a character of class `middle` stands inside a word between two others. */
function bridges(before: number, middle: number, after: number): boolean {
  if (isLetter(before) && isLetter(after)) return middle === WORD_CLASS.midLetter || middle === WORD_CLASS.midBoth;
  if (before === WORD_CLASS.digit && after === WORD_CLASS.digit) {
    return middle === WORD_CLASS.midDigit || middle === WORD_CLASS.midBoth;
  }
  return false;
}

/** Finds one word after the other. */
class WordScanner {
  readonly #text: string;
  start = 0;
  end = 0;
  type = '';

  constructor(text: string) {
    this.#text = text;
  }

  next(): boolean {
    let at = this.end;
    while (at < this.#text.length) {
      const code = this.#text.codePointAt(at)!;
      const wordClass = wordClassOf(code);
      if (this.#emojiAt(at, code, wordClass)) return true;
      if (wordClass === WORD_CLASS.ideograph || wordClass === WORD_CLASS.hiragana) {
        const type = wordClass === WORD_CLASS.ideograph ? '<IDEOGRAPHIC>' : '<HIRAGANA>';
        return this.#found(at, this.#skipExtend(at + widthOf(code)), type);
      }
      if (startsWord(wordClass) && this.#wordAt(at, wordClass)) return true;
      at = startsWord(wordClass) ? this.end : at + widthOf(code);
    }
    this.end = at;
    return false;
  }

  #found(start: number, end: number, type: string): true {
    this.start = start;
    this.end = end;
    this.type = type;
    return true;
  }

  #emojiAt(at: number, code: number, wordClass: number): boolean {
    const mayBeKeycap = wordClass === WORD_CLASS.digit || code === 35 || code === 42;
    if (wordClass !== WORD_CLASS.emoji && !mayBeKeycap) return false;
    if (mayBeKeycap) {
      const following = this.#text.charCodeAt(at + 1);
      if (following !== 0xfe0f && following !== 0x20e3) return false;
    }
    EMOJI.lastIndex = at;
    const match = EMOJI.exec(this.#text);
    return match !== null && this.#found(at, at + match[0].length, '<EMOJI>');
  }

  /** Reads the run that begins here; false when it holds connectors only. */
  #wordAt(start: number, first: number): boolean {
    let seen = 1 << first;
    let before = first;
    let end = start + widthOf(this.#text.codePointAt(start)!);
    // Most words are of such letters alone.
    if (first === WORD_CLASS.letter) end = this.#skipAsciiLetters(end);
    end = this.#skipExtend(end);
    while (end < this.#text.length) {
      const code = this.#text.codePointAt(end)!;
      const wordClass = wordClassOf(code);
      const next = this.#skipExtend(end + widthOf(code));
      if (joins(before, wordClass)) {
        seen |= 1 << wordClass;
        before = wordClass;
        end = next;
        continue;
      }
      const after = next < this.#text.length ? wordClassOf(this.#text.codePointAt(next)!) : WORD_CLASS.other;
      if (!bridges(before, wordClass, after)) break;
      end = next;
    }
    this.#found(start, end, typeOf(seen));
    return seen !== 1 << WORD_CLASS.connector;
  }

  #skipAsciiLetters(from: number): number {
    let at = from;
    while (isAsciiLetter(this.#text.charCodeAt(at))) at++;
    return at;
  }

  #skipExtend(from: number): number {
    let at = from;
    while (at < this.#text.length) {
      const code = this.#text.codePointAt(at)!;
      if (wordClassOf(code) !== WORD_CLASS.extend) break;
      at += widthOf(code);
    }
    return at;
  }
}

function isAsciiLetter(code: number): boolean {
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

function startsWord(wordClass: number): boolean {
  return (
    isWordPart(wordClass) ||
    wordClass === WORD_CLASS.connector ||
    wordClass === WORD_CLASS.katakana ||
    wordClass === WORD_CLASS.southeastAsian
  );
}

function widthOf(codePoint: number): number {
  return codePoint > 0xffff ? 2 : 1;
}

/** The name of a word from the set of classes in it. */
function typeOf(seen: number): string {
  const classes = seen & ~(1 << WORD_CLASS.connector);
  if (classes === 1 << WORD_CLASS.digit) return '<NUM>';
  if (classes === 1 << WORD_CLASS.katakana) return '<KATAKANA>';
  if (classes === 1 << WORD_CLASS.hangul) return '<HANGUL>';
  if (classes === 1 << WORD_CLASS.southeastAsian) return '<SOUTHEAST_ASIAN>';
  return '<ALPHANUM>';
}
