import { HeldArrays } from '../columns/held-arrays.ts';
import type { Hold } from '../columns/hold.ts';
import { readStored, type Stored } from '../columns/stored-array.ts';

const FIRST_SLOTS = 8;
const SHARDED_FROM = 8192;
const SHARDS = 256;

/** A table at one moment. */
export interface FrozenOrdinalTable {
  readonly shards: readonly Stored<Uint32Array>[];
  /** Ordinals in each shard. */
  readonly counts: Stored<Uint32Array>;
}

/**
 * The hash table of a dictionary: open addressing over ordinals, which finds an ordinal by its term's hash. One table while it is
 * small, then 256 shards that double one by one, so that no insertion waits for the whole table to be copied.
 */
export class OrdinalTable {
  readonly #hashOf: (ordinal: number) => number;
  #shards: HeldArrays<Uint32Array>;
  #counts: number[];
  #size = 0;
  #bytes: number;

  /** `hashOf` gives the hash of an ordinal that is in the table. `expected` ordinals can be added without growth. */
  constructor(hashOf: (ordinal: number) => number, expected = 0) {
    this.#hashOf = hashOf;
    const shards = expected > SHARDED_FROM ? SHARDS : 1;
    const slots = slotsFor(expected / shards);
    this.#shards = emptyShards(shards, slots);
    this.#counts = new Array<number>(shards).fill(0);
    this.#bytes = shards * slots * Uint32Array.BYTES_PER_ELEMENT;
  }

  static thaw(hashOf: (ordinal: number) => number, { shards, counts }: FrozenOrdinalTable): OrdinalTable {
    const table = new OrdinalTable(hashOf);
    table.#shards = HeldArrays.thaw(shards);
    table.#counts = [...readStored(counts)];
    table.#bytes = shards.reduce((sum, { byteLength }) => sum + byteLength, 0);
    table.#size = table.#counts.reduce((sum, count) => sum + count, 0);
    return table;
  }

  /** The table as it is now: the same shards as the last time where nothing was written in between. */
  freeze(hold: Hold): FrozenOrdinalTable {
    const shards = this.#shards.freeze(hold).filter((shard) => shard !== null);
    return { shards, counts: Uint32Array.from(this.#counts) };
  }

  get memoryBytes(): number {
    return this.#bytes;
  }

  /** The first ordinal under this hash for which `isMatch` holds; 0 when there is none. */
  find(hash: number, isMatch: (ordinal: number) => boolean): number {
    const slots = this.#shards.at(this.#shardOf(hash))!;
    const mask = slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const ordinal = slots[slot]!;
      if (ordinal === 0 || isMatch(ordinal)) return ordinal;
    }
  }

  /** Adds an ordinal that is not in the table. */
  add(hash: number, ordinal: number): void {
    if (this.#size === SHARDED_FROM && this.#shards.length === 1) this.#split();
    this.#size++;
    this.#put(hash, ordinal);
  }

  #put(hash: number, ordinal: number): void {
    const shard = this.#shardOf(hash);
    const slots = this.#shards.at(shard)!;
    const count = ++this.#counts[shard]!;
    const isFull = count * 5 > slots.length * 3;
    insert(isFull ? this.#grow(shard, slots) : this.#shards.own(shard), hash, ordinal);
  }

  // The top bits choose the shard because the bottom bits choose the slot.
  #shardOf(hash: number): number {
    return this.#shards.length === 1 ? 0 : hash >>> 24;
  }

  #grow(shard: number, slots: Uint32Array): Uint32Array {
    const grown = new Uint32Array(slots.length * 2);
    for (const ordinal of slots) if (ordinal !== 0) insert(grown, this.#hashOf(ordinal), ordinal);
    this.#bytes += grown.byteLength - slots.byteLength;
    return this.#shards.put(shard, grown);
  }

  #split(): void {
    const old = this.#shards.at(0)!;
    const slots = slotsFor(SHARDED_FROM / SHARDS);
    this.#shards = emptyShards(SHARDS, slots);
    this.#counts = new Array<number>(SHARDS).fill(0);
    this.#bytes = SHARDS * slots * Uint32Array.BYTES_PER_ELEMENT;
    for (const ordinal of old) if (ordinal !== 0) this.#put(this.#hashOf(ordinal), ordinal);
  }
}

function emptyShards(count: number, slots: number): HeldArrays<Uint32Array> {
  const shards = new HeldArrays<Uint32Array>();
  for (let shard = 0; shard < count; shard++) shards.put(shard, new Uint32Array(slots));
  return shards;
}

/** A power of two that leaves four slots in ten free, and some room for shards that are fuller than others. */
function slotsFor(ordinals: number): number {
  return Math.max(FIRST_SLOTS, 2 ** Math.ceil(Math.log2(ordinals * 1.8 + 1)));
}

function insert(slots: Uint32Array, hash: number, ordinal: number): void {
  const mask = slots.length - 1;
  let slot = hash & mask;
  while (slots[slot] !== 0) slot = (slot + 1) & mask;
  slots[slot] = ordinal;
}
