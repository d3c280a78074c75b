import type { OrdinalChunk, OrdinalDocValues } from './doc-values.ts';
import { distinctTerms, OrdinalColumn } from './ordinal-column.ts';

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
    return this.values.chunk(index, this.docLimit());
  }

  /** Replaces a document's keywords; an empty list clears them. Every one must be short enough for the dictionary. */
  set(doc: number, keywords: readonly string[]): void {
    this.replace(doc, distinctTerms(keywords.map((keyword) => this.dictionary.add(keyword))));
  }
}
