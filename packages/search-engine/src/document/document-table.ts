import type { LogPosition } from '@daybook/durable-log';
import { BitSet } from '../columns/bit-set.ts';
import { CHUNK_DOCS } from '../columns/chunk-docs.ts';
import { CHUNK_SHIFT } from '../columns/doc-set.ts';
import type { OrdinalDocValues } from '../columns/doc-values.ts';
import type { Hold } from '../columns/hold.ts';
import { type NumberArray, UINT32, WHOLE_NUMBERS } from '../columns/number-array.ts';
import { PagedArray } from '../columns/paged-array.ts';
import type { Stored } from '../columns/stored-array.ts';
import { Dictionary, type FrozenDictionary, isDense } from '../dictionary/dictionary.ts';
import type { DictionaryOwner } from '../dictionary/used-terms.ts';
import type { SortableTerms } from '../sort/sortable-terms.ts';
import { RenewedIds } from './renewed-ids.ts';

/** What the index knows of one document besides its fields. */
export interface DocumentEntry {
  readonly version: number;
  readonly seqNo: number;
  /** Where the source's first byte is in the log. */
  readonly source: LogPosition;
  readonly sourceBytes: number;
}

/** A document table at one moment. */
export interface FrozenDocumentTable {
  readonly limit: number;
  readonly ids: FrozenDictionary;
  readonly idOrdinals: readonly (Stored<Uint32Array> | null)[];
  readonly versions: readonly (Stored<NumberArray> | null)[];
  readonly seqNos: readonly (Stored<NumberArray> | null)[];
  readonly segments: readonly (Stored<NumberArray> | null)[];
  readonly offsets: readonly (Stored<Uint32Array> | null)[];
  readonly lengths: readonly (Stored<NumberArray> | null)[];
}

/**
 * The live documents of one index: id → document number, which a document keeps through its updates and which goes to another document
 * only after it was deleted, and what is known of each.
 */
export class DocumentTable implements DictionaryOwner {
  #ids: Dictionary;
  /** By ordinal of the id: one more than the document's number; 0 for none. */
  #docs: PagedArray<Uint32Array> = new PagedArray(UINT32);
  /** By document; 0 for a number that is free. */
  #idOrdinals: PagedArray<Uint32Array>;
  #versions: PagedArray<NumberArray>;
  #seqNos: PagedArray<NumberArray>;
  #segments: PagedArray<NumberArray>;
  #offsets: PagedArray<Uint32Array>;
  #lengths: PagedArray<NumberArray>;
  #free: number[] = [];
  #live: BitSet = BitSet.forDocs(1024);
  #limit: number;
  #size = 0;
  /** Bytes of live sources by segment of the log. */
  #liveBytes: Map<number, number> = new Map();
  /** What the ids are about to be, while their dictionary is made anew. */
  #renewed: RenewedIds | undefined;

  constructor(frozen?: FrozenDocumentTable) {
    this.#ids = new Dictionary(frozen?.ids);
    this.#idOrdinals = PagedArray.thaw(UINT32, frozen?.idOrdinals ?? []);
    this.#versions = PagedArray.thaw(WHOLE_NUMBERS, frozen?.versions ?? []);
    this.#seqNos = PagedArray.thaw(WHOLE_NUMBERS, frozen?.seqNos ?? []);
    this.#segments = PagedArray.thaw(WHOLE_NUMBERS, frozen?.segments ?? []);
    this.#offsets = PagedArray.thaw(UINT32, frozen?.offsets ?? []);
    this.#lengths = PagedArray.thaw(WHOLE_NUMBERS, frozen?.lengths ?? []);
    this.#limit = frozen?.limit ?? 0;
    for (let page = Math.ceil(this.#limit / CHUNK_DOCS) - 1; page >= 0; page--) this.#thawPage(page);
  }

  /** A second table, which is to be written from then on in the place of this one. */
  fork(): DocumentTable {
    const fork = new DocumentTable();
    fork.#ids = this.#ids;
    fork.#docs = this.#docs.fork(this.#ids.size + 1);
    fork.#idOrdinals = this.#idOrdinals.fork(this.#limit);
    fork.#versions = this.#versions.fork(this.#limit);
    fork.#seqNos = this.#seqNos.fork(this.#limit);
    fork.#segments = this.#segments.fork(this.#limit);
    fork.#offsets = this.#offsets.fork(this.#limit);
    fork.#lengths = this.#lengths.fork(this.#limit);
    fork.#free = this.#free.slice();
    fork.#live = this.#live.copy();
    fork.#limit = this.#limit;
    fork.#size = this.#size;
    fork.#liveBytes = new Map(this.#liveBytes);
    fork.#renewed = this.#renewed;
    this.#renewed = undefined;
    return fork;
  }

  freeze(hold: Hold): FrozenDocumentTable {
    return {
      limit: this.#limit,
      ids: this.#ids.freeze(hold),
      idOrdinals: this.#idOrdinals.freeze(hold),
      versions: this.#versions.freeze(hold),
      seqNos: this.#seqNos.freeze(hold),
      segments: this.#segments.freeze(hold),
      offsets: this.#offsets.freeze(hold),
      lengths: this.#lengths.freeze(hold),
    };
  }

  /** Live documents. */
  get size(): number {
    return this.#size;
  }

  /** One more than the highest document number in use so far. */
  get limit(): number {
    return this.#limit;
  }

  /** Bytes of all live sources. */
  get sourceBytes(): number {
    let sum = 0;
    for (const bytes of this.#liveBytes.values()) sum += bytes;
    return sum;
  }

  get memoryBytes(): number {
    const arrays = [
      this.#docs,
      this.#idOrdinals,
      this.#versions,
      this.#seqNos,
      this.#segments,
      this.#offsets,
      this.#lengths,
    ];
    return arrays.reduce((sum, array) => sum + array.memoryBytes, this.#ids.memoryBytes + this.#live.words.byteLength);
  }

  /** The live documents, as they are now: a view. */
  live(): BitSet {
    return new BitSet(this.#live.words.subarray(0, (this.#limit + 31) >>> 5), this.#size);
  }

  isLive(doc: number): boolean {
    return this.#live.has(doc);
  }

  find(id: string): number | undefined {
    const ordinal = this.#ids.ordinal(id);
    const doc = ordinal === 0 ? 0 : this.#docs.get(ordinal);
    return doc === 0 ? undefined : doc - 1;
  }

  id(doc: number): string {
    return this.#ids.term(this.#idOrdinals.get(doc));
  }

  version(doc: number): number {
    return this.#versions.get(doc);
  }

  seqNo(doc: number): number {
    return this.#seqNos.get(doc);
  }

  entry(doc: number): DocumentEntry {
    return {
      version: this.#versions.get(doc),
      seqNo: this.#seqNos.get(doc),
      source: { segment: this.#segments.get(doc), offset: this.#offsets.get(doc) },
      sourceBytes: this.#lengths.get(doc),
    };
  }

  /** Gives the id a document number. The id must not have one. */
  add(id: string): number {
    const doc = this.#free.pop() ?? this.#limit;
    if (doc === this.#limit) this.#limit++;
    const ordinal = this.#ids.add(id);
    this.#idOrdinals.set(doc, ordinal);
    this.#occupy(doc, ordinal);
    this.#renewed?.set(doc, id);
    return doc;
  }

  put(doc: number, entry: DocumentEntry): void {
    this.#versions.set(doc, entry.version);
    this.#seqNos.set(doc, entry.seqNo);
    this.#setSource(doc, entry.source, entry.sourceBytes);
  }

  /** The same source now lies elsewhere in the log. */
  move(doc: number, source: LogPosition): void {
    this.#setSource(doc, source, this.#lengths.get(doc));
  }

  /** Frees the document's number. Its fields must be cleared by then. */
  remove(doc: number): void {
    this.#docs.set(this.#idOrdinals.get(doc), 0);
    this.#addLiveBytes(this.#segments.get(doc), -this.#lengths.get(doc));
    this.#lengths.set(doc, 0);
    this.#idOrdinals.set(doc, 0);
    this.#renewed?.remove(doc);
    this.#live.words[doc >>> 5]! &= ~(1 << (doc & 31));
    this.#size--;
    this.#free.push(doc);
  }

  /** The ids, some of which may belong to deleted documents. */
  get dictionary(): Dictionary {
    return this.#ids;
  }

  get isDense(): boolean {
    return isDense(this.#ids, this.#size);
  }

  startRenewal(dictionary: Dictionary): void {
    this.#renewed = new RenewedIds(dictionary);
  }

  renew(doc: number): void {
    if (this.#live.has(doc)) this.#renewed?.set(doc, this.id(doc));
  }

  finishRenewal(): void {
    if (this.#renewed === undefined) return;
    this.#ids = this.#renewed.dictionary;
    this.#docs = this.#renewed.docs;
    this.#idOrdinals = this.#renewed.idOrdinals;
    this.#renewed = undefined;
  }

  /** The ids as a field: every document has one of its own. */
  idValues(): OrdinalDocValues {
    return {
      type: 'ordinal',
      dictionary: this.#ids,
      chunk: (index) => {
        const length = Math.min(CHUNK_DOCS, this.#limit - (index << CHUNK_SHIFT));
        const ordinals = length <= 0 ? undefined : this.#idOrdinals.page(index, length);
        return ordinals === undefined ? undefined : { single: true, ordinals };
      },
      docCount: (ordinal) => (this.#docs.get(ordinal) === 0 ? 0 : 1),
    };
  }

  /** The ids for a sort. */
  sortableIds(): SortableTerms {
    return { count: () => 1, value: (doc) => this.#idOrdinals.get(doc), dictionary: this.#ids };
  }

  /** Bytes of live sources by segment of the log, of segments that have any. */
  liveBytesBySegment(): ReadonlyMap<number, number> {
    return this.#liveBytes;
  }

  /** Takes in a page's documents, the last ones first, so that the lowest free number is given away first. */
  #thawPage(page: number): void {
    const base = page << CHUNK_SHIFT;
    const count = Math.min(CHUNK_DOCS, this.#limit - base);
    const [ordinals, segments, lengths] = [this.#idOrdinals, this.#segments, this.#lengths].map(
      (array) => array.page(page, count) ?? new Uint32Array(count),
    ) as [NumberArray, NumberArray, NumberArray];
    // Neighbours mostly lie in the same segment.
    let segment = 0;
    let bytes = 0;
    for (let offset = count - 1; offset >= 0; offset--) {
      const ordinal = ordinals[offset]!;
      if (ordinal === 0) {
        this.#free.push(base + offset);
        continue;
      }
      this.#occupy(base + offset, ordinal);
      if (segments[offset] !== segment) {
        this.#addLiveBytes(segment, bytes);
        segment = segments[offset]!;
        bytes = 0;
      }
      bytes += lengths[offset]!;
    }
    this.#addLiveBytes(segment, bytes);
  }

  #setSource(doc: number, { segment, offset }: LogPosition, bytes: number): void {
    this.#addLiveBytes(this.#segments.get(doc), -this.#lengths.get(doc));
    this.#addLiveBytes(segment, bytes);
    this.#segments.set(doc, segment);
    this.#offsets.set(doc, offset);
    this.#lengths.set(doc, bytes);
  }

  #addLiveBytes(segment: number, bytes: number): void {
    if (bytes === 0) return;
    const sum = (this.#liveBytes.get(segment) ?? 0) + bytes;
    if (sum === 0) this.#liveBytes.delete(segment);
    else this.#liveBytes.set(segment, sum);
  }

  #occupy(doc: number, ordinal: number): void {
    this.#docs.set(ordinal, doc + 1);
    const { words } = this.#live;
    if (doc >>> 5 >= words.length) {
      const longer = new Uint32Array(Math.max((doc >>> 5) + 1, words.length + (words.length >>> 1)));
      longer.set(words);
      this.#live = new BitSet(longer);
    }
    this.#live.words[doc >>> 5]! |= 1 << (doc & 31);
    this.#size++;
  }
}
