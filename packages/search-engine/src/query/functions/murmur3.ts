/** Spreads the bits of a 32-bit number. */
export function mix(key: number): number {
  let k = Math.imul(key ^ (key >>> 16), 0x85ebca6b);
  k = Math.imul(k ^ (k >>> 13), 0xc2b2ae35);
  return k ^ (k >>> 16);
}

/** MurmurHash3, the 32-bit variant for x86. */
export function murmur3(bytes: Buffer, seed: number): number {
  const scramble = (word: number): number => {
    const product = Math.imul(word, 0xcc9e2d51);
    return Math.imul((product << 15) | (product >>> 17), 0x1b873593);
  };
  const end = bytes.length & ~3;
  let hash = seed;
  for (let i = 0; i < end; i += 4) {
    hash ^= scramble(bytes.readInt32LE(i));
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
  }
  let tail = 0;
  for (let i = bytes.length - 1; i >= end; i--) tail = (tail << 8) | bytes[i]!;
  if (end < bytes.length) hash ^= scramble(tail);
  return mix(hash ^ bytes.length);
}
