import { CHUNK_DOCS } from '../columns/chunk-docs.ts';
import type { BytesInBlock } from '../dictionary/byte-arena.ts';
import type { Dictionary } from '../dictionary/dictionary.ts';
import type { SortKey, SortValue } from './sort-key.ts';
import type { SortSource } from './sort-source.ts';
import type { SortableTerms } from './sortable-terms.ts';

/** How terms are shown to the client, and what the client's form of a term is in the column. */
export interface TermForm {
  show(term: string): string;
  parse(value: string): string;
}

const LEADING_BYTES = 6;
const MAX_LEADING = 2 ** (LEADING_BYTES * 8);
/** Terms of which is seen what they have in common. */
const SAMPLES = 32;
const NO_BYTES = new Uint8Array(0);
const END = Number.MAX_SAFE_INTEGER;

/**
 * Order by terms. Few terms have ranks. Of many, six bytes behind what most have in common, as one number, decide nearly always; whole terms are compared only
 * where these are equal, so nothing has to be sorted beforehand and a growing dictionary costs nothing.
 */
export function termSort(key: SortKey, terms: SortableTerms | undefined, form: TermForm): SortSource {
  const isDescending = key.direction === 'desc';
  const sign = isDescending ? -1 : 1;
  const takesGreatest = (key.mode ?? (isDescending ? 'max' : 'min')) === 'max';
  const isMissingFirst = key.missing === '_first';
  const missingKey = isMissingFirst ? -END : END;
  const missingTerm =
    key.missing === undefined || key.missing === '_last' || isMissingFirst
      ? undefined
      : Buffer.from(form.parse(String(key.missing)));

  const ranks = missingTerm === undefined ? terms?.dictionary.ranks() : undefined;
  const isLess = (ordinal: number, other: number): boolean =>
    ranks === undefined ? terms!.dictionary.compare(ordinal, other) < 0 : ranks[ordinal]! < ranks[other]!;
  const pick = (doc: number): number => {
    const count = terms?.count(doc) ?? 0;
    if (terms === undefined || count === 0) return 0;
    let chosen = terms.value(doc, 0);
    for (let i = 1; i < count; i++) {
      const other = terms.value(doc, i);
      if (isLess(other, chosen) !== takesGreatest) chosen = other;
    }
    return chosen;
  };
  const bytesOf = (doc: number): Buffer | undefined => {
    const ordinal = pick(doc);
    if (ordinal === 0) return missingTerm;
    const { block, start, end } = terms!.dictionary.locate(ordinal);
    return block.subarray(start, end);
  };
  const prefix = ranks === undefined && terms !== undefined ? commonPrefix(terms.dictionary) : NO_BYTES;
  const keyOfMissing = missingTerm === undefined ? missingKey : leadingBytes(whole(missingTerm), prefix) * sign;
  const keyOf = (doc: number): number => {
    const ordinal = pick(doc);
    return ordinal === 0 ? keyOfMissing : leadingBytes(terms!.dictionary.locate(ordinal), prefix) * sign;
  };
  const byBytes: Pick<SortSource, 'key' | 'tie'> = {
    key: keyOf,
    tie(first, second) {
      const [a, b] = [pick(first), pick(second)];
      if (a !== 0 && b !== 0) return terms!.dictionary.compare(a, b) * sign;
      const [bytesA, bytesB] = [bytesOf(first), bytesOf(second)];
      return bytesA === undefined || bytesB === undefined ? 0 : Buffer.compare(bytesA, bytesB) * sign;
    },
  };
  return {
    ...(ranks === undefined || terms === undefined ? byBytes : byRanks(ranks, terms, pick, sign, missingKey)),
    isDescending,
    mergeKey: (doc) => bytesOf(doc) ?? (isMissingFirst ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY),
    compareWith(after) {
      const place = after === null ? undefined : Buffer.from(form.parse(String(after)));
      return (doc) => {
        const own = bytesOf(doc);
        if (own === undefined || place === undefined) {
          if (own === place) return 0;
          return (own === undefined) === isMissingFirst ? -1 : 1;
        }
        return Buffer.compare(own, place) * sign;
      };
    },
    value(doc): SortValue {
      const bytes = bytesOf(doc);
      return bytes === undefined ? null : form.show(bytes.toString());
    },
  };
}

/** Where every term has a rank: no two are equal. */
function byRanks(
  ranks: Uint16Array,
  terms: SortableTerms,
  pick: (doc: number) => number,
  sign: number,
  missingKey: number,
): Required<Pick<SortSource, 'key' | 'keys'>> {
  const keyOfOrdinal = Float64Array.from(ranks, (rank) => rank * sign);
  keyOfOrdinal[0] = missingKey;
  const key = (doc: number): number => keyOfOrdinal[pick(doc)]!;
  return {
    key,
    keys(chunk, offsets, count, into) {
      const values = terms.chunk?.(chunk);
      if (values?.single) for (let i = 0; i < count; i++) into[i] = keyOfOrdinal[values.ordinals[offsets[i]!]!]!;
      else for (let i = 0; i < count; i++) into[i] = key(chunk * CHUNK_DOCS + offsets[i]!);
    },
  };
}

/** What some of the terms begin with, all alike. */
function commonPrefix(dictionary: Dictionary): Uint8Array {
  const bytesOf = (sample: number): Uint8Array => {
    const { block, start, end } = dictionary.locate(1 + Math.floor((sample * dictionary.size) / SAMPLES));
    return block.subarray(start, end);
  };
  if (dictionary.size === 0) return NO_BYTES;
  let common = bytesOf(0);
  for (let sample = 1; sample < SAMPLES; sample++) {
    const bytes = bytesOf(sample);
    let length = 0;
    while (length < common.length && common[length] === bytes[length]) length++;
    common = common.subarray(0, length);
  }
  return common;
}

/** The bytes behind the prefix; of a term without it, less than any or more. */
function leadingBytes({ block, start, end }: BytesInBlock, prefix: Uint8Array): number {
  for (let i = 0; i < prefix.length; i++) {
    const byte = start + i < end ? block[start + i]! : -1;
    if (byte !== prefix[i]) return byte < prefix[i]! ? -1 : MAX_LEADING;
  }
  const from = start + prefix.length;
  if (end - from >= LEADING_BYTES) return block.readUIntBE(from, LEADING_BYTES);
  let number = 0;
  for (let i = from; i < from + LEADING_BYTES; i++) number = number * 256 + (i < end ? block[i]! : 0);
  return number;
}

function whole(block: Buffer): BytesInBlock {
  return { block, start: 0, end: block.length };
}
