import { BM25, type Similarity } from '../text/similarity.ts';

/** The similarities of one index: those that every index has, and those of its settings. */
export interface Similarities {
  /** Of fields that name none. */
  readonly byDefault: Similarity;
  /** Undefined when there is none of that name. */
  named(name: string): Similarity | undefined;
}

/** Those that every index has, and `classic`, which earlier versions took in mappings and scored as BM25. */
export function withClassic(similarities: Similarities): Similarities {
  return { ...similarities, named: (name) => (name === 'classic' ? BM25 : similarities.named(name)) };
}
