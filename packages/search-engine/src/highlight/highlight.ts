import type { Query } from '../query/query.ts';

/** How one field, or every text and keyword field that a pattern matches, is highlighted; defaults of the wire are filled in. */
export interface HighlightField {
  readonly pattern: string;
  /** `unified`, `plain` or `fvh`; any other is refused where there is a hit to highlight. */
  readonly type: string;
  readonly preTag: string;
  readonly postTag: string;
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
  /** Of `unified`: where fragments may begin and end; `chars` is refused where there is a text to highlight. */
  readonly boundaryScanner: 'sentence' | 'word' | 'chars';
  /** Of `plain`: `span` or `simple`; any other is refused where there is a hit to highlight. */
  readonly fragmenter: string;
}

/** Field name → its fragments. */
export type Highlights = Readonly<Record<string, readonly string[]>>;
