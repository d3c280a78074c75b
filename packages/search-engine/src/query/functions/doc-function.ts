import type { Explanation } from '../../explain/explanation.ts';

/** A function of a function score, resolved against an index. */
export interface DocFunction {
  /** What it gives a document. */
  readonly score: (doc: number) => number;
  /** How it comes to that, in the real product's words. */
  readonly explain: (doc: number) => Explanation;
}
