import { illegalArgument, unsupported } from '../../errors/errors.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';

/** Excludes nodes from votes. There is one, which cannot be excluded; others are not there, so nothing is to be done. */
export const postVotingConfigExclusions: Endpoint = endpoint({
  routes: ['POST /_cluster/voting_config_exclusions'],
  parameters: { node_ids: 'list', node_names: 'list', timeout: 'time' },
  refusedWhereReadOnly: true,
  handle: ({ parameters }, { nodeId, nodeName }) => {
    const { node_ids: ids, node_names: names } = parameters;
    if ((ids === undefined) === (names === undefined)) {
      throw illegalArgument(
        'Please set node identifiers correctly. One and only one of [node_name], [node_names] and [node_ids] has to be set',
      );
    }
    if (ids?.includes(nodeId) || names?.includes(nodeName)) throw unsupported('the exclusion of the only node');
    return { body: null, text: '' };
  },
});

/** There are none to remove. */
export const deleteVotingConfigExclusions: Endpoint = endpoint({
  routes: ['DELETE /_cluster/voting_config_exclusions'],
  parameters: { wait_for_removal: 'boolean' },
  refusedWhereReadOnly: true,
  handle: () => ({ body: null, text: '' }),
});
