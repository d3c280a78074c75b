import { DaybookError } from '@daybook/errors';
import { readStored, type Stored } from '../columns/stored-array.ts';
import type { Steps } from '../steps/steps.ts';

const BLOCK_SHIFT = 20;
/** Entries that are visited in one step: a pattern takes a microsecond or several for each. */
const STEP_VISITS = 2048;
const BLOCK_BYTES = 1 << BLOCK_SHIFT;
const FIRST_BLOCK_BYTES = 4096;
const MAX_BLOCKS = 4096;
const LENGTH_BYTES = 2;

/** The longest entry in bytes. */
export const MAX_ENTRY_BYTES = 0xffff;

/** What an arena holds at one moment. Its bytes never change afterwards. */
export interface FrozenByteArena {
  readonly blocks: readonly Stored<Uint8Array>[];
}

/** Some bytes of a larger block, which must not be written to. */
export interface BytesInBlock {
  block: Buffer;
  start: number;
  /** Exclusive. */
  end: number;
}

/**
 * An append-only store of byte strings of up to {@link MAX_ENTRY_BYTES}, 4 GiB in all. Blocks of 1 MiB, so that growth never copies what is
 * there; an entry is its length in two bytes, then its bytes, and lies in one block.
 */
export class ByteArena {
  /** Undefined while the bytes are only in {@link #frozen}. */
  readonly #blocks: (Buffer | undefined)[] = [];
  /** Of each block, once an entry was written or compared: four bytes at a time take a third of the time. */
  readonly #views: (DataView | undefined)[] = [];
  /** How much of each block is used. */
  readonly #ends: number[] = [];
  /** Of each block, what {@link freeze} gave last. */
  readonly #frozen: (Stored<Uint8Array> | undefined)[] = [];
  readonly #located: BytesInBlock = { block: Buffer.alloc(0), start: 0, end: 0 };
  #bytes = 0;

  static thaw(frozen: FrozenByteArena): ByteArena {
    const arena = new ByteArena();
    for (const block of frozen.blocks) {
      arena.#blocks.push(undefined);
      arena.#views.push(undefined);
      arena.#ends.push(block.length);
      arena.#frozen.push(block);
      arena.#bytes += block.length;
    }
    arena.#growLast();
    return arena;
  }

  /**
   * The blocks as they are now, shared and not copied: later entries go behind the end of what is returned. The same arrays as the last time where none came.
   */
  freeze(): FrozenByteArena {
    return { blocks: this.#ends.map((end, index) => this.#freezeBlock(index, end)) };
  }

  #freezeBlock(index: number, end: number): Stored<Uint8Array> {
    const before = this.#frozen[index];
    if (before?.length === end) return before;
    const frozen = this.#block(index).subarray(0, end);
    this.#frozen[index] = frozen;
    return frozen;
  }

  get memoryBytes(): number {
    return this.#bytes;
  }

  /** Copies the first `length` bytes of `bytes` and returns the entry's address. */
  add(bytes: DataView, length: number): number {
    const needed = length + LENGTH_BYTES;
    let block = this.#blocks.at(-1);
    if (block === undefined || this.#ends.at(-1)! + needed > block.length) block = this.#addBlock(needed);
    const at = this.#ends.at(-1)!;
    block[at] = length & 0xff;
    block[at + 1] = length >>> 8;
    copyBytes(bytes, length, this.#view(this.#blocks.length - 1), at + LENGTH_BYTES);
    this.#ends[this.#ends.length - 1] = at + needed;
    return (this.#blocks.length - 1) * BLOCK_BYTES + at;
  }

  /** Where the entry's bytes are, without an object being made for it: the answer is the same object each time, and stands until the next call. */
  locate(address: number): BytesInBlock {
    const block = this.#block(address >>> BLOCK_SHIFT);
    const at = address & (BLOCK_BYTES - 1);
    this.#located.block = block;
    this.#located.start = at + LENGTH_BYTES;
    this.#located.end = at + LENGTH_BYTES + entryLength(block, at);
    return this.#located;
  }

  /**
   * Calls `visit` with every entry from the one at `address` on that contains `part`, and its place from 0 in the order in which they were added, as
   * {@link locate} would give it; in steps. An empty part is in every entry; one that few have is found without a look at the others.
   */
  *visitEntries(address: number, part: Uint8Array, visit: (number: number, entry: BytesInBlock) => void): Steps<void> {
    let number = 0;
    let from = address & (BLOCK_BYTES - 1);
    for (let index = address >>> BLOCK_SHIFT; index < this.#blocks.length; index++) {
      while (from < this.#ends[index]!) {
        [from, number] = this.#visitSome({ index, from }, number, part, visit);
        yield;
      }
      from = 0;
    }
  }

  /** The loop itself, since loops of generators are not compiled. Gives the place behind the last entry of the block that it came to, and its number. */
  #visitSome(
    { index, from }: { readonly index: number; readonly from: number },
    first: number,
    part: Uint8Array,
    visit: (number: number, entry: BytesInBlock) => void,
  ): [from: number, number: number] {
    const end = this.#ends[index]!;
    const block = this.#block(index).subarray(0, end);
    const entry: BytesInBlock = { block, start: 0, end: 0 };
    let number = first;
    // Where the part stands next; it may reach over the end of an entry.
    let found = -1;
    let at = from;
    for (let visited = 0; at < end && visited < STEP_VISITS; number++) {
      const start = at + LENGTH_BYTES;
      at = start + entryLength(block, at);
      if (found < start) found = indexOrEnd(block, part, start);
      if (found + part.length > at) continue;
      entry.start = start;
      entry.end = at;
      visit(number, entry);
      visited++;
    }
    return [at, number];
  }

  equals(address: number, bytes: DataView, length: number): boolean {
    const view = this.#view(address >>> BLOCK_SHIFT);
    const at = address & (BLOCK_BYTES - 1);
    return view.getUint16(at, true) === length && isSame(bytes, length, view, at + LENGTH_BYTES);
  }

  compare(first: number, second: number): number {
    const a = this.#block(first >>> BLOCK_SHIFT);
    const b = this.#block(second >>> BLOCK_SHIFT);
    const atA = first & (BLOCK_BYTES - 1);
    const atB = second & (BLOCK_BYTES - 1);
    const lengthA = entryLength(a, atA);
    const lengthB = entryLength(b, atB);
    const common = Math.min(lengthA, lengthB);
    for (let i = LENGTH_BYTES; i < common + LENGTH_BYTES; i++) {
      const difference = a[atA + i]! - b[atB + i]!;
      if (difference !== 0) return difference;
    }
    return lengthA - lengthB;
  }

  #view(index: number): DataView {
    return this.#views[index] ?? this.#makeView(index);
  }

  #makeView(index: number): DataView {
    const { buffer, byteOffset, byteLength } = this.#block(index);
    const view = new DataView(buffer, byteOffset, byteLength);
    this.#views[index] = view;
    return view;
  }

  #block(index: number): Buffer {
    return this.#blocks[index] ?? this.#readBlock(index);
  }

  #readBlock(index: number): Buffer {
    const bytes = readStored(this.#frozen[index]!);
    const block = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#blocks[index] = block;
    return block;
  }

  /** Makes room in the last block for what comes. */
  #growLast(): void {
    const last = this.#blocks.length - 1;
    if (last < 0) return;
    const block = this.#block(last);
    const length = Math.min(BLOCK_BYTES, Math.max(FIRST_BLOCK_BYTES, block.length * 2));
    if (length <= block.length) return;
    this.#blocks[last] = Buffer.concat([block], length);
    this.#views[last] = undefined;
    this.#bytes += length - block.length;
  }

  #addBlock(needed: number): Buffer {
    if (this.#blocks.length === MAX_BLOCKS) {
      throw new DaybookError('limit-exceeded', 'the distinct values of one field need more than 4 GiB');
    }
    const grown = (this.#blocks.at(-1)?.length ?? FIRST_BLOCK_BYTES / 2) * 2;
    const block = Buffer.alloc(Math.max(needed, Math.min(BLOCK_BYTES, grown)));
    this.#blocks.push(block);
    this.#views.push(undefined);
    this.#ends.push(0);
    this.#frozen.push(undefined);
    this.#bytes += block.length;
    return block;
  }
}

function indexOrEnd(block: Buffer, part: Uint8Array, from: number): number {
  if (part.length === 0) return from;
  const found = block.indexOf(part, from);
  return found < 0 ? block.length : found;
}

function entryLength(block: Uint8Array, at: number): number {
  return block[at]! | (block[at + 1]! << 8);
}

/** Whether the first `length` bytes are those of `other` from `at` on. */
function isSame(bytes: DataView, length: number, other: DataView, at: number): boolean {
  let i = 0;
  for (; i + 4 <= length; i += 4) if (bytes.getInt32(i, true) !== other.getInt32(at + i, true)) return false;
  for (; i < length; i++) if (bytes.getUint8(i) !== other.getUint8(at + i)) return false;
  return true;
}

function copyBytes(bytes: DataView, length: number, to: DataView, at: number): void {
  let i = 0;
  for (; i + 4 <= length; i += 4) to.setInt32(at + i, bytes.getInt32(i, true), true);
  for (; i < length; i++) to.setUint8(at + i, bytes.getUint8(i));
}
