import { refuseSystemIndices } from '../../access/protect-system-indices.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { openDeleted } from '../../indices/closed-indices.ts';
import { requireNames } from '../../indices/destructive-names.ts';
import { indicesOptions, indicesParameters, timeoutParameters } from '../../indices/indices-options.ts';
import { resolveIndices } from '../../indices/resolve-indices.ts';

/** Deletes indices; wildcards pass over system indices unless the system itself asks. */
export const deleteIndex: Endpoint = endpoint({
  routes: ['DELETE /{index}'],
  parameters: { ...indicesParameters, ...timeoutParameters },
  handle: async ({ engine, parts, parameters, privileged, settings }, context) => {
    const expression = parts.index ?? '';
    requireNames(expression, settings.destructiveRequiresName);
    const options = indicesOptions('release', parameters, {
      resolveAliases: false,
      expandClosed: true,
      ...(privileged ? {} : { skip: context.systemIndices }),
    });
    const targets = resolveIndices(engine, expression, options);
    const names = targets.map(({ index }) => index.name);
    if (!privileged) refuseSystemIndices(names, context.systemIndices);
    await openDeleted(engine, names);
    await engine.deleteIndices(names);
    return { body: { acknowledged: true } };
  },
});
