import { illegalArgument, parsingError } from '../errors/errors.ts';
import { isJsonObject, type JsonObject } from '../json/json.ts';

/** A query's body: an object, or Elasticsearch's complaint. */
export function requireObject(query: string, body: unknown): JsonObject {
  if (isJsonObject(body)) return body;
  throw parsingError(`[${query}] query malformed, no start_object after query name`);
}

/** A query of the form `{field: value}` or `{field: {…}}`. */
export interface FieldQuery {
  readonly field: string;
  /** What stands under the field. */
  readonly body: unknown;
}

/** Reads a query that names exactly one field. */
export function readFieldQuery(query: string, body: unknown, missing: () => Error = fieldMissing): FieldQuery {
  const entries = Object.entries(requireObject(query, body));
  const [first, second] = entries;
  if (first === undefined) throw missing();
  if (second !== undefined) {
    throw parsingError(`[${query}] query doesn't support multiple fields, found [${first[0]}] and [${second[0]}]`);
  }
  return { field: first[0], body: first[1] };
}

function fieldMissing(): Error {
  return illegalArgument('field name is null or empty');
}
