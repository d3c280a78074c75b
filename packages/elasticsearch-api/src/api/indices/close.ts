import { illegalState } from '../../errors/errors.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { isClosed, setClosed } from '../../indices/closed-indices.ts';
import { requireNames } from '../../indices/destructive-names.ts';
import { indicesOptions, indicesParameters, timeoutParameters } from '../../indices/indices-options.ts';
import { resolveIndices } from '../../indices/resolve-indices.ts';

const parameters = { ...indicesParameters, ...timeoutParameters, wait_for_active_shards: 'activeShards' } as const;

/** Makes indices answer nothing until they are opened; their documents stay. */
export const closeIndex: Endpoint = endpoint({
  routes: ['POST /{index}/_close', 'POST /_close'],
  parameters,
  handle: async ({ engine, parts, parameters: given, privileged, settings }, context) => {
    requireNames(parts.index, settings.destructiveRequiresName);
    if (!settings.canClose) {
      throw illegalState(
        'closing indices is disabled - set [cluster.indices.close.enable: true] to enable it. NOTE: closed indices still ' +
          'consume a significant amount of diskspace',
      );
    }
    const skip = privileged ? {} : { skip: context.systemIndices };
    const resolved = resolveIndices(engine, parts.index, indicesOptions('metadata_write', given, skip));
    const names = resolved.map(({ index }) => index.name).filter((name) => !isClosed(engine, name));
    await setClosed(engine, names, true);
    // compat: a closed index has nothing to replay.
    await engine.flush();
    const indices = Object.fromEntries(names.map((name) => [name, { closed: true }]));
    return { body: { acknowledged: true, shards_acknowledged: names.length > 0, indices } };
  },
});
