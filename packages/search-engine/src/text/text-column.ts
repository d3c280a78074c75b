import type { Analyzer } from '../analysis/analyzer.ts';
import { OrdinalColumn } from '../columns/ordinal-column.ts';
import { isTermShortEnough } from '../dictionary/dictionary.ts';

const MAX_GAP = 1000;

/**
 * The column of one text field: each document's words in their order. Frequencies, lengths and positions are read from there, so
 * one structure serves match, phrases and scores, and an update moves only the postings of words that came or went.
 */
export class TextColumn extends OrdinalColumn {
  readonly kind = 'text';

  /** Replaces a document's text by the words of `texts`; an empty list clears it. */
  set(doc: number, texts: readonly string[], analyzer: Analyzer): void {
    const ordinals: number[] = [];
    for (const text of texts) {
      const start = ordinals.length === 0 ? 0 : ordinals.length + Math.min(MAX_GAP, analyzer.positionIncrementGap);
      for (const { term, position } of analyzer.analyze(text)) {
        if (!isTermShortEnough(term)) continue;
        const gapEnd = Math.min(start + position, ordinals.length + MAX_GAP);
        while (ordinals.length < gapEnd) ordinals.push(0);
        ordinals.push(this.dictionary.add(term));
      }
    }
    this.replace(doc, ordinals);
  }

  /** How often the ordinal occurs in the document's text, and how many words that text has. */
  occurrences(doc: number, ordinal: number): { readonly frequency: number; readonly length: number } {
    const count = this.values.count(doc);
    let frequency = 0;
    let length = 0;
    for (let i = 0; i < count; i++) {
      const word = this.values.value(doc, i);
      if (word !== 0) length++;
      if (word === ordinal) frequency++;
    }
    return { frequency, length };
  }

  /** The document's words in their order; 0 is a position without a word. */
  words(doc: number): Uint32Array {
    const words = new Uint32Array(this.values.count(doc));
    for (let i = 0; i < words.length; i++) words[i] = this.values.value(doc, i);
    return words;
  }
}
