import type { BytesInBlock } from './byte-arena.ts';

/** Terms by the order of their bytes: from `from` on, before `before`; undefined is no bound. */
export interface TermRange {
  readonly from?: Uint8Array | undefined;
  readonly before?: Uint8Array | undefined;
}

/** Where the terms that start with `prefix` stand. */
export function rangeOfPrefix(prefix: Uint8Array): TermRange {
  const before = Uint8Array.from(prefix);
  for (let length = before.length; length > 0; length--) {
    if (before[length - 1]! < 0xff) {
      before[length - 1]!++;
      return { from: prefix, before: before.subarray(0, length) };
    }
  }
  return { from: prefix };
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
