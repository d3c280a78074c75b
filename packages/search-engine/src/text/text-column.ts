import type { OrdinalChunk } from '../columns/doc-values.ts';
import { OrdinalColumn } from '../columns/ordinal-column.ts';
import type { OrdinalRun } from '../columns/ordinal-values.ts';
import type { PreparedTerms } from '../columns/prepared-terms.ts';
import type { Steps } from '../steps/steps.ts';
import { countShared } from './positions.ts';
import { type TextSettings, TextWords } from './text-words.ts';

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
  set(doc: number, texts: readonly string[], settings: TextSettings, prepared?: PreparedTerms): void {
    this.replace(doc, this.held(prepared) ?? this.#find(doc, texts, settings));
  }

  #find(doc: number, texts: readonly string[], settings: TextSettings): readonly number[] {
    if (texts.length === 0) return [];
    const words = new TextWords(texts.length, settings, this.lookUp(doc));
    for (const text of texts) for (const part of words.partsOf(text)) words.add(part);
    return words.ordinals();
  }

  /** Finds the words of texts, in steps, ahead of {@link set}. `doc` is undefined for a new document. */
  *prepare(doc: number | undefined, texts: readonly string[], settings: TextSettings): Steps<PreparedTerms> {
    const { dictionary } = this;
    const words = new TextWords(texts.length, settings, this.lookUp(doc));
    for (const text of texts) {
      for (const part of words.partsOf(text)) {
        words.add(part);
        yield;
      }
    }
    return { dictionary, ordinals: words.ordinals() };
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
