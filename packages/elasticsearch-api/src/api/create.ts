import { checkPipeline } from '../documents/check-pipeline.ts';
import { performWrite } from '../documents/perform-write.ts';
import { writeCondition, writeParameters, writeRouting } from '../documents/write-parameters.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { bodyRequired } from '../json/parse-json.ts';

/** Writes a document whose id is not taken. */
export const create: Endpoint = endpoint({
  routes: [
    'PUT /{index}/_create/{id}',
    'POST /{index}/_create/{id}',
    'PUT /{index}/_doc/{id}/_create',
    'POST /{index}/_doc/{id}/_create',
  ],
  parameters: { ...writeParameters, require_alias: 'boolean', pipeline: 'string' },
  refusedWhereReadOnly: true,
  handle: (request) => {
    const { parts, parameters, body } = request;
    checkPipeline(parameters.pipeline);
    if (body.byteLength === 0) throw bodyRequired();
    return performWrite(request, {
      target: parts.index ?? '',
      action: 'create',
      id: parts.id ?? '',
      source: body,
      requireAlias: parameters.require_alias ?? false,
      routing: writeRouting(parameters.routing),
      ...writeCondition(parameters),
    });
  },
});
