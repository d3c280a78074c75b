import type { Steps } from '../steps/steps.ts';
import { visitInSteps } from '../steps/visit-in-steps.ts';
import type { OrdinalChunk, OrdinalDocValues } from './doc-values.ts';
import { distinctTerms, OrdinalColumn } from './ordinal-column.ts';
import type { PreparedTerms } from './prepared-terms.ts';
import type { TermLookup } from './term-lookup.ts';

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
  set(doc: number, keywords: readonly string[], prepared?: PreparedTerms): void {
    this.replace(doc, this.held(prepared) ?? this.#find(keywords, this.lookUp(doc)));
  }

  /** Finds the terms of keywords, in steps, ahead of {@link set}. `doc` is undefined for a new document. */
  *prepare(doc: number | undefined, keywords: readonly string[]): Steps<PreparedTerms> {
    const { dictionary } = this;
    const terms = this.lookUp(doc);
    const ordinals: number[] = [];
    yield* visitInSteps(keywords, (keyword) => ordinals.push(terms.add(keyword)));
    return { dictionary, ordinals: distinctTerms(ordinals) };
  }

  #find(keywords: readonly string[], terms: TermLookup): readonly number[] {
    return distinctTerms(keywords.map((keyword) => terms.add(keyword)));
  }
}
