const FIRST_CAPACITY = 16;
const LOAD_FACTOR = 0.75;

/**
 * Named things in the order in which the real product tells them, each name once.
 * compat: that is the order of a Java HashMap, by the low bits of the names' hashes.
 */
export function inNameOrder<T extends { readonly name: string }>(named: readonly T[]): readonly T[] {
  if (named.length < 2) return named;
  const byName = new Map(named.map((each) => [each.name, each]));
  let capacity = FIRST_CAPACITY;
  while (byName.size > capacity * LOAD_FACTOR) capacity *= 2;
  return [...byName.values()].sort((a, b) => bucketOf(a.name, capacity) - bucketOf(b.name, capacity));
}

function bucketOf(name: string, capacity: number): number {
  let hash = 0;
  for (let i = 0; i < name.length; i++) hash = (Math.imul(31, hash) + name.charCodeAt(i)) | 0;
  return (hash ^ (hash >>> 16)) & (capacity - 1);
}
