import { answerOfNodes } from '../cluster/one-node.ts';
import { illegalArgument } from '../errors/errors.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { timeoutParameters } from '../indices/indices-options.ts';

/** Indices on disk that the catalog does not have: the catalog is on the same disk, so there are none. */
export const listDanglingIndices: Endpoint = endpoint({
  routes: ['GET /_dangling'],
  parameters: {},
  handle: (_, context) => {
    const { nodes: _nodes, ...answer } = answerOfNodes(context, undefined, {});
    return { body: { ...answer, dangling_indices: [] } };
  },
});

/** One that is named is not found. */
export const danglingIndex: Endpoint = endpoint({
  routes: ['POST /_dangling/{index_uuid}', 'DELETE /_dangling/{index_uuid}'],
  parameters: { ...timeoutParameters, accept_data_loss: 'boolean' },
  handle: ({ parts }) => {
    throw illegalArgument(`No dangling index found for UUID [${parts.index_uuid}]`);
  },
});
