import type { OrdinalChunk, OrdinalDocValues } from '../columns/doc-values.ts';
import { distinctTerms } from '../columns/ordinal-column.ts';
import type { SortableTerms } from '../sort/sortable-terms.ts';
import type { TextColumn } from './text-column.ts';

/** The words of a text as keywords: each document's, each once. Nothing is kept but the chunk that was read last. */
export class FieldData implements OrdinalDocValues, SortableTerms {
  readonly type = 'ordinal';
  readonly dictionary: TextColumn['dictionary'];
  readonly #column: TextColumn;
  #last: { readonly index: number; readonly chunk: OrdinalChunk | undefined } | undefined;

  constructor(column: TextColumn) {
    this.#column = column;
    this.dictionary = column.dictionary;
  }

  chunk(index: number): OrdinalChunk | undefined {
    if (this.#last?.index !== index) {
      const words = this.#column.chunk(index);
      this.#last = { index, chunk: words === undefined || words.single ? words : distinctWords(words) };
    }
    return this.#last.chunk;
  }

  docCount(ordinal: number): number {
    return this.#column.docCount(ordinal);
  }

  count(doc: number): number {
    return this.#words(doc).length;
  }

  value(doc: number, index: number): number {
    return this.#words(doc)[index]!;
  }

  #words(doc: number): readonly number[] {
    const { values, start, end } = this.#column.words(doc);
    return distinctTerms(values.subarray(start, end));
  }
}

function distinctWords({ starts, counts, ordinals }: OrdinalChunk & { readonly single: false }): OrdinalChunk {
  const distinct = {
    single: false,
    starts: new Uint32Array(starts.length),
    counts: new Uint32Array(starts.length),
    ordinals: new Uint32Array(ordinals.length),
  } as const;
  let used = 0;
  for (let offset = 0; offset < starts.length; offset++) {
    const start = starts[offset]!;
    const words = distinctTerms(ordinals.subarray(start, start + counts[offset]!));
    distinct.ordinals.set(words, used);
    distinct.starts[offset] = used;
    distinct.counts[offset] = words.length;
    used += words.length;
  }
  return distinct;
}
