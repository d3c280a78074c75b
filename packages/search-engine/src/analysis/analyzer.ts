/** One term of an analysed text. Offsets count UTF-16 code units of the text as it was given; the end is exclusive. */
export interface Token {
  readonly term: string;
  /** From 0; a removed stop word leaves a gap. */
  readonly position: number;
  readonly startOffset: number;
  readonly endOffset: number;
  /** What the tokenizer called it: `<ALPHANUM>`, `<NUM>`, `word`, … */
  readonly type: string;
}

/** Tokens of a part of a text, where they have places of their own. */
export interface TokenPart {
  readonly tokens: readonly Token[];
  /** What is to be added to their positions. */
  readonly position: number;
}

/** Turns text into the terms that stand in the postings. Pure; one instance serves every field that names it. */
export interface Analyzer {
  readonly name: string;
  /** Tokens in order of position. */
  analyze(text: string): readonly Token[];
  /** The tokens of {@link analyze}, those of a long text some at a time: a million at once take long to be made and to be forgotten. */
  analyzeInParts(text: string): Iterable<TokenPart>;
  /** Applies only the filters that work on parts of words (lowercase, asciifolding): for prefixes, wildcards and fuzzy terms. */
  normalize(text: string): string;
  /** Positions between the last token of one value of a field and the first of the next. */
  readonly positionIncrementGap: number;
}

/** Turns a keyword value into the one term that stands for it. */
export interface Normalizer {
  readonly name: string;
  normalize(text: string): string;
}
