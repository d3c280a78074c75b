import { refuseSystemIndices } from '../../access/protect-system-indices.ts';
import { illegalArgument } from '../../errors/errors.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { setClosed } from '../../indices/closed-indices.ts';
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
    if (!parameters.ignore_unavailable) refuseAliases(expression, engine);
    const options = indicesOptions('release', parameters, {
      resolveAliases: false,
      expandClosed: true,
      ...(privileged ? {} : { skip: context.systemIndices }),
    });
    const targets = resolveIndices(engine, expression, options);
    if (!privileged)
      refuseSystemIndices(
        targets.map(({ index }) => index.name),
        context.systemIndices,
      );
    for (const { index } of targets) {
      await engine.deleteIndex(index.name);
      await setClosed(engine, index.name, false);
    }
    return { body: { acknowledged: true } };
  },
});

function refuseAliases(expression: string, engine: Parameters<typeof resolveIndices>[0]): void {
  for (const name of expression.split(',')) {
    const isAlias = engine.indices().some((index) => Object.hasOwn(index.aliases(), name));
    if (!isAlias || engine.index(name) !== undefined) continue;
    throw illegalArgument(
      `The provided expression [${name}] matches an alias, specify the corresponding concrete indices instead.`,
    );
  }
}
