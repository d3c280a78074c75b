import type { OrdinalChunk, OrdinalDocValues, Ordinals } from '../columns/doc-values.ts';
import { distinctTerms } from '../columns/ordinal-column.ts';
import type { FrequencyFilter } from '../mapping/frequency-filter.ts';
import type { SortableTerms } from '../sort/sortable-terms.ts';
import type { TextColumn } from './text-column.ts';

/** The words of a text as keywords: each document's, each once, but those that the filter leaves out. Nothing is kept but the chunk that was read last. */
export class FieldData implements OrdinalDocValues, SortableTerms {
  readonly type = 'ordinal';
  readonly dictionary: TextColumn['dictionary'];
  readonly #column: TextColumn;
  /** Undefined where all are. */
  readonly #isSeen: ((ordinal: number) => boolean) | undefined;
  #last: { readonly index: number; readonly chunk: OrdinalChunk | undefined } | undefined;

  constructor(column: TextColumn, filter: FrequencyFilter | undefined) {
    this.#column = column;
    this.dictionary = column.dictionary;
    this.#isSeen = filter === undefined ? undefined : frequencyTest(column, filter);
  }

  chunk(index: number): OrdinalChunk | undefined {
    if (this.#last?.index !== index) {
      const words = this.#column.chunk(index);
      this.#last = { index, chunk: words === undefined ? words : this.#seenWords(words) };
    }
    return this.#last.chunk;
  }

  #seenWords(words: OrdinalChunk): OrdinalChunk {
    const isSeen = this.#isSeen;
    if (!words.single) return distinctWords(words, (each) => this.#seen(each));
    if (isSeen === undefined) return words;
    return { single: true, ordinals: words.ordinals.map((ordinal) => (isSeen(ordinal) ? ordinal : 0)) };
  }

  docCount(ordinal: number): number {
    return this.#isSeen?.(ordinal) === false ? 0 : this.#column.docCount(ordinal);
  }

  count(doc: number): number {
    return this.#words(doc).length;
  }

  value(doc: number, index: number): number {
    return this.#words(doc)[index]!;
  }

  #words(doc: number): readonly number[] {
    const { values, start, end } = this.#column.words(doc);
    return this.#seen(values.subarray(start, end));
  }

  #seen(words: Ordinals): readonly number[] {
    const distinct = distinctTerms(words);
    return this.#isSeen === undefined ? distinct : distinct.filter(this.#isSeen);
  }
}

/** Of words by how many documents have them: whether sorts and aggregations see them. */
function frequencyTest(column: TextColumn, filter: FrequencyFilter): ((ordinal: number) => boolean) | undefined {
  const docCount = column.docsWithValue;
  if (docCount < filter.min_segment_size) return undefined;
  const docsOf = (bound: number): number => Math.trunc(bound > 1 ? bound : docCount * bound);
  const [least, most] = [docsOf(filter.min), docsOf(filter.max)];
  if (least <= 1 && most >= docCount) return undefined;
  return (ordinal) => column.docCount(ordinal) >= least && column.docCount(ordinal) <= most;
}

function distinctWords(
  { starts, counts, ordinals }: OrdinalChunk & { readonly single: false },
  distinctOf: (words: Ordinals) => readonly number[],
): OrdinalChunk {
  const distinct = {
    single: false,
    starts: new Uint32Array(starts.length),
    counts: new Uint32Array(starts.length),
    ordinals: new Uint32Array(ordinals.length),
  } as const;
  let used = 0;
  for (let offset = 0; offset < starts.length; offset++) {
    const start = starts[offset]!;
    const words = distinctOf(ordinals.subarray(start, start + counts[offset]!));
    distinct.ordinals.set(words, used);
    distinct.starts[offset] = used;
    distinct.counts[offset] = words.length;
    used += words.length;
  }
  return distinct;
}
