import { answerByQuery } from '../by-query/answer-by-query.ts';
import { runByQuery } from '../by-query/by-query.ts';
import {
  type ByQueryRequest,
  checkScan,
  defaultBatchSize,
  filteredBytes,
  missingSource,
  proceeds,
  withoutDefaultSize,
} from '../by-query/by-query-request.ts';
import { checkScrolls } from '../by-query/check-scrolls.ts';
import { maxDocsOf, parseSlices } from '../by-query/max-docs.ts';
import { ensureIndex } from '../documents/ensure-index.ts';
import { writeSource } from '../documents/prepare-write.ts';
import { parseOpType, parseVersionType } from '../documents/write-parameters.ts';
import { unsupported, validationFailed } from '../errors/errors.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { documentRouting } from '../indices/document-routing.ts';
import { indicesOptions } from '../indices/indices-options.ts';
import { writableIndex } from '../indices/single-index.ts';
import { isJsonObject, type JsonObject } from '../json/json.ts';
import { requireJsonBody } from '../json/parse-json.ts';
import { unsupportedToken } from '../query-dsl/option-readers.ts';
import type { QueryContext } from '../query-dsl/query-context.ts';
import { parseSearchBody } from '../search/parse-search-body.ts';
import { readContent, readMember } from '../search/read-content.ts';
import { requestQueryContext } from '../search/request-context.ts';
import { searchTargets } from '../search/search-targets.ts';

interface Plan extends ByQueryRequest {
  readonly source: string;
  readonly dest: string;
  readonly create: boolean;
  /** `keep`, `discard`, or a value behind `=`. */
  readonly routing: string;
}

/** Copies what a query finds into another index; without waiting it answers a task. */
export const reindex: Endpoint = endpoint({
  routes: ['POST /_reindex'],
  parameters: {
    wait_for_completion: 'boolean',
    max_docs: 'integer',
    refresh: 'boolean',
    requests_per_second: 'requestsPerSecond',
    scroll: 'time',
    slices: 'string',
    timeout: 'time',
    wait_for_active_shards: 'activeShards',
    require_alias: 'boolean',
  },
  handle: ({ engine, parameters, body, settings, typed, caller }, context) => {
    const plan = parsePlan(requireJsonBody(body), parameters, requestQueryContext(engine));
    const targets = searchTargets(engine, plan.source, indicesOptions('read', {}));
    checkScrolls(context, targets, parameters.scroll ?? 0, settings);
    const aliased = engine.index(plan.dest) === undefined ? writableIndex(engine, plan.dest, false) : undefined;
    const dest = aliased?.name ?? plan.dest;
    if (targets.some(({ index }) => index.name === dest)) {
      throw validationFailed(`reindex cannot write into an index its reading from [${dest}]`);
    }
    const { wait_for_completion: wait = true, requests_per_second: requestsPerSecond } = parameters;
    const description = `reindex from [${plan.source}] to [${plan.dest}][_doc]`;
    return answerByQuery(
      context,
      {
        caller,
        action: 'indices:data/write/reindex',
        description,
        wait,
        requestsPerSecond,
        counted: ['updated', 'created', 'deleted'],
      },
      async (watch) => {
        const dest = await ensureIndex(engine, plan.dest, {
          autoCreateIndex: settings.autoCreateIndex,
          isTold: true,
          requireAlias: parameters.require_alias ?? false,
        });
        return runByQuery(engine, {
          ...watch,
          targets,
          ...plan,
          nodeId: context.nodeId,
          typed,
          refresh: parameters.refresh ?? false,
          dest: dest.name,
          apply: async (hit, counts) => {
            const source = filteredBytes(hit, plan.search.source);
            const routing = documentRouting(dest, plan.dest, hit.id, routedBy(plan.routing, hit.routing));
            const type = plan.create ? 'create' : 'index';
            const { result } = await writeSource(engine, dest, { type, id: hit.id, routing, source });
            if (result === 'created') counts.created += 1;
            else counts.updated += 1;
          },
        });
      },
    );
  },
});

function parsePlan(
  body: JsonObject,
  { max_docs: maxDocsOfParameters, slices }: { readonly max_docs?: number; readonly slices?: string },
  context: QueryContext,
): Plan {
  const options = readContent('reindex', body, {
    source: 'any',
    dest: 'any',
    conflicts: 'any',
    max_docs: 'integer',
    size: 'integer',
    script: 'any',
  });
  if (options.script !== undefined) throw unsupported('[script] in a reindex');
  const { index, remote, ...searchBody } = objectOf(options.source, 'source');
  if (remote !== undefined) throw unsupported('[remote] in a reindex');
  const dest = readMember('reindex', 'dest', () => parseDest(objectOf(options.dest, 'dest')));
  if (dest.pipeline !== undefined) throw unsupported('[pipeline] in a reindex');
  const search = readMember('reindex', 'source', () =>
    parseSearchBody({ size: defaultBatchSize, ...withoutDefaultSize(searchBody) }, context),
  );
  const proceedOnConflicts = readMember('reindex', 'conflicts', () => proceeds(options.conflicts));
  const maxDocsOfBody = readMember('reindex', 'max_docs', () => maxDocsOf(options.max_docs, options.size));
  const maxDocs = maxDocsOf(maxDocsOfBody, maxDocsOfParameters);
  const sliceCount = parseSlices(slices, maxDocs);
  const source = (Array.isArray(index) ? index : [index ?? '']).map(String).join(',');
  checkScan(
    search,
    slices,
    source === '' && 'use _all if you really want to copy from all existing indexes',
    missingSource(search),
    dest.index === undefined && 'index must be specified',
    dest.routing !== undefined &&
      !/^(?:keep|discard|=.*)$/.test(dest.routing) &&
      'routing must be unset, [keep], [discard] or [=<some new value>]',
  );
  const { index: name = '', create, routing = 'keep' } = dest;
  return { source, search, dest: name, create, routing, maxDocs, slices: sliceCount, proceedOnConflicts };
}

/** What a document is routed by in its new index. */
function routedBy(wanted: string, routing: string | undefined): string | undefined {
  if (wanted === 'keep') return routing;
  return wanted === 'discard' || wanted === '=' ? undefined : wanted.slice(1);
}

function parseDest(given: JsonObject) {
  const options = readContent('dest', given, {
    index: 'string',
    op_type: 'string',
    version_type: 'string',
    routing: 'string',
    pipeline: 'any',
  });
  const { index, op_type: opType, version_type: versionType, routing } = options;
  if (versionType !== undefined) readMember('dest', 'version_type', () => parseVersionType(versionType));
  const type = readMember('dest', 'op_type', () => parseOpType(opType));
  return { index, routing, pipeline: options.pipeline, create: type === 'create' };
}

function objectOf(value: unknown, name: string): JsonObject {
  if (value === undefined || isJsonObject(value)) return value ?? {};
  throw unsupportedToken(value, name, 'reindex');
}
