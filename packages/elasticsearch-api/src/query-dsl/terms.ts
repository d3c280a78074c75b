import type { QueryValue } from '@daybook/search-engine';
import { illegalArgument, parsingError } from '../errors/errors.ts';
import { isJsonObject, type JsonObject } from '../json/json.ts';
import { common, commonKinds } from './common-options.ts';
import { requireObject } from './field-query.ts';
import { readOptions } from './option-readers.ts';
import type { QueryContext, QueryParser } from './query-context.ts';

const maxTerms = 65_536;

/** Any of several values, listed or looked up in a document. */
export const parseTerms: QueryParser = (body, context) => {
  const { boost, _name, ...fields } = requireObject('terms', body);
  const options = readOptions('terms', { boost: boost ?? null, _name: _name ?? null }, commonKinds);
  const entries = Object.entries(fields);
  const [first] = entries;
  if (first === undefined) {
    throw parsingError(
      '[terms] query requires a field name, followed by array of terms or a document lookup specification',
    );
  }
  if (entries.length > 1) throw parsingError('[terms] query does not support multiple fields');
  const [field, given] = first;
  const values = isJsonObject(given) ? lookUp(given, context) : readValues(field, given);
  if (values.length > maxTerms) {
    throw illegalArgument(
      `The number of terms [${values.length}] used in the Terms Query request has exceeded the allowed maximum of ` +
        `[${maxTerms}]. This maximum can be set by changing the [index.max_terms_count] index level setting.`,
    );
  }
  if (field === '_id') return { type: 'ids', values: values.map(String), ...common(options) };
  return { type: 'terms', field, values, ...common(options) };
};

function readValues(field: string, given: unknown): readonly QueryValue[] {
  if (!Array.isArray(given)) throw parsingError(`[terms] query does not support [${field}]`);
  return given.map((value: unknown) => {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
    throw parsingError(
      value === null ? 'No value specified for terms query' : `[terms] query does not support [${field}]`,
    );
  });
}

function lookUp(specification: JsonObject, context: QueryContext): readonly QueryValue[] {
  const options = readOptions('terms', specification, {
    index: 'string',
    id: 'string',
    path: 'string',
    routing: 'string',
    type: 'ignored',
  });
  const { index, id, path, routing } = options;
  if (index === undefined || id === undefined || path === undefined) {
    throw illegalArgument('[terms] query lookup element requires specifying the index, the id and the path.');
  }
  if (context.lookupTerms === undefined) throw illegalArgument('[terms] query lookup cannot be used here');
  return context.lookupTerms(index, id, path, routing);
}
