import { BitSet } from '../../columns/bit-set.ts';
import { CHUNK_SHIFT, type DocSet } from '../../columns/doc-set.ts';
import { SortedDocs } from '../../columns/sorted-docs.ts';
import type { Steps } from '../../steps/steps.ts';
import { type Clause, findDocs } from './clause.ts';
import { narrowDocs } from './narrow.ts';

/** The documents of `set` for which `isKept` holds. */
export function filterDocs(set: DocSet, isKept: (doc: number) => boolean): Steps<DocSet> {
  return narrowDocs(set, { required: [], prohibited: [], passes: isKept });
}

/** A bitset of its own with the documents of `set`, for documents below `limit`. */
export function toBitSet(set: DocSet, limit: number): BitSet {
  const bits = BitSet.forDocs(limit);
  bits.unite(set);
  return bits;
}

/** The set in the form that takes less memory, for documents below `limit`. */
export function smallest(set: DocSet, limit: number): DocSet {
  return set instanceof SortedDocs && set.docs.buffer.byteLength * 8 > limit ? toBitSet(set, limit) : set;
}

/** The documents of any of the clauses, in steps. */
export function* findUnion(clauses: readonly Clause[], limit: number): Steps<DocSet> {
  const sets: DocSet[] = [];
  for (const clause of clauses) sets.push(yield* findDocs(clause));
  return unionOf(sets, limit);
}

/** The documents of any of the sets. */
export function unionOf(sets: readonly DocSet[], limit: number): DocSet {
  if (sets.length === 1) return sets[0]!;
  const total = sets.reduce((sum, set) => sum + set.size, 0);
  if (total * 32 > limit) {
    const bits = BitSet.forDocs(limit);
    for (const set of sets) bits.unite(set);
    return bits;
  }
  const docs = new Uint32Array(total);
  let count = 0;
  for (const set of sets) {
    set.forEachChunk((chunk, offsets, length) => {
      const base = chunk * (1 << CHUNK_SHIFT);
      for (let i = 0; i < length; i++) docs[count++] = base + offsets[i]!;
    });
  }
  return SortedDocs.fromUnsorted(docs);
}
