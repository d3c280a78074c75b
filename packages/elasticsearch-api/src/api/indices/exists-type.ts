import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { indicesOptions, indicesParameters } from '../../indices/indices-options.ts';
import { missingTypes } from '../../indices/mapping-type.ts';
import { resolveIndices } from '../../indices/resolve-indices.ts';

/** 200 when every index that is named has a mapping of the types that are named. */
export const typeExists: Endpoint = endpoint({
  routes: ['HEAD /{index}/_mapping/{type}'],
  parameters: { ...indicesParameters, local: 'ignored' },
  handle: ({ engine, parts, parameters }) => {
    const indices = resolveIndices(engine, parts.index, indicesOptions('metadata_read', parameters));
    const areMapped = indices.length > 0 && indices.every(({ index }) => Object.keys(index.mappings()).length > 0);
    const found = areMapped && missingTypes(parts.type?.split(',') ?? []).length === 0;
    return { status: found ? 200 : 404, body: {} };
  },
});
