/** What a query string says, before any mapping is looked at. `field` is absent where the query names none; it may be a pattern. */
export type SyntaxNode = SyntaxLeaf | BooleanNode;

export type Occur = 'must' | 'should' | 'mustNot';

export interface BooleanNode {
  readonly kind: 'boolean';
  readonly boost: number;
  readonly clauses: readonly { readonly occur: Occur; readonly node: SyntaxNode }[];
}

interface LeafCommon {
  readonly field: string | undefined;
  readonly boost: number;
}

/** Texts are without their backslashes, except patterns, in which they keep their meaning. */
export type SyntaxLeaf = LeafCommon &
  (
    | {
        readonly kind: 'text';
        readonly text: string;
        /** Whether the text is a run of several plain terms. */
        readonly isRun: boolean;
      }
    | { readonly kind: 'phrase'; readonly text: string; readonly slop?: number }
    | { readonly kind: 'prefix'; readonly text: string }
    | { readonly kind: 'wildcard' | 'regexp'; readonly pattern: string }
    | {
        readonly kind: 'fuzzy';
        readonly text: string;
        /** Edits, or below 1 the old similarity; absent: by the length of the text. */
        readonly similarity: number | undefined;
      }
    | {
        readonly kind: 'range';
        readonly lower: string | undefined;
        readonly includeLower: boolean;
        readonly upper: string | undefined;
        readonly includeUpper: boolean;
      }
    | { readonly kind: 'exists' }
    | { readonly kind: 'all' }
  );
