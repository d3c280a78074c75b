import type { Engine, QueryValue } from '@daybook/search-engine';
import { readDocument } from '../documents/read-document.ts';
import { documentRouting } from '../indices/document-routing.ts';
import { readableIndex } from '../indices/single-index.ts';
import { isJsonObject } from '../json/json.ts';
import { RawJson } from '../json/raw-json.ts';
import { queryContext } from '../query-dsl/parse-query.ts';
import type { QueryContext } from '../query-dsl/query-context.ts';

/** The context in which the queries of a request are parsed: terms are looked up in the documents that the caller can read. */
export function requestQueryContext(engine: Engine): QueryContext {
  return queryContext((name, id, path, given) => {
    const index = readableIndex(engine, name);
    const document = readDocument(index, id, documentRouting(index, name, id, given));
    return document === undefined ? [] : valuesAt(JSON.parse(new RawJson(document.source()).text()), path.split('.'));
  });
}

function valuesAt(value: unknown, path: readonly string[]): readonly QueryValue[] {
  if (Array.isArray(value)) return value.flatMap((element) => valuesAt(element, path));
  const [name, ...rest] = path;
  if (name !== undefined) return isJsonObject(value) && Object.hasOwn(value, name) ? valuesAt(value[name], rest) : [];
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [value] : [];
}
