import { type Hold, joinHolds, ownedBy, RELEASED } from '../columns/hold.ts';

const FIRST_SLOTS = 8;
const SHARDED_FROM = 8192;
const SHARDS = 256;

/** A table at one moment. */
export interface FrozenOrdinalTable {
  readonly shards: readonly Uint32Array[];
  /** Ordinals in each shard. */
  readonly counts: Uint32Array;
}

/**
 * The hash table of a dictionary: open addressing over ordinals, which finds an ordinal by its term's hash. One table while it is
 * small, then 256 shards that double one by one, so that no insertion waits for the whole table to be copied.
 */
export class OrdinalTable {
  readonly #hashOf: (ordinal: number) => number;
  #shards: Uint32Array[];
  #counts: number[];
  /** By shard: none once it has been written since it was frozen. */
  #holds: (Hold | undefined)[];
  #size = 0;

  /** `hashOf` gives the hash of an ordinal that is in the table. `expected` ordinals can be added without growth. */
  constructor(hashOf: (ordinal: number) => number, expected = 0) {
    this.#hashOf = hashOf;
    const shards = expected > SHARDED_FROM ? SHARDS : 1;
    const slots = slotsFor(expected / shards);
    this.#shards = Array.from({ length: shards }, () => new Uint32Array(slots));
    this.#counts = new Array<number>(shards).fill(0);
    this.#holds = new Array<undefined>(shards).fill(undefined);
  }

  static thaw(hashOf: (ordinal: number) => number, { shards, counts }: FrozenOrdinalTable): OrdinalTable {
    const table = new OrdinalTable(hashOf);
    table.#shards = [...shards];
    table.#counts = [...counts];
    table.#holds = shards.map(() => RELEASED);
    table.#size = table.#counts.reduce((sum, count) => sum + count, 0);
    return table;
  }

  /** The table as it is now: the same shards as the last time where nothing was written in between. */
  freeze(hold: Hold): FrozenOrdinalTable {
    this.#holds = this.#holds.map((before) => joinHolds(before, hold));
    return { shards: [...this.#shards], counts: Uint32Array.from(this.#counts) };
  }

  get memoryBytes(): number {
    return this.#shards.reduce((sum, shard) => sum + shard.byteLength, 0);
  }

  /** The first ordinal under this hash for which `isMatch` holds; 0 when there is none. */
  find(hash: number, isMatch: (ordinal: number) => boolean): number {
    const slots = this.#shards[this.#shardOf(hash)]!;
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
    let slots = this.#shards[shard]!;
    const count = ++this.#counts[shard]!;
    const isFull = count * 5 > slots.length * 3;
    const hold = this.#holds[shard];
    if (isFull || hold !== undefined) {
      slots = isFull ? this.#grow(slots) : ownedBy(slots, hold?.isReleased === true);
      this.#shards[shard] = slots;
      this.#holds[shard] = undefined;
    }
    insert(slots, hash, ordinal);
  }

  // The top bits choose the shard because the bottom bits choose the slot.
  #shardOf(hash: number): number {
    return this.#shards.length === 1 ? 0 : hash >>> 24;
  }

  #grow(slots: Uint32Array): Uint32Array {
    const grown = new Uint32Array(slots.length * 2);
    for (const ordinal of slots) if (ordinal !== 0) insert(grown, this.#hashOf(ordinal), ordinal);
    return grown;
  }

  #split(): void {
    const old = this.#shards[0]!;
    this.#shards = Array.from({ length: SHARDS }, () => new Uint32Array(slotsFor(SHARDED_FROM / SHARDS)));
    this.#counts = new Array<number>(SHARDS).fill(0);
    this.#holds = new Array<undefined>(SHARDS).fill(undefined);
    for (const ordinal of old) if (ordinal !== 0) this.#put(this.#hashOf(ordinal), ordinal);
  }
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
