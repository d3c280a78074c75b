import { performWrite } from '../documents/perform-write.ts';
import { writeCondition, writeParameters, writeRouting } from '../documents/write-parameters.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';

/** A document that is missing is `not_found` with 404, and the delete is recorded all the same. */
export const deleteDocument: Endpoint = endpoint({
  routes: ['DELETE /{index}/_doc/{id}'],
  parameters: writeParameters,
  refusedWhereReadOnly: true,
  handle: (request) =>
    performWrite(request, {
      target: request.parts.index ?? '',
      action: 'delete',
      id: request.parts.id ?? '',
      requireAlias: false,
      routing: writeRouting(request.parameters.routing),
      ...writeCondition(request.parameters),
    }),
});
