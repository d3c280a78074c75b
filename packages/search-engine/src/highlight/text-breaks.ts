import { countBelow } from '../columns/count-below.ts';

/** Places at which a text may be cut, as offsets in UTF-16 code units: always its begin and its end. */
export interface TextBreaks {
  /** The last break before `offset`; -1 when there is none. */
  preceding(offset: number): number;
  /** The first break behind `offset`; -1 when there is none. */
  following(offset: number): number;
}

/** Runs are bounded, so that no text takes longer than its length warrants. */
const LONGEST_TAIL = 200;

// compat: sentences and words end where java.text.BreakIterator lets them end, whose rules these are.
const SPACE = '\\t\\r\\f\\n\\u2028\\p{Zs}';
const OPENING = '\\p{Ps}\\p{Pi}"\'';
const CLOSING = '\\p{Pe}\\p{Pf}"\'';
const TERMINATOR = '!?\\u3002\\uff01\\uff1f';
const PERIOD = '.\\uff0e';
const DANDA = '\\u0964\\u0965';
const IGNORED = '\\p{Mn}\\p{Me}\\p{Cf}';
const SENTENCE_START = `[^\\p{L}${SPACE}${OPENING}${CLOSING}\\p{N}${TERMINATOR}${PERIOD},\\u2029${IGNORED}]`;
const START = `(?:[${OPENING}]|${SENTENCE_START}){1,64}`;
const SENTENCE_END = new RegExp(
  [
    '\\u2029',
    `[${DANDA}][${SPACE}]*`,
    `[${TERMINATOR}][${TERMINATOR}${PERIOD}${CLOSING}]*[${SPACE}]*\\u2029?`,
    `[${PERIOD}][${PERIOD}${CLOSING}]{0,64}[${SPACE}]{1,64}(?=(?!\\p{Ll})\\p{L})`,
    // Behind two spaces a small letter begins a sentence too.
    `[${PERIOD}][${PERIOD}${CLOSING}]{0,64}[${SPACE}]{2,64}[${IGNORED}]*(?=${START}|\\p{L})`,
    `[${PERIOD}][${PERIOD}${CLOSING}]{0,64}(?:[${SPACE}]{1,64}(?=${START}\\p{L})|(?=${START}\\p{L})["']*)`,
  ].join('|'),
  'gu',
);
/** compat: where a text ends in signs behind a period, the sentence ends on either side of the period. */
const OPEN_END = new RegExp(
  `[${PERIOD}][${PERIOD}${CLOSING}]{0,64}(?![${PERIOD}${CLOSING}])[${SPACE}]{0,64}${START}$`,
  'u',
);

const IDEOGRAPH = '\\u3005\\u4e00-\\u9fa5\\uf900-\\ufa2d';
const KATAKANA = '\\u30a1-\\u30fa\\u30fd\\u30fe';
const HIRAGANA = '\\u3041-\\u3094\\u309d\\u309e';
const KANA_MARK = '\\u3099-\\u309c\\u30fb\\u30fc';
const MARK = '[\\p{Mn}\\p{Me}]*';
const LETTER = `(?:(?![${IDEOGRAPH}${KATAKANA}${HIRAGANA}${KANA_MARK}])[\\p{L}\\p{Mc}]${MARK})`;
const DIGIT = `(?:\\p{N}${MARK})`;
const WORD = `(?:${LETTER}+(?:[\\p{Pd}\\p{Pc}\\u00ad\\u2027"'.]${LETTER}+)*[${DANDA}]?)`;
const NUMBER = `(?:${DIGIT}+(?:["',\\u066b.]${DIGIT}+)*)`;
const NUMBERS = `(?:${NUMBER}${WORD})*(?:${NUMBER}[%&\\u00a2\\u066a\\u2030\\u2031]?)?`;
const WORD_PART = new RegExp(
  [
    `${WORD}${NUMBERS}`,
    `(?=\\p{N})${NUMBERS}`,
    `(?!\\u00a2)[\\p{Sc}#.]${NUMBERS}`,
    `[\\p{Zs}\\t]+\\r?[\\n\\f\\u2028\\u2029]?`,
    `\\r[\\n\\f\\u2028\\u2029]?`,
    `[${KATAKANA}${KANA_MARK}]+`,
    `[${HIRAGANA}${KANA_MARK}]+`,
    `[${IDEOGRAPH}]+`,
    `[^\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]${MARK}`,
    `[\\s\\S]`,
  ].join('|'),
  'gu',
);

/** Where sentences end. */
export function sentenceBreaks(text: string): TextBreaks {
  const tailStart = Math.max(0, text.length - LONGEST_TAIL);
  const end = OPEN_END.exec(text.slice(tailStart));
  if (end === null) return breaksAfter(text, SENTENCE_END);
  const offsets = breakOffsets(text, SENTENCE_END);
  for (const period of end[0].matchAll(new RegExp(`[${PERIOD}]`, 'gu'))) {
    const at = tailStart + end.index + period.index;
    offsets.push(at, at + 1);
  }
  return breaksAt(offsets);
}

/** Where words, runs of spaces and single signs end. */
export function wordBreaks(text: string): TextBreaks {
  return breaksAfter(text, WORD_PART);
}

function breaksAfter(text: string, part: RegExp): TextBreaks {
  return breaksAt(breakOffsets(text, part));
}

function breakOffsets(text: string, part: RegExp): number[] {
  const offsets = [0];
  for (const match of text.matchAll(part)) {
    const end = match.index + match[0].length;
    if (end > offsets[offsets.length - 1]!) offsets.push(end);
  }
  if (offsets[offsets.length - 1] !== text.length) offsets.push(text.length);
  return offsets;
}

function breaksAt(given: readonly number[]): TextBreaks {
  const offsets = Float64Array.from(new Set(given)).sort();
  return {
    preceding: (offset) => offsets[countBelow(offsets, offset) - 1] ?? -1,
    following: (offset) => offsets[countBelow(offsets, offset + 1)] ?? -1,
  };
}
