import type { IndexedValue } from '../../mapping/field-values.ts';
import type { TermPartition } from '../aggregation.ts';
import type { FieldSource } from '../field-source.ts';

const SEED = 31;
const MASK_64 = (1n << 64n) - 1n;

/** Whether a term, in the column's form, is of the partition. compat: the same terms as in Elasticsearch, by the same hashes. */
export function partitionFilter(
  { partition, partitions }: TermPartition,
  { kind, type }: FieldSource,
): (term: IndexedValue) => boolean {
  return (term) => {
    if (typeof term === 'string') {
      const bytes = type?.type === 'ip' ? Buffer.from(term, 'hex') : Buffer.from(term);
      return floorMod(murmurHash3(bytes, SEED), partitions) === partition;
    }
    const bits = kind === 'double' ? sortableBits(term) : BigInt(Math.trunc(term));
    const mixed = BigInt.asIntN(64, mix64(bits));
    const count = BigInt(partitions);
    return ((mixed % count) + count) % count === BigInt(partition);
  };
}

function floorMod(value: number, modulus: number): number {
  return ((value % modulus) + modulus) % modulus;
}

/** MurmurHash3_x86_32 (Austin Appleby, public domain). */
function murmurHash3(bytes: Uint8Array, seed: number): number {
  const mixed = (word: number): number => {
    const scaled = Math.imul(word, 0xcc9e2d51);
    return Math.imul((scaled << 15) | (scaled >>> 17), 0x1b873593);
  };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const whole = bytes.length & ~3;
  let hash = seed;
  for (let at = 0; at < whole; at += 4) {
    hash ^= mixed(view.getInt32(at, true));
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
  }
  let tail = 0;
  for (let at = bytes.length - 1; at >= whole; at--) tail = (tail << 8) | bytes[at]!;
  hash ^= mixed(tail) ^ bytes.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/** David Stafford's variant 9 of the mixer of SplitMix64. */
function mix64(value: bigint): bigint {
  let mixed = BigInt.asUintN(64, value);
  mixed = ((mixed ^ (mixed >> 32n)) * 0x4cd6944c5cc20b6dn) & MASK_64;
  mixed = ((mixed ^ (mixed >> 29n)) * 0xfc12c5b19d3259e9n) & MASK_64;
  return mixed ^ (mixed >> 32n);
}

/** The bits of a double, so that whole numbers of them are in the order of the doubles. */
function sortableBits(value: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigInt64(0);
  return bits ^ ((bits >> 63n) & 0x7fffffffffffffffn);
}
