/** From so many ordinals on a table by ordinal is faster than a set, though it has to be made. */
const TABLE_FROM = 4096;

/** Which ordinals have been seen: a document with a million values would take a second with a set. */
export class OrdinalMarks {
  readonly #set: Set<number> | undefined;
  readonly #table: Uint8Array;

  /** For these ordinals, none of which is seen so far, and others that are no greater. */
  constructor(ordinals: ArrayLike<number>) {
    let greatest = 0;
    for (let at = 0; at < ordinals.length; at++) greatest = Math.max(greatest, ordinals[at]!);
    const isTable = ordinals.length >= TABLE_FROM && greatest < ordinals.length * 64;
    this.#set = isTable ? undefined : new Set();
    this.#table = new Uint8Array(isTable ? greatest + 1 : 0);
  }

  /** Whether it was not seen before. */
  add(ordinal: number): boolean {
    if (this.#set !== undefined) return !this.#set.has(ordinal) && this.#set.add(ordinal) !== undefined;
    if (this.#table[ordinal] === 1) return false;
    this.#table[ordinal] = 1;
    return true;
  }

  has(ordinal: number): boolean {
    return this.#set?.has(ordinal) ?? this.#table[ordinal] === 1;
  }
}
