import { checkVersion } from '../documents/check-version.ts';
import { readDocument } from '../documents/read-document.ts';
import { resourceNotFound, validationFailed } from '../errors/errors.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { documentRouting } from '../indices/document-routing.ts';
import { readableIndex } from '../indices/single-index.ts';
import { filterSource, wholeSource } from '../json/source-filter.ts';
import { sourceFilterOfParameters, sourceParameters } from '../search/parse-source-filter.ts';
import { checkPreference } from '../search/without-effect.ts';

/** The source alone, byte by byte. */
export const getSource: Endpoint = endpoint({
  routes: ['GET /{index}/_source/{id}', 'HEAD /{index}/_source/{id}', 'GET /{index}/_doc/{id}/_source'],
  parameters: {
    ...sourceParameters,
    version: 'long',
    version_type: 'string',
    routing: 'string',
    preference: 'string',
    realtime: 'boolean',
    refresh: 'boolean',
  },
  handle: ({ engine, parts, parameters }) => {
    if (parameters._source === 'false') throw validationFailed('fetching source can not be disabled');
    const index = readableIndex(engine, parts.index ?? '');
    checkPreference(parameters.preference);
    const id = parts.id ?? '';
    const document = readDocument(index, id, documentRouting(index, parts.index ?? '', id, parameters.routing));
    checkVersion(index, document, parameters.version, parameters.version_type);
    const filter = sourceFilterOfParameters(parameters) ?? wholeSource;
    const source = document === undefined ? undefined : filterSource(document.source(), filter);
    if (source === undefined) {
      throw resourceNotFound(`Document not found [${index.name}]/[_doc]/[${id}]`);
    }
    return { body: source };
  },
});
