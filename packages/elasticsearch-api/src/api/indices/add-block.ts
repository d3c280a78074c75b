import { illegalArgument, validationFailed } from '../../errors/errors.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { indicesOptions, indicesParameters, timeoutParameters } from '../../indices/indices-options.ts';
import { resolveIndices } from '../../indices/resolve-indices.ts';
import { flattenSettings, nestSettings } from '../../indices/settings.ts';

const known: ReadonlySet<string> = new Set(['metadata', 'read', 'read_only', 'read_only_allow_delete', 'write']);

/** Sets the setting of a block of several indices. Writes are done one by one, so none is under way when it is answered. */
export const addBlock: Endpoint = endpoint({
  routes: ['PUT /{index}/_block/{block}'],
  parameters: { ...indicesParameters, ...timeoutParameters },
  handle: async ({ engine, parts, parameters, privileged }, context) => {
    const { block = '' } = parts;
    if (!known.has(block)) throw illegalArgument(`No block found with name ${block}`);
    if (block === 'read_only_allow_delete') throw validationFailed(`${block} block is for internal use only`);
    const skip = privileged ? {} : { skip: context.systemIndices };
    const options = indicesOptions('metadata_write', parameters, skip);
    const resolved = resolveIndices(engine, parts.index, options);
    for (const { index } of resolved) {
      const settings = { ...flattenSettings(index.settings()), [`index.blocks.${block}`]: 'true' };
      await engine.putSettings(index.name, nestSettings(settings));
    }
    const indices = resolved.map(({ index }) => ({ name: index.name, blocked: true }));
    return { body: { acknowledged: true, shards_acknowledged: indices.length > 0, indices } };
  },
});
