/** Word break classes of Unicode Standard Annex 29, as far as tokens depend on them. */
export const WORD_CLASS = {
  other: 0,
  letter: 1,
  digit: 2,
  /** Underscores and the like: joins letters, digits and katakana. */
  connector: 3,
  /** Joins two letters: `:` `·`. */
  midLetter: 4,
  /** Joins two letters or two digits: `.` `'`. */
  midBoth: 5,
  /** Joins two digits: `,` `;`. */
  midDigit: 6,
  /** Belongs to whatever it follows: marks and format characters. */
  extend: 7,
  katakana: 8,
  hiragana: 9,
  ideograph: 10,
  /** Thai, Lao, Khmer, Myanmar: kept as one run, since words are not separated. */
  southeastAsian: 11,
  hangul: 12,
  emoji: 13,
} as const;

const UNKNOWN = 255;

/** Asked in this order. */
const CLASSES: readonly [number, RegExp][] = [
  [WORD_CLASS.midBoth, /['.\u2018\u2019\u2024\ufe52\uff07\uff0e]/u],
  [WORD_CLASS.midLetter, /[:\u00b7\u0387\u05f4\u2027\ufe13\ufe55\uff1a]/u],
  [WORD_CLASS.midDigit, /[,;\u037e\u0589\u060c\u060d\u066c\u07f8\u2044\ufe10\ufe14\ufe50\ufe54\uff0c\uff1b]/u],
  [WORD_CLASS.connector, /[\p{Pc}\u202f]/u],
  [WORD_CLASS.digit, /[\p{Nd}\u066b]/u],
  [WORD_CLASS.southeastAsian, /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u],
  [WORD_CLASS.extend, /[\p{M}\p{Cf}\p{Emoji_Modifier}]/u],
  [WORD_CLASS.katakana, /[\p{Script=Katakana}\u3031-\u3035\u309b\u309c\u30a0\u30fc\uff70]/u],
  [WORD_CLASS.hiragana, /\p{Script=Hiragana}/u],
  [WORD_CLASS.ideograph, /[\p{Script=Han}\p{Ideographic}]/u],
  [WORD_CLASS.hangul, /\p{Script=Hangul}/u],
  [WORD_CLASS.letter, /[\p{Alphabetic}\u05f3]/u],
  [WORD_CLASS.emoji, /[\p{Extended_Pictographic}\p{Regional_Indicator}]/u],
];

/** Classes of the basic plane, filled as characters come. */
const known = new Uint8Array(0x10000).fill(UNKNOWN);

/** The class of a code point. */
export function wordClassOf(codePoint: number): number {
  const cached = codePoint < 0x10000 ? known[codePoint]! : UNKNOWN;
  if (cached !== UNKNOWN) return cached;
  const text = String.fromCodePoint(codePoint);
  const found = CLASSES.find(([, pattern]) => pattern.test(text))?.[0] ?? WORD_CLASS.other;
  if (codePoint < 0x10000) known[codePoint] = found;
  return found;
}
