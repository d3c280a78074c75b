import type { Analyzer, TokenPart } from '../analysis/analyzer.ts';
import type { TermLookup } from '../columns/term-lookup.ts';
import { isTermShortEnough } from '../dictionary/dictionary.ts';
import { PositionedWords } from './positions.ts';

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

/** The words of the texts that one document has in a field, in the making: text by text, and of a long text part by part. */
export class TextWords {
  readonly #analyzer: Analyzer;
  readonly #terms: TermLookup;
  readonly #gap: number;
  readonly #words: PositionedWords = new PositionedWords();
  readonly #distinct: Set<number> | undefined;
  /** Of the text that is being read. */
  #start = 0;

  constructor(texts: number, { analyzer, onceEach }: TextSettings, terms: TermLookup) {
    this.#analyzer = analyzer;
    this.#terms = terms;
    this.#gap = Math.min(MAX_GAP, analyzer.positionIncrementGap, Math.floor(MAX_GAPS / texts));
    this.#distinct = onceEach ? new Set() : undefined;
  }

  /** The next text's parts, which are analysed as they are asked for. */
  partsOf(text: string): Iterable<TokenPart> {
    this.#start = this.#words.isEmpty ? 0 : this.#words.nextPosition + this.#gap;
    return this.#analyzer.analyzeInParts(text);
  }

  add({ tokens, position: partPosition }: TokenPart): void {
    let lastPosition = -1;
    for (const { term, position } of tokens) {
      if (!isTermShortEnough(term)) continue;
      const ordinal = this.#terms.add(term);
      if (this.#distinct !== undefined) this.#distinct.add(ordinal);
      else if (position === lastPosition) this.#words.addBeside(ordinal);
      else
        this.#words.add(ordinal, Math.min(this.#start + partPosition + position - this.#words.nextPosition, MAX_GAP));
      lastPosition = position;
    }
  }

  /** What is kept of all of them. */
  ordinals(): readonly number[] {
    const ordinals = this.#distinct === undefined ? this.#words.run() : [...this.#distinct];
    return ordinals.length === 0 ? NO_WORDS : ordinals;
  }
}
