import { isBlocked } from '@daybook/search-engine';
import { runByQuery } from '../../by-query/by-query.ts';
import { defaultBatchSize } from '../../by-query/by-query-request.ts';
import { writeSource } from '../../documents/prepare-write.ts';
import { illegalState } from '../../errors/errors.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { parseAliasDefinitions } from '../../indices/alias-definition.ts';
import { createIndexWithTemplates } from '../../indices/create-index.ts';
import { timeoutParameters } from '../../indices/indices-options.ts';
import { flattenSettings, nestSettings, providedName } from '../../indices/settings.ts';
import { readableIndex } from '../../indices/single-index.ts';
import { parseJsonBody } from '../../json/parse-json.ts';
import { maxResultWindow } from '../../search/execute-search.ts';
import { defaultSpecification } from '../../search/parse-search-body.ts';

/** Copies an index with its mapping, its settings and its documents; what the body says of settings goes above. */
export const cloneIndex: Endpoint = endpoint({
  routes: ['PUT /{index}/_clone/{target}', 'POST /{index}/_clone/{target}'],
  parameters: { ...timeoutParameters, wait_for_active_shards: 'activeShards' },
  handle: async ({ engine, parts, body }, { nodeId }) => {
    const source = readableIndex(engine, parts.index ?? '', 'metadata_read');
    if (!isBlocked('write', source.blocks())) {
      throw illegalState(`index ${source.name} must be read-only to resize index. use "index.blocks.write=true"`);
    }
    const json = parseJsonBody(body) ?? {};
    const given = { ...flattenSettings(source.settings()), ...flattenSettings(json.settings) };
    const settings = Object.entries(given).filter(([name, value]) => name !== providedName && value !== null);
    const target = await createIndexWithTemplates(engine, parts.target ?? '', {
      mappings: source.mappings(),
      settings: Object.fromEntries(settings.filter(([name]) => !name.startsWith('index.blocks.'))),
      aliases: parseAliasDefinitions(json.aliases),
    });
    const everything = defaultSpecification();
    const size = Math.min(defaultBatchSize, maxResultWindow(source));
    await runByQuery(engine, {
      targets: [{ index: source }],
      search: { ...everything, request: { ...everything.request, size } },
      nodeId,
      typed: false,
      refresh: false,
      maxDocs: undefined,
      slices: 1,
      proceedOnConflicts: false,
      apply: async (hit) => {
        const { id, routing } = hit;
        await writeSource(engine, target, { type: 'index', id, routing, source: hit.source() });
      },
    });
    // What is to refuse writes has been written to until now.
    await engine.putSettings(target.name, nestSettings(Object.fromEntries(settings)));
    return { body: { acknowledged: true, shards_acknowledged: true, index: target.name } };
  },
});
