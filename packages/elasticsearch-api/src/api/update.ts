import { conditionOfBody, parseUpdateBody, parseUpdateJson } from '../documents/parse-update-body.ts';
import { performWrite } from '../documents/perform-write.ts';
import { writeCondition, writeParameters, writeRouting } from '../documents/write-parameters.ts';
import { INTERNAL_VERSIONING } from '../documents/write-problems.ts';
import { validationFailed } from '../errors/errors.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { bodyRequired } from '../json/parse-json.ts';
import { sourceFilterOfParameters, sourceParameters } from '../search/parse-source-filter.ts';

/** Merges a part into a document, or runs a script on it. */
export const update: Endpoint = endpoint({
  routes: ['POST /{index}/_update/{id}', 'POST /{index}/_doc/{id}/_update'],
  parameters: {
    ...writeParameters,
    ...sourceParameters,
    require_alias: 'boolean',
    retry_on_conflict: 'integer',
    lang: 'ignored',
  },
  handle: (request) => {
    const { parts, parameters } = request;
    if (parameters.version !== undefined || parameters.version_type !== undefined) {
      throw validationFailed(INTERNAL_VERSIONING);
    }
    const body = parseUpdateJson(request.body);
    if (body === undefined) throw bodyRequired();
    return performWrite(request, {
      target: parts.index ?? '',
      action: 'update',
      id: parts.id ?? '',
      update: {
        ...parseUpdateBody(body, request.body.byteLength, sourceFilterOfParameters(parameters)),
        routing: writeRouting(parameters.routing),
      },
      requireAlias: parameters.require_alias ?? false,
      retryOnConflict: parameters.retry_on_conflict ?? 0,
      routing: writeRouting(parameters.routing),
      ...writeCondition({ ...parameters, ...conditionOfBody(body) }),
    });
  },
});
