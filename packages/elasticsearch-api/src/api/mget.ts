import { isDaybookError } from '@daybook/errors';
import { type Engine, TimeSlice } from '@daybook/search-engine';
import { checkVersion } from '../documents/check-version.ts';
import { readDocument } from '../documents/read-document.ts';
import { renderDocument, type WantedParts } from '../documents/render-document.ts';
import { illegalArgument, parseError, parsingError, validationFailed } from '../errors/errors.ts';
import { renderError } from '../errors/render-error.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { documentRouting } from '../indices/document-routing.ts';
import { readableIndex } from '../indices/single-index.ts';
import { defined, isJsonObject, type JsonObject, type JsonTree, tokenOf } from '../json/json.ts';
import { requireJsonBody } from '../json/parse-json.ts';
import { readOptions } from '../query-dsl/option-readers.ts';
import { parseSourceFilter, sourceFilterOfParameters, sourceParameters } from '../search/parse-source-filter.ts';

/** What a request says of all its documents. */
interface Shared extends WantedParts {
  readonly routing?: string | undefined;
}

interface Item extends Shared {
  readonly index?: string;
  readonly id?: string;
  readonly version?: number;
  readonly versionType?: string;
}

const maxItems = 100_000;

/** Reads many documents by id; each has its own outcome. */
export const mget: Endpoint = endpoint({
  routes: ['GET /_mget', 'POST /_mget', 'GET /{index}/_mget', 'POST /{index}/_mget', 'POST /{index}/_doc/_mget'],
  parameters: {
    ...sourceParameters,
    stored_fields: 'list',
    routing: 'string',
    preference: 'ignored',
    realtime: 'boolean',
    refresh: 'boolean',
  },
  handle: async ({ engine, parts, parameters, body, typed }) => {
    const shared = {
      source: sourceFilterOfParameters(parameters),
      storedFields: parameters.stored_fields,
      routing: parameters.routing,
    };
    const items = parseItems(requireJsonBody(body));
    const complaints = items.flatMap((item, position) => [
      ...((item.index ?? parts.index) === undefined ? [`index is missing for doc ${position}`] : []),
      ...(item.id === undefined ? [`id is missing for doc ${position}`] : []),
    ]);
    if (items.length > maxItems)
      complaints.push(`[${items.length}] documents, at most [${maxItems}] can be got at once`);
    if (items.length === 0) complaints.push('no documents to get');
    if (complaints.length > 0) throw validationFailed(...complaints.slice(0, 100));
    const docs: JsonTree[] = [];
    const slice = new TimeSlice();
    for (const item of items) {
      docs.push(getItem(engine, item.index ?? parts.index ?? '', item, shared, typed));
      if (slice.isOver) await slice.next();
    }
    return { body: { docs } };
  },
});

function getItem(engine: Engine, target: string, item: Item, shared: Shared, typed: boolean): JsonTree {
  const id = item.id ?? '';
  try {
    const index = readableIndex(engine, target);
    const { source = shared.source, storedFields = shared.storedFields, routing = shared.routing } = item;
    const document = readDocument(index, id, documentRouting(index, target, id, routing));
    checkVersion(index, document, item.version, item.versionType);
    // compat: what mget does not find has no type where the index has no mapping yet.
    if (document === undefined && typed && Object.keys(index.mappings()).length === 0) {
      return { _index: index.name, _type: null, _id: id, found: false };
    }
    return renderDocument(index, { id, typed }, document, { source, storedFields });
  } catch (error) {
    if (!isDaybookError(error)) throw error;
    return { _index: target, _type: typed ? null : undefined, _id: id, error: renderError(error).error };
  }
}

function parseItems(body: JsonObject): readonly Item[] {
  return Object.entries(body).flatMap(([name, value]) => {
    if (!Array.isArray(value)) {
      throw parsingError(`unexpected token [${tokenOf(value)}], expected [FIELD_NAME] or [START_ARRAY]`);
    }
    if (name !== 'docs' && name !== 'ids') {
      throw parsingError(`unknown key [${name}] for a ${tokenOf(value)}, expected [docs] or [ids]`);
    }
    return name === 'ids' ? value.map(parseId) : value.map(parseItem);
  });
}

function parseId(value: unknown): Item {
  if (value !== null && typeof value !== 'object') return { id: String(value) };
  throw illegalArgument('ids array element should only contain ids');
}

function parseItem(value: unknown): Item {
  if (!isJsonObject(value)) throw illegalArgument('docs array element should include an object');
  const kinds = {
    _index: 'string',
    _id: 'string',
    _source: 'any',
    _type: 'ignored',
    routing: 'any',
    stored_fields: 'strings',
    version: 'integer',
    version_type: 'string',
  } as const;
  const options = readOptions('mget', value, kinds, (name) =>
    parseError(`failed to parse multi get request. unknown field [${name}]`),
  );
  return defined({
    index: options._index,
    id: options._id,
    routing: simpleText(options.routing),
    version: options.version,
    versionType: options.version_type,
    source: options._source === undefined ? undefined : parseSourceFilter(options._source),
    storedFields: options.stored_fields,
  });
}

/** compat: what is no simple value counts as none. */
function simpleText(value: unknown): string | undefined {
  return value === undefined || value === null || typeof value === 'object' ? undefined : String(value);
}
