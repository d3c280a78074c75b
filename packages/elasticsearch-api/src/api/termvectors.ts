import { validationFailed } from '../errors/errors.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { parseJsonBody } from '../json/parse-json.ts';
import { readTermVectors } from '../term-vectors/read-term-vectors.ts';
import { itemOfParameters, termVectorsParameters, withBody } from '../term-vectors/term-vectors-request.ts';

/** The terms of a document that is in the index, or of one that need not be. */
export const termvectors: Endpoint = endpoint({
  routes: ['GET', 'POST'].flatMap((method) => [
    `${method} /{index}/_termvectors`,
    `${method} /{index}/_termvectors/{id}`,
  ]),
  parameters: termVectorsParameters,
  handle: async ({ engine, parts, parameters, body, typed }) => {
    const { index, id } = parts;
    const named = { ...(index === undefined ? {} : { index }), ...(id === undefined ? {} : { id }) };
    const item = withBody({ ...itemOfParameters(parameters), ...named }, parseJsonBody(body) ?? {});
    if (item.id === undefined && item.doc === undefined) throw validationFailed('id or doc is missing');
    return { body: await readTermVectors(engine, item, typed) };
  },
});
