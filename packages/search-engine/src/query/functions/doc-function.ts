/** What a function gives a document. */
export type DocFunction = (doc: number) => number;
