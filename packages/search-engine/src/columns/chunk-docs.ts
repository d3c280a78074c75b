/** Documents of one chunk. Columns, bitsets and postings are cut at the same borders. */
export const CHUNK_DOCS = 65_536;
