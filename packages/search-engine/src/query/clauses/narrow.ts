import { BitSet } from '../../columns/bit-set.ts';
import { CHUNK_DOCS } from '../../columns/chunk-docs.ts';
import { type DocSet, visitInChunks } from '../../columns/doc-set.ts';
import { borrowOffsets, returnOffsets } from '../../columns/offset-buffers.ts';
import { SortedDocs } from '../../columns/sorted-docs.ts';
import type { Steps } from '../../steps/steps.ts';
import type { Clause } from './clause.ts';
import { findUnion } from './union.ts';

/** The clauses that decide about a document besides the one that finds it. */
export interface Conditions {
  readonly required: readonly Clause[];
  readonly prohibited: readonly Clause[];
  /** Those of which some have to match, as {@link Clause.retain}. */
  readonly alternatives?: { retain(chunk: number, offsets: Uint16Array, count: number): number } | undefined;
  /** A last test, where there is one. */
  readonly passes?: ((doc: number) => boolean) | undefined;
}

/** Below this share of the documents that are narrowed, those that a clause prohibits are listed instead of testing each. */
const LISTED_SHARE = 16;

/** The documents of `set` that fulfil the conditions. */
export function* narrowDocs(set: DocSet, conditions: Conditions): Steps<DocSet> {
  const isRare = ({ cost }: Clause) => cost * LISTED_SHARE < set.size;
  const tested = { ...conditions, prohibited: conditions.prohibited.filter((clause) => !isRare(clause)) };
  const rare = conditions.prohibited.filter(isRare);
  const listed = rare.length === 0 ? undefined : yield* findUnion(rare, set.chunkLimit * CHUNK_DOCS);
  if (isEmpty(tested) && (listed === undefined || !haveOneInCommon(listed, set))) return set;
  const kept = new Uint32Array(set.size);
  let count = 0;
  yield* visitInChunks(set, (chunk, offsets, length) => {
    const base = chunk * CHUNK_DOCS;
    const left = narrowOffsets(tested, chunk, offsets, length);
    for (let i = 0; i < left; i++) kept[count++] = base + offsets[i]!;
  });
  listed?.forEachChunk((chunk, offsets, length) => {
    count = without(kept, count, chunk * CHUNK_DOCS, offsets, length);
  });
  return new SortedDocs(kept.subarray(0, count));
}

/** Whether there is no condition. */
function isEmpty({ required, prohibited, alternatives, passes }: Conditions): boolean {
  return required.length === 0 && prohibited.length === 0 && alternatives === undefined && passes === undefined;
}

/** Each of the few is looked for among the others. */
function haveOneInCommon(few: DocSet, others: DocSet): boolean {
  let isFound = false;
  few.forEachChunk((chunk, offsets, length) => {
    for (let i = 0; i < length && !isFound; i++) isFound = others.has(chunk * CHUNK_DOCS + offsets[i]!);
  });
  return isFound;
}

/** Does with several conditions what {@link Clause.retain} does with one clause. */
export function narrowOffsets(
  { required, prohibited, alternatives, passes }: Conditions,
  chunk: number,
  offsets: Uint16Array,
  count: number,
): number {
  let left = count;
  for (const clause of required) left = retain(clause, chunk, offsets, left);
  for (const clause of prohibited) left = discard(clause, chunk, offsets, left);
  if (alternatives !== undefined) left = alternatives.retain(chunk, offsets, left);
  return passes === undefined ? left : retainTested(passes, chunk, offsets, left);
}

/** Replaces each of the first `count` of `retained` by its place among `offsets`, of which they were retained. */
export function toPlaces(retained: Uint16Array, count: number, offsets: Uint16Array): void {
  for (let i = 0, at = 0; i < count; i++, at++) {
    while (offsets[at] !== retained[i]) at++;
    retained[i] = at;
  }
}

/** {@link Clause.retain} of any clause. */
export function retain(clause: Clause, chunk: number, offsets: Uint16Array, count: number): number {
  if (clause.retain !== undefined) return clause.retain(chunk, offsets, count);
  return retainTested((doc) => clause.matches(doc), chunk, offsets, count);
}

/** {@link Clause.retain} of a set. */
export function retainMembers(set: DocSet, chunk: number, offsets: Uint16Array, count: number): number {
  if (set instanceof BitSet) return set.retain(chunk, offsets, count);
  if (set instanceof SortedDocs) return set.retain(chunk, offsets, count);
  return retainTested((doc) => set.has(doc), chunk, offsets, count);
}

/** {@link Clause.retain} by a test of single documents. */
export function retainTested(
  passes: (doc: number) => boolean,
  chunk: number,
  offsets: Uint16Array,
  count: number,
): number {
  const base = chunk * CHUNK_DOCS;
  let kept = 0;
  for (let i = 0; i < count; i++) if (passes(base + offsets[i]!)) offsets[kept++] = offsets[i]!;
  return kept;
}

/** Moves those of the first `count` documents of a chunk that do not match to the beginning, and gives how many they are. */
function discard(clause: Clause, chunk: number, offsets: Uint16Array, count: number): number {
  const matching = borrowOffsets();
  for (let i = 0; i < count; i++) matching[i] = offsets[i]!;
  const left = without(offsets, count, 0, matching, retain(clause, chunk, matching, count));
  returnOffsets(matching);
  return left;
}

/** Takes what is `base` more than one of the first `otherCount` of the others out of the first `count` numbers, and gives how many are left; both ascend. */
function without(
  numbers: Uint16Array | Uint32Array,
  count: number,
  base: number,
  others: Uint16Array,
  otherCount: number,
): number {
  if (otherCount === 0) return count;
  let left = 0;
  let next = 0;
  for (let i = 0; i < count; i++) {
    const number = numbers[i]!;
    while (next < otherCount && base + others[next]! < number) next++;
    if (next === otherCount || base + others[next]! !== number) numbers[left++] = number;
  }
  return left;
}
