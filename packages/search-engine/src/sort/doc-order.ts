import type { SortValue } from './sort-key.ts';
import type { SortSource } from './sort-source.ts';

/** The order of one index's documents by several sort sources. At least one source; equal documents are in order of their numbers. */
export class DocOrder {
  readonly sources: readonly SortSource[];
  readonly #places: readonly ((doc: number) => number)[] | undefined;

  /** Documents that come before `after`, or at it, are left out by whoever asks {@link isShown}. */
  constructor(sources: readonly SortSource[], after?: readonly SortValue[]) {
    this.sources = sources;
    this.#places = after && sources.map((source, i) => source.compareWith(after[i] ?? null));
  }

  /** Takes each document with its key by the first source, which the caller keeps. */
  compare(docA: number, keyA: number, docB: number, keyB: number): number {
    if (keyA !== keyB) return keyA < keyB ? -1 : 1;
    for (let i = 0; i < this.sources.length; i++) {
      const source = this.sources[i]!;
      if (i > 0) {
        const a = source.key(docA);
        const b = source.key(docB);
        if (a !== b) return a < b ? -1 : 1;
      }
      const tie = source.tie?.(docA, docB) ?? 0;
      if (tie !== 0) return tie;
    }
    return docA - docB;
  }

  /** Whether the document comes behind what the page before ended with. */
  isShown(doc: number): boolean {
    if (this.#places === undefined) return true;
    for (const place of this.#places) {
      const order = place(doc);
      if (order !== 0) return order > 0;
    }
    return false;
  }
}
