import { DaybookError } from '@daybook/errors';

const BLOCK_SHIFT = 20;
const BLOCK_BYTES = 1 << BLOCK_SHIFT;
const FIRST_BLOCK_BYTES = 4096;
const MAX_BLOCKS = 4096;
const LENGTH_BYTES = 2;

/** The longest entry in bytes. */
export const MAX_ENTRY_BYTES = 0xffff;

/** What an arena holds at one moment. Its bytes never change afterwards. */
export interface FrozenByteArena {
  readonly blocks: readonly Uint8Array[];
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
  readonly #blocks: Buffer[] = [];
  readonly #located: BytesInBlock = { block: Buffer.alloc(0), start: 0, end: 0 };
  #used = 0;
  #bytes = 0;

  static thaw(frozen: FrozenByteArena): ByteArena {
    const arena = new ByteArena();
    for (const block of frozen.blocks) {
      arena.#blocks.push(Buffer.from(block.buffer, block.byteOffset, block.byteLength));
      arena.#bytes += block.byteLength;
    }
    arena.#used = arena.#blocks.at(-1)?.length ?? 0;
    return arena;
  }

  /** The blocks as they are now, shared and not copied: later entries go behind the end of what is returned. */
  freeze(): FrozenByteArena {
    const last = this.#blocks.length - 1;
    return { blocks: this.#blocks.map((block, index) => (index === last ? block.subarray(0, this.#used) : block)) };
  }

  get memoryBytes(): number {
    return this.#bytes;
  }

  /** Copies the first `length` bytes of `bytes` and returns the entry's address. */
  add(bytes: Uint8Array, length: number): number {
    const needed = length + LENGTH_BYTES;
    let block = this.#blocks.at(-1);
    if (block === undefined || this.#used + needed > block.length) block = this.#addBlock(needed);
    const at = this.#used;
    block[at] = length & 0xff;
    block[at + 1] = length >>> 8;
    for (let i = 0; i < length; i++) block[at + LENGTH_BYTES + i] = bytes[i]!;
    this.#used = at + needed;
    return (this.#blocks.length - 1) * BLOCK_BYTES + at;
  }

  /** Where the entry's bytes are, without an object being made for it: the answer is the same object each time, and stands until the next call. */
  locate(address: number): BytesInBlock {
    const block = this.#blocks[address >>> BLOCK_SHIFT]!;
    const at = address & (BLOCK_BYTES - 1);
    this.#located.block = block;
    this.#located.start = at + LENGTH_BYTES;
    this.#located.end = at + LENGTH_BYTES + entryLength(block, at);
    return this.#located;
  }

  equals(address: number, bytes: Uint8Array, length: number): boolean {
    const block = this.#blocks[address >>> BLOCK_SHIFT]!;
    const at = address & (BLOCK_BYTES - 1);
    if (entryLength(block, at) !== length) return false;
    for (let i = 0; i < length; i++) if (block[at + LENGTH_BYTES + i] !== bytes[i]) return false;
    return true;
  }

  compare(first: number, second: number): number {
    const a = this.#blocks[first >>> BLOCK_SHIFT]!;
    const b = this.#blocks[second >>> BLOCK_SHIFT]!;
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

  #addBlock(needed: number): Buffer {
    if (this.#blocks.length === MAX_BLOCKS) {
      throw new DaybookError('limit-exceeded', 'the distinct values of one field need more than 4 GiB');
    }
    const grown = (this.#blocks.at(-1)?.length ?? FIRST_BLOCK_BYTES / 2) * 2;
    const block = Buffer.alloc(Math.max(needed, Math.min(BLOCK_BYTES, grown)));
    this.#blocks.push(block);
    this.#bytes += block.length;
    this.#used = 0;
    return block;
  }
}

function entryLength(block: Uint8Array, at: number): number {
  return block[at]! | (block[at + 1]! << 8);
}
