import { parseUpdateBody, parseUpdateJson } from '../documents/parse-update-body.ts';
import { performWrite } from '../documents/perform-write.ts';
import { writeCondition, writeParameters } from '../documents/write-parameters.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { bodyRequired } from '../json/parse-json.ts';
import { sourceFilterOfParameters, sourceParameters } from '../search/parse-source-filter.ts';

/** `retry_on_conflict` needs no retry here: nothing comes between the read and the write of an update. */
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
    const body = parseUpdateJson(request.body);
    if (body === undefined) throw bodyRequired();
    return performWrite(request, {
      target: parts.index ?? '',
      action: 'update',
      id: parts.id ?? '',
      update: parseUpdateBody(body, sourceFilterOfParameters(parameters)),
      requireAlias: parameters.require_alias ?? false,
      ...writeCondition(parameters),
    });
  },
});
