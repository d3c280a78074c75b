import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { checkAliases, parseAliasDefinition } from '../../indices/alias-definition.ts';
import { indicesOptions, timeoutParameters } from '../../indices/indices-options.ts';
import { refuseBlockedNames } from '../../indices/refuse-blocked-names.ts';
import { resolveIndices } from '../../indices/resolve-indices.ts';
import { parseJsonBody } from '../../json/parse-json.ts';

const paths = ['/{index}/_alias/{name}', '/{index}/_aliases/{name}'];

/** Sets one alias of several indices. */
export const putAlias: Endpoint = endpoint({
  routes: paths.flatMap((path) => [`PUT ${path}`, `POST ${path}`]),
  parameters: timeoutParameters,
  handle: async ({ engine, parts, body, privileged, settings }, context) => {
    const name = parts.name ?? '';
    const definition = parseAliasDefinition(parseJsonBody(body));
    checkAliases(engine, { [name]: definition });
    refuseBlockedNames(engine, settings, (parts.index ?? '').split(','));
    const skip = privileged ? {} : { skip: context.systemIndices };
    const options = indicesOptions('none', {}, { allowNoIndices: false, resolveAliases: false, ...skip });
    const targets = resolveIndices(engine, parts.index, options);
    await engine.updateAliases(new Map(targets.map(({ index }) => [index.name, new Map([[name, definition]])])));
    return { body: { acknowledged: true } };
  },
});
