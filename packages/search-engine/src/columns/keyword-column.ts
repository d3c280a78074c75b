import type { OrdinalChunk, OrdinalDocValues } from './doc-values.ts';
import { OrdinalColumn } from './ordinal-column.ts';

/** The column of one keyword-like field: keywords, addresses, leaves of flattened objects. */
export class KeywordColumn extends OrdinalColumn implements OrdinalDocValues {
  readonly type = 'ordinal';
  readonly kind = 'keyword';

  fork(docLimit: () => number): KeywordColumn {
    const fork = new KeywordColumn(docLimit);
    fork.takeOver(this);
    return fork;
  }

  chunk(index: number): OrdinalChunk | undefined {
    return this.values.chunk(index);
  }

  /** Replaces a document's keywords; an empty list clears them. Every one must be short enough for the dictionary. */
  set(doc: number, keywords: readonly string[]): void {
    const ordinals: number[] = [];
    for (const keyword of keywords) {
      const ordinal = this.dictionary.add(keyword);
      if (!ordinals.includes(ordinal)) ordinals.push(ordinal);
    }
    this.replace(doc, ordinals);
  }
}
