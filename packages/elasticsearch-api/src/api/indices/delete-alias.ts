import { aliasesMissing } from '../../errors/errors.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { indicesOptions, timeoutParameters } from '../../indices/indices-options.ts';
import { refuseBlockedNames } from '../../indices/refuse-blocked-names.ts';
import { resolveIndices } from '../../indices/resolve-indices.ts';
import { matchesPattern } from '../../wildcards/wildcard.ts';

/** Removes aliases by name or pattern; none found is 404. */
export const deleteAlias: Endpoint = endpoint({
  routes: ['DELETE /{index}/_alias/{name}', 'DELETE /{index}/_aliases/{name}'],
  parameters: timeoutParameters,
  handle: async ({ engine, parts, privileged, settings }, context) => {
    const patterns = (parts.name ?? '').split(',').map((name) => (name === '_all' ? '*' : name));
    refuseBlockedNames(engine, settings, (parts.index ?? '').split(','));
    const skip = privileged ? {} : { skip: context.systemIndices };
    const changes = new Map<string, ReadonlyMap<string, undefined>>();
    for (const { index } of resolveIndices(
      engine,
      parts.index,
      indicesOptions('none', {}, { expandClosed: true, resolveAliases: false, ...skip }),
    )) {
      const names = Object.keys(index.aliases()).filter((name) =>
        patterns.some((pattern) => matchesPattern(pattern, name)),
      );
      if (names.length > 0) changes.set(index.name, new Map(names.map((name) => [name, undefined])));
    }
    if (changes.size === 0) throw aliasesMissing(patterns);
    await engine.updateAliases(changes);
    return { body: { acknowledged: true } };
  },
});
