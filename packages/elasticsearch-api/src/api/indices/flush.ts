import type { Engine } from '@daybook/search-engine';
import { validationFailed } from '../../errors/errors.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { indicesOptions, indicesParameters } from '../../indices/indices-options.ts';
import { type ResolvedIndex, resolveIndices } from '../../indices/resolve-indices.ts';
import { shardsAnswer } from '../../indices/shards-answer.ts';

/** Writes a checkpoint of the whole engine. */
export const flush: Endpoint = endpoint({
  routes: ['GET /_flush', 'POST /_flush', 'GET /{index}/_flush', 'POST /{index}/_flush'],
  parameters: { ...indicesParameters, force: 'boolean', wait_if_ongoing: 'boolean' },
  handle: async ({ engine, parts, parameters }) => {
    if (parameters.force && parameters.wait_if_ongoing === false) {
      throw validationFailed('wait_if_ongoing must be true for a force flush');
    }
    const indices = resolveIndices(engine, parts.index, indicesOptions('none', parameters, { forbidClosed: true }));
    await flushAll(engine, indices);
    return shardsAnswer(indices.length);
  },
});

/** The same under its older name; it tells of each index. */
export const flushSynced: Endpoint = endpoint({
  routes: ['GET', 'POST'].flatMap((method) => [`${method} /_flush/synced`, `${method} /{index}/_flush/synced`]),
  parameters: indicesParameters,
  handle: async ({ engine, parts, parameters }) => {
    const indices = resolveIndices(engine, parts.index, indicesOptions('none', parameters, { forbidClosed: true }));
    await flushAll(engine, indices);
    const answer = (count: number) => ({ total: count, successful: count, failed: 0 });
    const entries = indices.map(({ index }) => [index.name, answer(1)]);
    return { body: { _shards: answer(indices.length), ...Object.fromEntries(entries) } };
  },
});

async function flushAll(engine: Engine, indices: readonly ResolvedIndex[]): Promise<void> {
  const startedMs = performance.now();
  await engine.flush();
  const tookMs = (performance.now() - startedMs) / indices.length;
  for (const { index } of indices) {
    index.counters.flushes += 1;
    index.counters.flushMs += tookMs;
  }
}
