/** One key of the order of hits. */
export interface SortKey {
  /** A field's name, `_score`, `_doc` (a document's place in its index), or `_shard_doc` (that of its index before its own). */
  readonly field: string;
  readonly direction: 'asc' | 'desc';
  /** Where documents without a value go; a value stands for them. Default `_last`. */
  readonly missing?: '_last' | '_first' | string | number;
  readonly mode?: 'min' | 'max' | 'sum' | 'avg' | 'median';
  readonly format?: string;
  /** What the numbers of the field are treated as. */
  readonly numericType?: 'long' | 'double' | 'date' | 'date_nanos';
  /** The type to treat the field as where an index does not map it; without it an unmapped field is an error. */
  readonly unmappedType?: string;
}

/** A sort value as it goes to the client and comes back in `searchAfter`. Missing values are null. */
export type SortValue = string | number | null;
