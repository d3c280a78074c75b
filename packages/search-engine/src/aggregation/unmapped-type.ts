/** What the values of a field that no index maps are taken for. */
export type UnmappedType = 'keyword' | 'long' | 'double' | 'date' | 'boolean' | 'ip';
