import { BitSet } from '../columns/bit-set.ts';
import { CHUNK_DOCS } from '../columns/chunk-docs.ts';
import { CHUNK_MASK, CHUNK_SHIFT, type DocSet, visitInChunks } from '../columns/doc-set.ts';
import { ZONE_DOCS, ZONE_SHIFT } from '../columns/zone-map.ts';
import { sortInSteps } from '../steps/sort-in-steps.ts';
import type { Steps } from '../steps/steps.ts';
import { DocOrder } from './doc-order.ts';
import type { SortValue } from './sort-key.ts';
import type { SortSource } from './sort-source.ts';

/** The documents of the zone that is read: all are done with in one step. */
const zoneOffsets = new Uint16Array(ZONE_DOCS);
/** The keys of the documents that are considered together, in one step as well. */
const chunkKeys = new Float64Array(CHUNK_DOCS);

/** The first documents of an order, kept in a heap whose root is the last of them. */
export class TopDocs {
  readonly #sources: readonly SortSource[];
  readonly #order: DocOrder;
  readonly #capacity: number;
  /** Whether of two documents with the same key that of the smaller number always comes first. */
  readonly #isByKeyAlone: boolean;
  readonly #docs: number[] = [];
  /** The first source's key of each document in the heap. */
  readonly #keys: number[] = [];

  /** All that are kept, where they were taken without comparing any. */
  #taken: readonly number[] | undefined;

  /** `capacity` documents are kept, of those that come behind `after`. */
  constructor(sources: readonly SortSource[], capacity: number, after?: readonly SortValue[]) {
    this.#sources = sources;
    this.#capacity = capacity;
    this.#order = new DocOrder(sources, after);
    this.#isByKeyAlone = sources.length === 1 && sources[0]!.tie === undefined;
  }

  /**
   * Considers every document of the set. Where the order is that of the documents' numbers, the first are read and no more; where bounds are known, the most
   * promising zones are read first and hopeless ones not at all.
   */
  *collect(set: DocSet): Steps<void> {
    if (this.#capacity === 0) return;
    if (this.#sources.every(({ ascends }) => ascends)) {
      this.#takeFirst(set);
      return;
    }
    const bound = this.#sources[0]!.zoneBound;
    if (bound !== undefined && set instanceof BitSet && set.words.length * 32 > ZONE_DOCS) {
      yield* this.#collectByZones(set, bound);
      return;
    }
    yield* visitInChunks(set, (chunk, offsets, count) => this.#considerAll(chunk, offsets, count));
  }

  /** The documents kept, first one first. */
  *sorted(): Steps<readonly number[]> {
    if (this.#taken !== undefined) return this.#taken;
    const kept = this.#docs.map((doc, at) => ({ doc, key: this.#keys[at]! }));
    const sorted = yield* sortInSteps(kept, (a, b) => this.#order.compare(a.doc, a.key, b.doc, b.key));
    return sorted.map(({ doc }) => doc);
  }

  /** Of an order that is that of the documents' numbers. */
  #takeFirst(set: DocSet): void {
    this.#taken = set.firstFrom(this.#firstShown(set.chunkLimit * CHUNK_DOCS), this.#capacity);
  }

  /** The number from which on documents come behind those of the page before; all are below `limit`. */
  #firstShown(limit: number): number {
    let low = 0;
    let high = this.#order.isShown(0) ? 0 : limit;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#order.isShown(middle)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  *#collectByZones(set: BitSet, bound: (zone: number) => number): Steps<void> {
    const zones = Array.from({ length: Math.ceil((set.words.length * 32) / ZONE_DOCS) }, (_, zone) => zone);
    const bounds = zones.map(bound);
    zones.sort((a, b) => bounds[a]! - bounds[b]! || a - b);
    for (const zone of zones) {
      if (this.#docs.length === this.#capacity && bounds[zone]! > this.#keys[0]!) return;
      this.#considerZone(set, zone);
      yield;
    }
  }

  /** The loop itself, since loops of generators are not compiled. */
  #considerZone({ words }: BitSet, zone: number): void {
    const wordsPerZone = ZONE_DOCS / 32;
    const from = zone * wordsPerZone;
    const end = Math.min(words.length, from + wordsPerZone);
    const first = (zone << ZONE_SHIFT) & CHUNK_MASK;
    let count = 0;
    for (let at = from; at < end; at++) {
      for (let word = words[at]!; word !== 0; word &= word - 1) {
        zoneOffsets[count++] = first + (at - from) * 32 + 31 - Math.clz32(word & -word);
      }
    }
    this.#considerAll(zone >>> (CHUNK_SHIFT - ZONE_SHIFT), zoneOffsets, count);
  }

  /** Begins at the end with the smaller key: where documents came in the order of the sort, or against it, few enter the heap only to leave it. */
  #considerAll(chunk: number, offsets: Uint16Array, count: number): void {
    if (count === 0) return;
    const source = this.#sources[0]!;
    const base = chunk * CHUNK_DOCS;
    const keys = chunkKeys;
    if (source.keys !== undefined) source.keys(chunk, offsets, count, keys);
    else for (let i = 0; i < count; i++) keys[i] = source.key(base + offsets[i]!);
    if (keys[count - 1]! < keys[0]!) {
      for (let i = count - 1; i >= 0; i--) this.#offer(base + offsets[i]!, keys[i]!);
    } else {
      for (let i = 0; i < count; i++) this.#offer(base + offsets[i]!, keys[i]!);
    }
  }

  /** Keeps the document if it is among the first. */
  consider(doc: number): void {
    this.#offer(doc, this.#sources[0]!.key(doc));
  }

  #offer(doc: number, key: number): void {
    const isFull = this.#docs.length === this.#capacity;
    if (isFull) {
      const last = this.#keys[0]!;
      if (key > last || (key === last && this.#isByKeyAlone && doc > this.#docs[0]!)) return;
    }
    if (!this.#order.isShown(doc)) return;
    if (!isFull) {
      this.#docs.push(doc);
      this.#keys.push(key);
      this.#siftUp(this.#docs.length - 1);
    } else if (this.#order.compare(doc, key, this.#docs[0]!, this.#keys[0]!) < 0) {
      this.#docs[0] = doc;
      this.#keys[0] = key;
      this.#siftDown();
    }
  }

  #siftUp(from: number): void {
    for (let at = from; at > 0; ) {
      const parent = (at - 1) >>> 1;
      if (!this.#isAfter(at, parent)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  #siftDown(): void {
    for (let at = 0; ; ) {
      let last = at;
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < this.#docs.length && this.#isAfter(child, last)) last = child;
      }
      if (last === at) return;
      this.#swap(at, last);
      at = last;
    }
  }

  #isAfter(a: number, b: number): boolean {
    return this.#order.compare(this.#docs[a]!, this.#keys[a]!, this.#docs[b]!, this.#keys[b]!) > 0;
  }

  #swap(a: number, b: number): void {
    [this.#docs[a], this.#docs[b]] = [this.#docs[b]!, this.#docs[a]!];
    [this.#keys[a], this.#keys[b]] = [this.#keys[b]!, this.#keys[a]!];
  }
}
