import type { MergeKey, SortSource } from './sort-source.ts';

/** A document of one of several indices on its way into their common order. */
export interface Candidate {
  readonly doc: number;
  readonly sources: readonly SortSource[];
  /** One for each source. */
  readonly keys: readonly MergeKey[];
}

/** A candidate with its keys read. */
export function candidateOf(doc: number, sources: readonly SortSource[]): Candidate {
  return { doc, sources, keys: sources.map((source) => source.mergeKey(doc)) };
}

/** Below 0, 0 or above 0 as the first candidate comes before, with, or behind the second. */
export function compareCandidates(a: Candidate, b: Candidate): number {
  for (const [i, source] of a.sources.entries()) {
    const order = compareKeys(a.keys[i]!, b.keys[i]!, source.isDescending);
    if (order !== 0) return order;
  }
  return 0;
}

function compareKeys(a: MergeKey, b: MergeKey, isDescending: boolean): number {
  if (typeof a === 'number' && typeof b === 'number') return a < b ? -1 : a > b ? 1 : 0;
  if (typeof a !== 'number' && typeof b !== 'number') return Buffer.compare(a, b) * (isDescending ? -1 : 1);
  // A term and the place of a document without one.
  return typeof a === 'number' ? Math.sign(a) : -Math.sign(b as number);
}
