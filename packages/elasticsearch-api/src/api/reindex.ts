import type { Query } from '@daybook/search-engine';
import { answerByQuery } from '../by-query/answer-by-query.ts';
import { runByQuery } from '../by-query/by-query.ts';
import { proceeds } from '../by-query/by-query-parameters.ts';
import { ensureIndex } from '../documents/ensure-index.ts';
import { contentParseError, illegalArgument, unsupported, validationFailed } from '../errors/errors.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { indicesOptions } from '../indices/indices-options.ts';
import { isJsonObject, type JsonObject } from '../json/json.ts';
import { requireJsonBody } from '../json/parse-json.ts';
import { filterSource, type SourceFilter, wholeSource } from '../json/source-filter.ts';
import { readOptions, toNumber } from '../query-dsl/option-readers.ts';
import { parseTopQuery } from '../query-dsl/parse-query.ts';
import type { QueryContext } from '../query-dsl/query-context.ts';
import { parseSourceFilter } from '../search/parse-source-filter.ts';
import { requestQueryContext } from '../search/request-context.ts';
import { searchTargets } from '../search/search-targets.ts';

interface Plan {
  readonly source: string;
  readonly query: Query;
  readonly filter: SourceFilter;
  readonly batchSize: number;
  readonly dest: string;
  readonly create: boolean;
  readonly maxDocs: number | undefined;
  readonly proceedOnConflicts: boolean;
}

/** Copies what a query finds into another index; without waiting it answers a task. */
export const reindex: Endpoint = endpoint({
  routes: ['POST /_reindex'],
  parameters: {
    wait_for_completion: 'boolean',
    max_docs: 'integer',
    refresh: 'refresh',
    requests_per_second: 'ignored',
    scroll: 'ignored',
    slices: 'ignored',
    timeout: 'ignored',
    wait_for_active_shards: 'ignored',
    require_alias: 'boolean',
  },
  handle: ({ engine, parameters, body }, context) => {
    const plan = parsePlan(requireJsonBody(body), requestQueryContext(engine));
    const targets = searchTargets(engine, plan.source, indicesOptions({}));
    if (targets.some(({ index }) => index.name === plan.dest)) {
      throw validationFailed(`reindex cannot write into an index its reading from [${plan.dest}]`);
    }
    const wait = parameters.wait_for_completion ?? true;
    const description = `reindex from [${plan.source}] to [${plan.dest}]`;
    return answerByQuery(
      context,
      { action: 'indices:data/write/reindex', description, wait, counted: ['updated', 'created', 'deleted'] },
      async (signal) => {
        const dest = await ensureIndex(engine, plan.dest, parameters.require_alias ?? false);
        return runByQuery(engine, {
          signal,
          targets,
          query: plan.query,
          maxDocs: plan.maxDocs ?? parameters.max_docs,
          batchSize: plan.batchSize,
          proceedOnConflicts: plan.proceedOnConflicts,
          apply: (hit, counts) => {
            const source = filterSource(hit.source(), plan.filter)?.bytes ?? Buffer.from('{}');
            const { result } = dest.write({ type: plan.create ? 'create' : 'index', id: hit.id, source });
            if (result === 'created') counts.created += 1;
            else counts.updated += 1;
          },
        });
      },
    );
  },
});

function parsePlan(body: JsonObject, context: QueryContext): Plan {
  const unknown = (parser: string) => (name: string) => contentParseError(`[${parser}] unknown field [${name}]`);
  const options = readOptions(
    'reindex',
    body,
    { source: 'any', dest: 'any', conflicts: 'string', max_docs: 'integer', size: 'integer', script: 'any' },
    unknown('reindex'),
  );
  if (options.script !== undefined) throw unsupported('[script] in a reindex');
  if (!isJsonObject(options.source) || !isJsonObject(options.dest)) throw illegalArgument('Required [source, dest]');
  const source = readOptions(
    'source',
    options.source,
    {
      index: 'strings',
      query: 'any',
      size: 'integer',
      _source: 'any',
      remote: 'any',
      sort: 'ignored',
      slice: 'ignored',
    },
    unknown('source'),
  );
  const dest = readOptions(
    'dest',
    options.dest,
    { index: 'string', op_type: 'string', version_type: 'ignored', routing: 'ignored', pipeline: 'any' },
    unknown('dest'),
  );
  if (source.remote !== undefined) throw unsupported('[remote] in a reindex');
  if (dest.pipeline !== undefined) throw unsupported('[pipeline] in a reindex');
  if (source.index === undefined || dest.index === undefined) throw validationFailed('index is missing');
  return {
    source: source.index.join(','),
    query: source.query === undefined ? { type: 'matchAll' } : parseTopQuery(source.query, context),
    filter: source._source === undefined ? wholeSource : parseSourceFilter(source._source),
    batchSize: Math.min(Math.max(toNumber(source.size ?? 1000), 1), 10_000),
    dest: dest.index,
    create: dest.op_type === 'create',
    maxDocs: options.max_docs ?? options.size,
    proceedOnConflicts: proceeds(options.conflicts),
  };
}
