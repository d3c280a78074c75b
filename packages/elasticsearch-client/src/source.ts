/** A typed member of what Elasticsearch calls a document's source. */
export type Source = Readonly<Record<string, unknown>>;
