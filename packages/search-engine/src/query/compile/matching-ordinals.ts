import type { Dictionary } from '../../dictionary/dictionary.ts';

/** The ordinals of the terms whose bytes pass the test: one pass over the dictionary, since its terms stand in order of arrival. */
export function matchingOrdinals(dictionary: Dictionary, isMatch: (term: Buffer) => boolean): number[] {
  const found: number[] = [];
  for (let ordinal = 1; ordinal <= dictionary.size; ordinal++) {
    if (isMatch(dictionary.bytes(ordinal))) found.push(ordinal);
  }
  return found;
}

/** Whether `term` starts with `prefix`. */
export function startsWith(term: Buffer, prefix: Uint8Array): boolean {
  if (term.length < prefix.length) return false;
  for (let i = 0; i < prefix.length; i++) if (term[i] !== prefix[i]) return false;
  return true;
}
