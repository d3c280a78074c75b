import { BitSet } from '../../columns/bit-set.ts';
import { CHUNK_DOCS } from '../../columns/chunk-docs.ts';
import { type DocSet, visitInChunks } from '../../columns/doc-set.ts';
import { SortedDocs } from '../../columns/sorted-docs.ts';
import type { Steps } from '../../steps/steps.ts';
import type { Clause } from './clause.ts';
import { narrowDocs } from './narrow.ts';

/** The documents of `set` for which `isKept` holds. */
export function filterDocs(set: DocSet, isKept: (doc: number) => boolean): Steps<DocSet> {
  return narrowDocs(set, { required: [], prohibited: [], passes: isKept });
}

/** The documents of `set`, all of which the clause matches, whose score is `least` or more. */
export function* filterByScore(set: DocSet, clause: Clause, least: number): Steps<DocSet> {
  if (clause.scores === undefined) return yield* filterDocs(set, (doc) => clause.score(doc) >= least);
  const kept = new Uint32Array(set.size);
  const scores = new Float64Array(CHUNK_DOCS);
  let count = 0;
  yield* visitInChunks(set, (chunk, offsets, length) => {
    clause.scores?.(chunk, offsets, length, scores);
    const base = chunk * CHUNK_DOCS;
    for (let i = 0; i < length; i++) if (scores[i]! >= least) kept[count++] = base + offsets[i]!;
  });
  return new SortedDocs(kept.subarray(0, count));
}

/** A bitset of its own with the documents of `set`, for documents below `limit`. */
export function toBitSet(set: DocSet, limit: number): BitSet {
  const bits = BitSet.forDocs(limit);
  bits.unite(set);
  return bits;
}

/** The set in the form that takes less memory, for documents below `limit`. */
export function smallest(set: DocSet, limit: number): DocSet {
  if (set instanceof SortedDocs) return set.docs.buffer.byteLength * 8 > limit ? toBitSet(set, limit) : set;
  return set.size * 32 < limit ? toSortedDocs(set) : set;
}

function toSortedDocs(set: DocSet): SortedDocs {
  const docs = new Uint32Array(set.size);
  let count = 0;
  set.forEachChunk((chunk, offsets, length) => {
    const base = chunk * CHUNK_DOCS;
    for (let i = 0; i < length; i++) docs[count++] = base + offsets[i]!;
  });
  return new SortedDocs(docs);
}
