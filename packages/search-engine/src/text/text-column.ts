import type { Analyzer, TokenPart } from '../analysis/analyzer.ts';
import type { OrdinalChunk } from '../columns/doc-values.ts';
import { OrdinalColumn } from '../columns/ordinal-column.ts';
import type { OrdinalRun } from '../columns/ordinal-values.ts';
import { isTermShortEnough } from '../dictionary/dictionary.ts';
import { countShared, PositionedWords } from './positions.ts';

const MAX_GAP = 1000;
/** Empty positions between the texts of one document: where these are very many, the gaps are narrower. */
const MAX_GAPS = 4_194_304;

/** Two positions without a word: the document has a text, though nothing can be found in it. */
const NO_WORDS: readonly number[] = [0, 0];

/** How the texts of a field are kept. */
export interface TextSettings {
  readonly analyzer: Analyzer;
  /** Each word of a document once and in no order: how often and where it stands does not matter. */
  readonly onceEach: boolean;
}

/**
 * The column of one text field: each document's words in their order. Frequencies, lengths and positions are read from there, so
 * one structure serves match, phrases and scores, and an update moves only the postings of words that came or went.
 */
export class TextColumn extends OrdinalColumn {
  readonly kind = 'text';

  fork(docLimit: () => number): TextColumn {
    const fork = new TextColumn(docLimit);
    fork.takeOver(this);
    return fork;
  }

  /** Replaces a document's text by the words of `texts`; an empty list clears it. */
  set(doc: number, texts: readonly string[], { analyzer, onceEach }: TextSettings): void {
    const ordinals = onceEach ? this.#distinctWords(texts, analyzer) : this.#wordsInOrder(texts, analyzer);
    this.replace(doc, texts.length > 0 && ordinals.length === 0 ? NO_WORDS : ordinals);
  }

  #distinctWords(texts: readonly string[], analyzer: Analyzer): readonly number[] {
    const ordinals = new Set<number>();
    for (const text of texts) {
      for (const { term } of analyzer.analyze(text)) {
        if (isTermShortEnough(term)) ordinals.add(this.dictionary.add(term));
      }
    }
    return [...ordinals];
  }

  #wordsInOrder(texts: readonly string[], analyzer: Analyzer): readonly number[] {
    const words = new PositionedWords();
    const gap = Math.min(MAX_GAP, analyzer.positionIncrementGap, Math.floor(MAX_GAPS / texts.length));
    for (const text of texts) {
      const start = words.isEmpty ? 0 : words.nextPosition + gap;
      for (const part of analyzer.analyzeInParts(text)) this.#addWords(part, start, words);
    }
    return words.run();
  }

  /** `start` is the text's first position. */
  #addWords({ tokens, position: partPosition }: TokenPart, start: number, words: PositionedWords): void {
    let lastPosition = -1;
    for (const { term, position } of tokens) {
      if (!isTermShortEnough(term)) continue;
      const ordinal = this.dictionary.add(term);
      if (position === lastPosition) words.addBeside(ordinal);
      else words.add(ordinal, Math.min(start + partPosition + position - words.nextPosition, MAX_GAP));
      lastPosition = position;
    }
  }

  /**
   * How often the ordinal occurs in the document's text, and how many words that text has: with `discountsOverlaps` those only that have a position to
   * themselves, or are the first of one. The answer is the same object each time, and stands until the next call.
   */
  occurrences(
    doc: number,
    ordinal: number,
    discountsOverlaps: boolean,
  ): { readonly frequency: number; readonly length: number } {
    const { values, start, end } = this.values.run(doc);
    let frequency = 0;
    let length = 0;
    for (let i = start; i < end; i++) {
      const word = values[i]!;
      if (word !== 0) length++;
      if (word === ordinal) frequency++;
    }
    this.#found.frequency = frequency;
    this.#found.length = discountsOverlaps ? length - countShared(values, start, end) : length;
    return this.#found;
  }

  /** The same of several words, each of which counts as often as it says. */
  occurrencesOfAny(
    doc: number,
    counts: ReadonlyMap<number, number>,
    discountsOverlaps: boolean,
  ): { readonly frequency: number; readonly length: number } {
    const { values, start, end } = this.values.run(doc);
    let frequency = 0;
    let length = 0;
    for (let i = start; i < end; i++) {
      const word = values[i]!;
      if (word === 0) continue;
      length++;
      frequency += counts.get(word) ?? 0;
    }
    this.#found.frequency = frequency;
    this.#found.length = discountsOverlaps ? length - countShared(values, start, end) : length;
    return this.#found;
  }

  /** The words of the texts of one chunk, as {@link words} gives those of one. */
  chunk(index: number): OrdinalChunk | undefined {
    return this.values.chunk(index, this.docLimit());
  }

  /** The document's words in their order: 0 is a position without a word, unless some share theirs (`positions.ts`). Stands until the next call. */
  words(doc: number): OrdinalRun {
    return this.values.run(doc);
  }

  readonly #found = { frequency: 0, length: 0 };
}
