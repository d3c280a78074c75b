import { BitSet } from '../../columns/bit-set.ts';
import { CHUNK_DOCS } from '../../columns/chunk-docs.ts';
import type { DocSet } from '../../columns/doc-set.ts';
import { SortedDocs } from '../../columns/sorted-docs.ts';
import type { Steps } from '../../steps/steps.ts';
import { manyByColumn } from './by-column.ts';
import { type Clause, findDocs } from './clause.ts';
import { findInIntervals } from './find-intervals.ts';
import { NumericRangeClause } from './numeric-range-clause.ts';

/** Fewer ranges of one column are found one by one: each alone is read faster. */
const LEAST_TOGETHER = 8;

/** The documents of any of the clauses, in steps. */
export function* findUnion(clauses: readonly Clause[], limit: number): Steps<DocSet> {
  const ranges = clauses.filter((clause) => clause instanceof NumericRangeClause);
  const readTogether = new Set<Clause>();
  const sets: DocSet[] = [];
  for (const [column, group] of manyByColumn(ranges, LEAST_TOGETHER)) {
    const intervals = group.map(({ interval }) => interval);
    sets.push(yield* findInIntervals(column, intervals, limit));
    for (const range of group) readTogether.add(range);
  }
  for (const clause of clauses) {
    if (readTogether.has(clause)) continue;
    sets.push(yield* findDocs(clause));
    yield;
  }
  return yield* findUnionOf(sets, limit);
}

/** The documents of any of the sets. */
export function* findUnionOf(sets: readonly DocSet[], limit: number): Steps<DocSet> {
  if (sets.length === 1) return sets[0]!;
  const total = sets.reduce((sum, set) => sum + set.size, 0);
  if (total * 32 > limit) {
    const bits = BitSet.forDocs(limit);
    for (const set of sets) {
      bits.unite(set);
      yield;
    }
    return bits;
  }
  const docs = new Uint32Array(total);
  let count = 0;
  for (const set of sets) {
    set.forEachChunk((chunk, offsets, length) => {
      const base = chunk * CHUNK_DOCS;
      for (let i = 0; i < length; i++) docs[count++] = base + offsets[i]!;
    });
    yield;
  }
  return SortedDocs.fromUnsorted(docs);
}
