/** Whether a document is one that a query of the Elasticsearch DSL selects: the few queries that tests make, over exact values. */
export function matchQuery(query: unknown, document: Readonly<Record<string, unknown>>): boolean {
  const [name, body] = Object.entries(query as Record<string, Record<string, unknown>>)[0]!;
  const [field, value] = Object.entries(body)[0] ?? ['', undefined];
  const values = [document[field]].flat();
  switch (name) {
    case 'match_all':
      return true;
    case 'bool': {
      const { filter = [], must_not: not = [] } = body as { filter?: unknown[]; must_not?: unknown[] };
      return filter.every((each) => matchQuery(each, document)) && !not.some((each) => matchQuery(each, document));
    }
    case 'ids':
      return (value as string[]).includes(String(document.id));
    case 'term':
      return values.includes(value);
    case 'exists':
      return document[String(value)] !== undefined;
    case 'range': {
      const { gt } = value as { gt: string };
      return values.some((each) => each !== undefined && String(each) > gt);
    }
    case 'query_string': {
      const [, name, text] = /^(.*):(.*)$/.exec(String(value))!;
      return [document[name!]].flat().includes(text);
    }
    default:
      throw new Error(`tests have no query ${name}`);
  }
}
