import { CHUNK_DOCS } from '../columns/chunk-docs.ts';
import type { OrdinalChunk } from '../columns/doc-values.ts';
import type { TermScorer } from './bm25.ts';
import { countShared } from './positions.ts';
import type { TextColumn } from './text-column.ts';

/** Words whose frequencies are counted in one number, a byte for each. */
export const MAX_WORDS = 4;
/** Texts of so many words, of which a byte may not be enough, are scored one by one. */
const TOO_LONG = 255;
/** Scores are kept of words that are less frequent in a text. */
const MAX_FREQUENCY = 15;
const FREQUENCIES = MAX_FREQUENCY + 1;
const LENGTHS = TOO_LONG + 1;
/** The ordinal of no word; all are below it. */
const NONE = 0x7fff_ffff;

/** Of the texts that are scored together. */
const wordFrequencies = new Int32Array(CHUNK_DOCS);
const textLengths = new Uint8Array(CHUNK_DOCS);

/** By ordinal of dictionaries that are no larger: what a word adds to the frequencies of its text. All 0 but while texts are read. */
const increments = new Int32Array(65_536);

type ManyWords = OrdinalChunk & { readonly single: false };

/** One word of a query. */
export interface ScoredWord {
  readonly ordinal: number;
  readonly scorer: TermScorer;
  /** Whether lengths leave out words that stand where the word before them does: the same of all words of a field. */
  readonly discountsOverlaps: boolean;
}

/** The scores of up to {@link MAX_WORDS} words in many texts: a text is read once for all words, and few scores are computed more than once. */
export class WordScores {
  readonly #column: TextColumn;
  readonly #words: readonly ScoredWord[];
  readonly #discountsOverlaps: boolean;
  /** By word, frequency and length of the text; NaN where it has not been wanted yet. */
  readonly #known: Float32Array;

  /** At most {@link MAX_WORDS} words. */
  constructor(column: TextColumn, words: readonly ScoredWord[]) {
    this.#column = column;
    this.#words = words;
    this.#discountsOverlaps = words.some((word) => word.discountsOverlaps);
    this.#known = new Float32Array(words.length * FREQUENCIES * LENGTHS).fill(Number.NaN);
  }

  /** Adds the score of each word, one after the other, to the number of each of the first `count` documents of a chunk. */
  add(chunk: number, offsets: Uint16Array, count: number, sums: Float64Array): void {
    const texts = this.#column.chunk(chunk);
    if (texts === undefined) return;
    if (texts.single) {
      for (let i = 0; i < count; i++) this.#addTo(sums, i, chunk, offsets[i]!);
      return;
    }
    this.#count(texts, offsets, count);
    for (let word = 0; word < this.#words.length; word++) this.#addWord(word, count, sums);
    for (let i = 0; i < count; i++) if (textLengths[i] === TOO_LONG) this.#addTo(sums, i, chunk, offsets[i]!);
  }

  #count(texts: ManyWords, offsets: Uint16Array, count: number): void {
    const ordinals = this.#words.map(({ ordinal }) => ordinal);
    if (this.#column.dictionary.size < increments.length) {
      for (const [at, ordinal] of ordinals.entries()) increments[ordinal]! += 1 << (at << 3);
      countByTable(texts, offsets, count, this.#discountsOverlaps);
      for (const ordinal of ordinals) increments[ordinal] = 0;
    } else {
      const [first = NONE, second = NONE, third = NONE, fourth = NONE] = ordinals;
      countByComparison(texts, offsets, count, this.#discountsOverlaps, first, second, third, fourth);
    }
  }

  /** Adds the scores of one word to the texts whose words have been counted. */
  #addWord(word: number, count: number, sums: Float64Array): void {
    const known = this.#known;
    const shift = word << 3;
    const first = word * FREQUENCIES * LENGTHS;
    for (let i = 0; i < count; i++) {
      const frequency = (wordFrequencies[i]! >>> shift) & 0xff;
      const length = textLengths[i]!;
      const place = first + Math.min(frequency, MAX_FREQUENCY) * LENGTHS + length;
      const score = known[place]!;
      sums[i]! += Number.isNaN(score) ? this.#score(word, frequency, length, place) : score;
    }
  }

  #addTo(sums: Float64Array, at: number, chunk: number, offset: number): void {
    for (const { ordinal, scorer, discountsOverlaps } of this.#words) {
      const { frequency, length } = this.#column.occurrences(chunk * CHUNK_DOCS + offset, ordinal, discountsOverlaps);
      if (frequency !== 0) sums[at]! += scorer(frequency, length);
    }
  }

  /** The score of a word, which is known from then on unless the word is too frequent for that. */
  #score(word: number, frequency: number, length: number, place: number): number {
    const score = frequency === 0 ? 0 : this.#words[word]!.scorer(frequency, length);
    if (frequency < MAX_FREQUENCY) this.#known[place] = score;
    return score;
  }
}

/** Counts the words that have increments, a byte for each, and all words of the texts: of one that is too long neither. */
function countByTable(
  { starts, counts, ordinals }: ManyWords,
  offsets: Uint16Array,
  count: number,
  discountsOverlaps: boolean,
): void {
  for (let i = 0; i < count; i++) {
    const offset = offsets[i]!;
    const start = starts[offset]!;
    let length = counts[offset]!;
    const end = length < TOO_LONG ? start + length : start;
    let found = 0;
    for (let at = start; at < end; at++) {
      const word = ordinals[at]!;
      // Less one, only 0 has the highest bit.
      length -= (word - 1) >>> 31;
      found = (found + increments[word]!) | 0;
    }
    if (discountsOverlaps && ordinals[end - 1] === 0) length -= countShared(ordinals, start, end);
    wordFrequencies[i] = found;
    textLengths[i] = Math.min(length, TOO_LONG);
  }
}

/** The same for any dictionary, by comparing each word of a text with each of the four. */
function countByComparison(
  { starts, counts, ordinals }: ManyWords,
  offsets: Uint16Array,
  count: number,
  discountsOverlaps: boolean,
  first: number,
  second: number,
  third: number,
  fourth: number,
): void {
  for (let i = 0; i < count; i++) {
    const offset = offsets[i]!;
    const start = starts[offset]!;
    let length = counts[offset]!;
    const end = length < TOO_LONG ? start + length : start;
    let found = 0;
    for (let at = start; at < end; at++) {
      const word = ordinals[at]!;
      // Less one, only 0 has the highest bit: without a branch, and much faster than a truth value made a number.
      length -= (word - 1) >>> 31;
      const here =
        (((word ^ first) - 1) >>> 31) |
        ((((word ^ second) - 1) >>> 31) << 8) |
        ((((word ^ third) - 1) >>> 31) << 16) |
        ((((word ^ fourth) - 1) >>> 31) << 24);
      found = (found + here) | 0;
    }
    if (discountsOverlaps && ordinals[end - 1] === 0) length -= countShared(ordinals, start, end);
    wordFrequencies[i] = found;
    textLengths[i] = Math.min(length, TOO_LONG);
  }
}
