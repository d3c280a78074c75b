import { Dictionary, type FrozenDictionary, isDense } from '../dictionary/dictionary.ts';
import type { DictionaryOwner } from '../dictionary/used-terms.ts';
import { Postings } from '../postings/postings.ts';
import { finish, type Steps } from '../steps/steps.ts';
import { BitSet } from './bit-set.ts';
import type { DocSet } from './doc-set.ts';
import type { TermDocs } from './doc-values.ts';
import type { Hold } from './hold.ts';
import { type NumberArray, WHOLE_NUMBERS } from './number-array.ts';
import { OrdinalMarks } from './ordinal-marks.ts';
import { type FrozenOrdinalValues, OrdinalValues } from './ordinal-values.ts';
import { PagedArray } from './paged-array.ts';
import type { PreparedTerms } from './prepared-terms.ts';
import { RenewedOrdinals } from './renewed-ordinals.ts';
import type { Stored } from './stored-array.ts';
import { TermLookup } from './term-lookup.ts';

const SMALL_LIST = 16;
/** Postings of so many documents are made when they are first wanted. */
const MADE_AT_ONCE = 16_384;
/** Who has read the column as a whole so often makes the postings: a request of a thousand terms does not wait until they are made beside it. */
const READINGS = 8;

/** An ordinal column at one moment. */
export interface FrozenOrdinalColumn {
  readonly type: 'keyword' | 'text';
  readonly dictionary: FrozenDictionary;
  readonly values: FrozenOrdinalValues;
  /** Absent in older files: they can be counted again, which takes longer. */
  readonly counts?: FrozenCounts;
}

interface FrozenCounts {
  /** Documents of each ordinal. */
  readonly docs: readonly (Stored<NumberArray> | null)[];
  readonly docsWithValue: number;
  readonly terms: number;
  readonly usedOrdinals: number;
}

/** Who wants the postings of a column, and of its forks: a search that is suspended asks one that is no longer written. */
interface PostingsDemand {
  isAsked: boolean;
  /** How often the column was read for want of them. */
  readings: number;
}

/**
 * A dictionary, each document's ordinals, and the postings derived from them. Two kinds share it: the set of a document's keywords, and the words of
 * its text in their order, where ordinal 0 stands for a position without a word.
 */
export abstract class OrdinalColumn implements DictionaryOwner {
  abstract readonly kind: 'keyword' | 'text';
  #dictionary: Dictionary;
  protected values: OrdinalValues;
  protected readonly docLimit: () => number;
  #docCounts: PagedArray<NumberArray> = new PagedArray(WHOLE_NUMBERS);
  #postings: Postings | undefined;
  #demand: PostingsDemand = { isAsked: false, readings: 0 };
  #docsWithValue = 0;
  #termCount = 0;
  #usedOrdinals = 0;
  /** What this is about to be, while its dictionary is made anew. */
  #renewed: RenewedOrdinals | undefined;

  /** `docLimit` tells one more than the highest document number in use; `dictionary` is one that others use too. */
  constructor(
    docLimit: () => number,
    frozen?: FrozenOrdinalColumn,
    dictionary: Dictionary = new Dictionary(frozen?.dictionary),
  ) {
    this.docLimit = docLimit;
    this.#dictionary = dictionary;
    this.values = OrdinalValues.thaw(frozen?.values ?? []);
    if (frozen?.counts !== undefined) this.#thawCounts(frozen.counts);
    else if (frozen !== undefined) this.#count();
  }

  /** A second column, which is to be written from then on in the place of this one. The dictionary only grows, so both use the same. */
  abstract fork(docLimit: () => number): OrdinalColumn;

  /** Takes over everything from the column that this one is a fork of. */
  protected takeOver(original: OrdinalColumn): void {
    this.#dictionary = original.#dictionary;
    this.values = original.values.fork(original.docLimit());
    const ordinalLimit = original.#dictionary.size + 1;
    this.#docCounts = original.#docCounts.fork(ordinalLimit);
    this.#postings = original.#postings?.fork(ordinalLimit);
    // Postings that are being made go on here, and share what there is of them: whoever reads the original makes others.
    if (original.lacksPostings) original.#postings = undefined;
    this.#demand = original.#demand;
    this.#docsWithValue = original.#docsWithValue;
    this.#termCount = original.#termCount;
    this.#usedOrdinals = original.#usedOrdinals;
    this.#renewed = original.#renewed;
    original.#renewed = undefined;
  }

  freeze(hold: Hold): FrozenOrdinalColumn {
    return {
      type: this.kind,
      dictionary: this.dictionary.freeze(hold),
      values: this.values.freeze(hold),
      counts: {
        docs: this.#docCounts.freeze(hold),
        docsWithValue: this.#docsWithValue,
        terms: this.#termCount,
        usedOrdinals: this.#usedOrdinals,
      },
    };
  }

  get memoryBytes(): number {
    const { dictionary, values } = this;
    return (
      dictionary.memoryBytes + values.memoryBytes + this.#docCounts.memoryBytes + (this.#postings?.memoryBytes ?? 0)
    );
  }

  get dictionary(): Dictionary {
    return this.#dictionary;
  }

  /** Documents with a term: a text without a word is a value, but none of these. */
  get docsWithValue(): number {
    return this.#docsWithValue;
  }

  /** Terms of all documents together: each document's distinct keywords, or every word of its text. */
  get termCount(): number {
    return this.#termCount;
  }

  docCount(ordinal: number): number {
    return this.#docCounts.get(ordinal);
  }

  count(doc: number): number {
    return this.values.count(doc);
  }

  /** The ordinal at `index` of a document that has more than `index` of them. */
  value(doc: number, index: number): number {
    return this.values.value(doc, index);
  }

  has(doc: number, ordinal: number): boolean {
    return this.values.has(doc, ordinal);
  }

  /** The documents that have the ordinal: a view that stands until the next write. */
  docs(ordinal: number): DocSet {
    return finish(this.findDocs(ordinal));
  }

  /** What {@link docs} gives: in steps, where there are no postings yet and the column is read as a whole. */
  *findDocs(ordinal: number): Steps<DocSet> {
    const postings = yield* this.findPostings();
    if (postings !== undefined) return postings.docs(ordinal);
    const found = BitSet.forDocs(this.docLimit());
    yield* this.values.visitAll((doc, other) => {
      if (other === ordinal) found.words[doc >>> 5]! |= 1 << (doc & 31);
    });
    return found;
  }

  /** The postings; undefined if they are not there, and the column has not been read for want of them often enough that they are made now. */
  *findPostings(): Steps<TermDocs | undefined> {
    let postings = this.requestPostings();
    for (; postings === undefined && this.#demand.readings >= READINGS; postings = this.requestPostings()) {
      this.derivePostings();
      yield;
    }
    if (postings === undefined) this.#demand.readings++;
    return postings;
  }

  /** The postings, if they are there. If not, the column {@link lacksPostings} from then on; those of few documents are made at once. */
  requestPostings(): TermDocs | undefined {
    this.#demand.isAsked = true;
    if (this.#postings === undefined) {
      this.#postings = new Postings();
      if (this.docLimit() <= MADE_AT_ONCE) while (this.lacksPostings) this.derivePostings();
    }
    return this.#postings.isComplete ? this.#postings : undefined;
  }

  /** Whether postings were asked for that are not there yet. */
  get lacksPostings(): boolean {
    return this.#demand.isAsked && this.#postings?.isComplete !== true;
  }

  /** Makes a part of the postings that it lacks, in some milliseconds. */
  derivePostings(): void {
    this.#postings ??= new Postings();
    this.#postings.deriveSome(this.values, (ordinal) => this.docCount(ordinal), this.docLimit());
  }

  /** Visits every value of every document: a word as often as it stands in a text. */
  visitValues(visit: (doc: number, ordinal: number) => void): Steps<void> {
    return this.values.visitAll(visit);
  }

  /** The documents that have an ordinal whose entry is not 0; the column is read as a whole. */
  *findDocsWithAny(isMember: Uint8Array): Steps<DocSet> {
    const found = BitSet.forDocs(this.docLimit());
    yield* this.values.visitAll((doc, ordinal) => {
      if (isMember[ordinal] !== 0) found.words[doc >>> 5]! |= 1 << (doc & 31);
    });
    return found;
  }

  get isDense(): boolean {
    return isDense(this.#dictionary, this.#usedOrdinals);
  }

  startRenewal(dictionary: Dictionary): void {
    this.#renewed = new RenewedOrdinals(this.#dictionary, dictionary);
  }

  renew(doc: number): void {
    if (this.count(doc) > 0) this.#renewed?.set(doc, this.values.run(doc), this.#docCountNow);
  }

  finishRenewal(): void {
    if (this.#renewed === undefined) return;
    this.#dictionary = this.#renewed.dictionary;
    this.values = this.#renewed.values;
    this.#docCounts = this.#renewed.docCounts;
    this.#postings = undefined;
    this.#renewed = undefined;
    this.#demand = { isAsked: false, readings: 0 };
  }

  clear(doc: number): void {
    this.replace(doc, []);
  }

  /** Finds ordinals of terms that a document, or with undefined a new one, is to have. */
  protected lookUp(doc: number | undefined): TermLookup {
    return new TermLookup(this.#dictionary, doc === undefined ? undefined : this.values.run(doc));
  }

  /** The ordinals of terms that were prepared; undefined where there are none, or they are not those of this dictionary. */
  protected held(prepared: PreparedTerms | undefined): readonly number[] | undefined {
    return prepared?.dictionary === this.#dictionary ? prepared.ordinals : undefined;
  }

  /** Replaces the ordinals of a document and moves only the postings that differ. */
  protected replace(doc: number, ordinals: readonly number[]): void {
    const { values, start, end } = this.values.run(doc);
    if (end - start === ordinals.length && isSame(ordinals, values, start)) return;
    const newTerms = distinctTerms(ordinals);
    if (end > start) this.#exchange(doc, values.subarray(start, end), newTerms);
    else for (const ordinal of newTerms) this.#join(doc, ordinal);
    this.#termCount += countTerms(ordinals);
    if (newTerms.length > 0) this.#docsWithValue++;
    this.values.set(doc, ordinals, ordinals.length);
    this.#renewed?.set(doc, this.values.run(doc), this.#docCountNow);
  }

  /** Takes a document from the terms that it had, and adds it to those that are new to it. */
  #exchange(doc: number, old: ArrayLike<number>, newTerms: readonly number[]): void {
    const oldTerms = distinctTerms(old);
    const isKept = membership(newTerms);
    for (const ordinal of oldTerms) if (!isKept(ordinal)) this.#leave(doc, ordinal);
    const wasThere = membership(oldTerms);
    for (const ordinal of newTerms) if (!wasThere(ordinal)) this.#join(doc, ordinal);
    this.#termCount -= countTerms(old);
    if (oldTerms.length > 0) this.#docsWithValue--;
  }

  #join(doc: number, ordinal: number): void {
    this.#addDoc(ordinal);
    this.#postings?.add(ordinal, doc, this.docLimit());
  }

  #leave(doc: number, ordinal: number): void {
    const left = this.#docCounts.get(ordinal) - 1;
    this.#setDocCount(ordinal, left);
    if (left === 0) this.#usedOrdinals--;
    this.#postings?.remove(ordinal, doc);
  }

  #addDoc(ordinal: number): void {
    const before = this.#docCounts.get(ordinal);
    this.#setDocCount(ordinal, before + 1);
    if (before === 0) this.#usedOrdinals++;
  }

  #setDocCount(ordinal: number, count: number): void {
    this.#docCounts.set(ordinal, count);
    this.#renewed?.setDocCount(ordinal, count);
  }

  readonly #docCountNow = (ordinal: number): number => this.#docCounts.get(ordinal);

  #thawCounts({ docs, docsWithValue, terms, usedOrdinals }: FrozenCounts): void {
    this.#docCounts = PagedArray.thaw(WHOLE_NUMBERS, docs);
    this.#docsWithValue = docsWithValue;
    this.#termCount = terms;
    this.#usedOrdinals = usedOrdinals;
  }

  #count(): void {
    const lastDoc = new Uint32Array(this.#dictionary.size + 1);
    let previous = -1;
    const visitAll = this.values.visitAll((doc, ordinal) => {
      if (ordinal === 0) return;
      if (doc !== previous) this.#docsWithValue++;
      previous = doc;
      this.#termCount++;
      if (lastDoc[ordinal] === doc + 1) return;
      lastDoc[ordinal] = doc + 1;
      this.#addDoc(ordinal);
    });
    finish(visitAll);
  }
}

/** The ordinals of a document's terms, each once, in their order. */
export function distinctTerms(ordinals: ArrayLike<number>): readonly number[] {
  const distinct: number[] = [];
  const marks = ordinals.length > SMALL_LIST ? new OrdinalMarks(ordinals) : undefined;
  for (let at = 0; at < ordinals.length; at++) {
    const ordinal = ordinals[at]!;
    if (ordinal !== 0 && (marks?.add(ordinal) ?? !distinct.includes(ordinal))) distinct.push(ordinal);
  }
  return distinct;
}

/** Whether all the ordinals stand in `values` from `start` on. */
function isSame(ordinals: readonly number[], values: ArrayLike<number>, start: number): boolean {
  for (let at = 0; at < ordinals.length; at++) if (ordinals[at] !== values[start + at]) return false;
  return true;
}

function membership(ordinals: readonly number[]): (ordinal: number) => boolean {
  if (ordinals.length <= SMALL_LIST) return (ordinal) => ordinals.includes(ordinal);
  const marks = new OrdinalMarks(ordinals);
  for (const ordinal of ordinals) marks.add(ordinal);
  return (ordinal) => marks.has(ordinal);
}

function countTerms(ordinals: ArrayLike<number>): number {
  let count = 0;
  for (let at = 0; at < ordinals.length; at++) if (ordinals[at] !== 0) count++;
  return count;
}
