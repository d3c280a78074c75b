import { DaybookError } from '@daybook/errors';
import type { TermDictionary } from '../columns/doc-values.ts';
import type { Hold } from '../columns/hold.ts';
import { UINT32 } from '../columns/number-array.ts';
import { PagedArray } from '../columns/paged-array.ts';
import type { Stored } from '../columns/stored-array.ts';
import type { Steps } from '../steps/steps.ts';
import { ByteArena, type BytesInBlock, type FrozenByteArena } from './byte-arena.ts';
import { type FrozenOrdinalTable, OrdinalTable } from './ordinal-table.ts';
import { hashTerm } from './term-hash.ts';
import { TermOrder } from './term-order.ts';
import type { TermRange } from './term-range.ts';
import { encodeToScratch, SCRATCH, SCRATCH_VIEW } from './utf8-scratch.ts';

/** The longest term in bytes of UTF-8, as in Lucene. */
const MAX_TERM_BYTES = 32_766;

/** A longer term is decoded faster than it is compared letter by letter. */
const SHORT_TERM = 24;

const MIN_COMPACTED = 4096;
/** More terms are not ranked: that would take more than a few milliseconds. */
const MAX_RANKED = 4096;

/** What a dictionary holds at one moment. */
export interface FrozenDictionary {
  readonly arena: FrozenByteArena;
  readonly addresses: readonly (Stored<Uint32Array> | null)[];
  readonly size: number;
  /** Absent in older files: it can be made from the rest, which takes longer. */
  readonly table?: FrozenOrdinalTable;
}

/** A {@link TermDictionary} that only grows; no string is kept. */
export class Dictionary implements TermDictionary {
  readonly #arena: ByteArena;
  readonly #addresses: PagedArray<Uint32Array>;
  readonly #table: OrdinalTable;
  readonly #order: TermOrder = new TermOrder((ordinal) => this.locate(ordinal));
  #size: number;
  #ranks: Uint16Array = new Uint16Array(1);
  #soughtBytes = 0;

  constructor(frozen?: FrozenDictionary) {
    this.#arena = frozen === undefined ? new ByteArena() : ByteArena.thaw(frozen.arena);
    this.#addresses = PagedArray.thaw(UINT32, frozen?.addresses ?? []);
    this.#size = frozen?.size ?? 0;
    const hashOf = (ordinal: number): number => this.#hash(ordinal);
    if (frozen?.table === undefined) {
      this.#table = new OrdinalTable(hashOf, this.#size);
      for (let ordinal = 1; ordinal <= this.#size; ordinal++) this.#table.add(hashOf(ordinal), ordinal);
    } else {
      this.#table = OrdinalTable.thaw(hashOf, frozen.table);
    }
  }

  freeze(hold: Hold): FrozenDictionary {
    return {
      arena: this.#arena.freeze(),
      addresses: this.#addresses.freeze(hold),
      size: this.#size,
      table: this.#table.freeze(hold),
    };
  }

  get size(): number {
    return this.#size;
  }

  get memoryBytes(): number {
    return this.#arena.memoryBytes + this.#addresses.memoryBytes + this.#table.memoryBytes + this.#order.memoryBytes;
  }

  term(ordinal: number): string {
    const { block, start, end } = this.locate(ordinal);
    return block.toString('utf8', start, end);
  }

  /** Where the term's bytes are: an object that is reused by the next call. */
  locate(ordinal: number): BytesInBlock {
    return this.#arena.locate(this.#addresses.get(ordinal));
  }

  /**
   * Calls `visit` for every term that contains `part` and stands in `range`, and maybe for others, in no order, some thousands in each step: much
   * faster than {@link locate} for each. The object is reused.
   */
  *visitTerms(
    { part, range }: { readonly part: Uint8Array; readonly range?: TermRange },
    visit: (ordinal: number, term: BytesInBlock) => void,
  ): Steps<void> {
    let inOrder = 0;
    if (range !== undefined) {
      yield* this.#order.extend(this.#size);
      inOrder = this.#order.size;
      yield* this.#order.visit(range, visit);
    }
    if (inOrder === this.#size) return;
    const rest = inOrder + 1;
    yield* this.#arena.visitEntries(this.#addresses.get(rest), part, (number, term) => visit(rest + number, term));
  }

  /** Whether `text` is known to be the ordinal's term, which costs less than to look it up; of a short one that is not ASCII it is not. */
  isKnownTerm(ordinal: number, text: string): boolean {
    const { block, start, end } = this.locate(ordinal);
    const { length } = text;
    if (length > SHORT_TERM) return block.toString('utf8', start, end) === text;
    if (length !== end - start) return false;
    for (let i = 0; i < length; i++) {
      const unit = text.charCodeAt(i);
      if (unit > 0x7f || unit !== block[start + i]) return false;
    }
    return true;
  }

  ordinal(term: string): number {
    const length = encodeToScratch(term);
    return length > MAX_TERM_BYTES ? 0 : this.#find(hashTerm(SCRATCH, 0, length), length);
  }

  /** The term's ordinal, a new one if it has none. A term that is too long is `invalid-argument`. */
  add(term: string): number {
    const length = encodeToScratch(term);
    if (length > MAX_TERM_BYTES) {
      throw new DaybookError(
        'invalid-argument',
        `a term has ${length} bytes; the longest allowed is ${MAX_TERM_BYTES}`,
      );
    }
    const hash = hashTerm(SCRATCH, 0, length);
    const found = this.#find(hash, length);
    if (found !== 0) return found;
    const ordinal = this.#size + 1;
    this.#addresses.set(ordinal, this.#arena.add(SCRATCH_VIEW, length));
    this.#table.add(hash, ordinal);
    this.#size = ordinal;
    return ordinal;
  }

  compare(first: number, second: number): number {
    return this.#arena.compare(this.#addresses.get(first), this.#addresses.get(second));
  }

  /** By ordinal: the place of its term, from 1, in the order of bytes. Undefined of a dictionary of many terms. */
  ranks(): Uint16Array | undefined {
    if (this.#size > MAX_RANKED) return undefined;
    if (this.#ranks.length <= this.#size) {
      const ordered = Array.from({ length: this.#size }, (_, at) => at + 1).sort((a, b) => this.compare(a, b));
      this.#ranks = new Uint16Array(this.#size + 1);
      for (const [at, ordinal] of ordered.entries()) this.#ranks[ordinal] = at + 1;
    }
    return this.#ranks;
  }

  #hash(ordinal: number): number {
    const { block, start, end } = this.locate(ordinal);
    return hashTerm(block, start, end);
  }

  #find(hash: number, length: number): number {
    this.#soughtBytes = length;
    return this.#table.find(hash, this.#isSought);
  }

  /** Whether the ordinal's term is that of {@link SCRATCH}. One function for all, as each lookup would make its own. */
  readonly #isSought = (ordinal: number): boolean =>
    this.#arena.equals(this.#addresses.get(ordinal), SCRATCH_VIEW, this.#soughtBytes);
}

/** Whether both are what one dictionary held, at the same moment. */
export function isSameDictionary(first: FrozenDictionary, second: FrozenDictionary): boolean {
  const [block] = first.arena.blocks;
  return block !== undefined && block === second.arena.blocks[0];
}

/** Whether so many of a dictionary's terms are used that making it anew is not worth the time. */
export function isDense(dictionary: Dictionary, used: number): boolean {
  return dictionary.size < MIN_COMPACTED || used * 2 >= dictionary.size;
}

/** Whether a dictionary takes the term. */
export function isTermShortEnough(term: string): boolean {
  return term.length * 3 <= MAX_TERM_BYTES || Buffer.byteLength(term) <= MAX_TERM_BYTES;
}
