import { checkPipeline } from '../documents/check-pipeline.ts';
import { performWrite } from '../documents/perform-write.ts';
import { parseOpType, writeCondition, writeParameters, writeRouting } from '../documents/write-parameters.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { bodyRequired } from '../json/parse-json.ts';

/** Writes a document, new or in place of the old one. */
export const indexDocument: Endpoint = endpoint({
  routes: ['PUT /{index}/_doc/{id}', 'POST /{index}/_doc/{id}', 'POST /{index}/_doc'],
  parameters: { ...writeParameters, op_type: 'string', require_alias: 'boolean', pipeline: 'string' },
  refusedWhereReadOnly: true,
  handle: (request) => {
    const { parts, parameters, body } = request;
    checkPipeline(parameters.pipeline);
    if (body.byteLength === 0) throw bodyRequired();
    const id = parts.id === undefined ? {} : { id: parts.id };
    return performWrite(request, {
      target: parts.index ?? '',
      action: parseOpType(parameters.op_type),
      ...id,
      source: body,
      requireAlias: parameters.require_alias ?? false,
      routing: writeRouting(parameters.routing),
      ...writeCondition(parameters),
    });
  },
});
