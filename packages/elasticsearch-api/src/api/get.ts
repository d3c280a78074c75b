import { checkVersion } from '../documents/check-version.ts';
import { readDocument } from '../documents/read-document.ts';
import { renderDocument } from '../documents/render-document.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { documentRouting } from '../indices/document-routing.ts';
import { readableIndex } from '../indices/single-index.ts';
import { sourceFilterOfParameters, sourceParameters } from '../search/parse-source-filter.ts';
import { checkPreference } from '../search/without-effect.ts';

/** Real-time by id. */
export const get: Endpoint = endpoint({
  routes: ['GET /{index}/_doc/{id}', 'HEAD /{index}/_doc/{id}'],
  parameters: {
    ...sourceParameters,
    stored_fields: 'list',
    version: 'long',
    version_type: 'string',
    routing: 'string',
    preference: 'string',
    realtime: 'boolean',
    refresh: 'boolean',
  },
  handle: ({ engine, parts, parameters, typed }) => {
    const index = readableIndex(engine, parts.index ?? '');
    checkPreference(parameters.preference);
    const id = parts.id ?? '';
    const routing = documentRouting(index, parts.index ?? '', id, parameters.routing);
    const document = readDocument(index, id, routing);
    checkVersion(index, document, parameters.version, parameters.version_type);
    const wanted = { source: sourceFilterOfParameters(parameters), storedFields: parameters.stored_fields };
    return {
      status: document === undefined ? 404 : 200,
      body: renderDocument(index, { id, typed }, document, wanted),
    };
  },
});
