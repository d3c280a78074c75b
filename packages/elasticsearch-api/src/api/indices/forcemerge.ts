import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { indicesOptions, indicesParameters } from '../../indices/indices-options.ts';
import { resolveIndices } from '../../indices/resolve-indices.ts';
import { shardsAnswer } from '../../indices/shards-answer.ts';

/** The engine updates in place and has no segments to merge; what it compacts, it compacts by itself. */
export const forcemerge: Endpoint = endpoint({
  routes: ['POST /_forcemerge', 'POST /{index}/_forcemerge'],
  parameters: {
    ...indicesParameters,
    max_num_segments: 'integer',
    only_expunge_deletes: 'boolean',
    flush: 'boolean',
    wait_for_completion: 'ignored',
  },
  refusedWhereReadOnly: true,
  handle: ({ engine, parts, parameters }) =>
    shardsAnswer(
      resolveIndices(engine, parts.index, indicesOptions('metadata_write', parameters, { forbidClosed: true })).length,
    ),
});
