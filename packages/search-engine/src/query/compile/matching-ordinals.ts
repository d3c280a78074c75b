import type { BytesInBlock } from '../../dictionary/byte-arena.ts';
import type { Dictionary } from '../../dictionary/dictionary.ts';

/** A test of a term's bytes. The object is reused from term to term. */
export type TermTest = (term: BytesInBlock) => boolean;

/** The ordinals of the terms that pass the test: one pass over the dictionary, since its terms stand in order of arrival. */
export function matchingOrdinals(dictionary: Dictionary, isMatch: TermTest): number[] {
  const found: number[] = [];
  dictionary.forEach((ordinal, term) => {
    if (isMatch(term)) found.push(ordinal);
  });
  return found;
}

/** Whether the term starts with `prefix`. */
export function startsWith({ block, start, end }: BytesInBlock, prefix: Uint8Array): boolean {
  if (end - start < prefix.length) return false;
  for (let i = 0; i < prefix.length; i++) if (block[start + i] !== prefix[i]) return false;
  return true;
}

/** Below 0, 0 or above 0 as the term comes before, is, or comes after `other` in order of bytes. */
export function compareBytes({ block, start, end }: BytesInBlock, other: Uint8Array): number {
  const common = Math.min(end - start, other.length);
  for (let i = 0; i < common; i++) {
    const difference = block[start + i]! - other[i]!;
    if (difference !== 0) return difference;
  }
  return end - start - other.length;
}
