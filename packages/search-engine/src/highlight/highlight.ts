import type { Query } from '../query/query.ts';

/** How one field, or every text and keyword field that a pattern matches, is highlighted; defaults of the wire are filled in. */
export interface HighlightField {
  readonly pattern: string;
  /** `unified`, `plain` or `fvh`; any other is refused where there is a hit to highlight. */
  readonly type: string;
  /** At least one; `unified` and `plain` take the first, `fvh` another for each term or phrase. */
  readonly preTags: readonly string[];
  readonly postTags: readonly string[];
  /** 0: the whole value. */
  readonly numberOfFragments: number;
  /** In UTF-16 code units. */
  readonly fragmentSize: number;
  readonly isOrderedByScore: boolean;
  /** Whether only what the query looks for in this field counts. */
  readonly requireFieldMatch: boolean;
  /** How much of a field without a match is shown; 0 is nothing. */
  readonly noMatchSize: number;
  /** Instead of the search's own query. */
  readonly highlightQuery?: Query;
  readonly encoder: 'default' | 'html';
  /** Where fragments of `unified` and `fvh` may begin and end: by default at sentences and at `boundaryChars`. `unified` refuses `chars`. */
  readonly boundaryScanner: 'sentence' | 'word' | 'chars' | undefined;
  /** Of `fvh` with `chars`: the signs at which a fragment may end, and how far away they may be. */
  readonly boundaryChars: string;
  readonly boundaryMaxScan: number;
  /** Of `fvh`: how far before its first match a fragment begins at least. */
  readonly fragmentOffset: number;
  /** Of `fvh`: at most so many terms and phrases are looked at. */
  readonly phraseLimit: number;
  /** Of `fvh`: the fields whose matches are marked; empty: the field itself. */
  readonly matchedFields: readonly string[];
  /** Of `plain`: `span` or `simple`; any other is refused where there is a hit to highlight. */
  readonly fragmenter: string;
}

/** Field name → its fragments. */
export type Highlights = Readonly<Record<string, readonly string[]>>;
