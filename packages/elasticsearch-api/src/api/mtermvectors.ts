import { isDaybookError } from '@daybook/errors';
import { illegalArgument, parseError, validationFailed } from '../errors/errors.ts';
import { renderError } from '../errors/render-error.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { isJsonObject, type JsonObject, type JsonTree } from '../json/json.ts';
import { parseJsonBody } from '../json/parse-json.ts';
import { readTermVectors } from '../term-vectors/read-term-vectors.ts';
import {
  itemOfParameters,
  type TermVectorsItem,
  termVectorsParameters,
  withBody,
} from '../term-vectors/term-vectors-request.ts';

/** Each may be as large as a document. */
const maxItems = 1000;

/** The terms of several documents; each has its own outcome. */
export const mtermvectors: Endpoint = endpoint({
  routes: ['GET', 'POST'].flatMap((method) => [`${method} /_mtermvectors`, `${method} /{index}/_mtermvectors`]),
  parameters: { ...termVectorsParameters, ids: 'list' },
  handle: async ({ engine, parts, parameters, body, typed }) => {
    const { index } = parts;
    const template = { ...itemOfParameters(parameters), ...(index === undefined ? {} : { index }) };
    const ofAddress = (parameters.ids ?? []).map((id) => ({ ...template, id }));
    const items = [...ofAddress, ...itemsOf(parseJsonBody(body) ?? {}, template)];
    checkItems(items);
    const docs: JsonTree[] = [];
    for (const item of items) {
      try {
        docs.push(await readTermVectors(engine, item, typed));
      } catch (error) {
        if (!isDaybookError(error) || error.code === 'limit-exceeded') throw error;
        const { error: rendered } = renderError(error);
        docs.push({ _index: item.index, _type: typed ? '_doc' : undefined, _id: item.id, error: rendered });
      }
    }
    return { body: { docs } };
  },
});

/** What `parameters` says holds for the ids, wherever it stands. */
function itemsOf(body: JsonObject, template: TermVectorsItem): readonly TermVectorsItem[] {
  const { docs, ids, parameters, ...others } = body;
  const [other] = Object.entries(others);
  if (other !== undefined) {
    const [name, value] = other;
    throw parseError(
      typeof value === 'object' && value !== null
        ? `no parameter named [${name}] and type ${Array.isArray(value) ? 'ARRAY' : 'OBJECT'}`
        : `_mtermvectors: Parameter [${name}] not supported`,
    );
  }
  const shared = isJsonObject(parameters) ? withBody(template, parameters) : template;
  const ofIds = Array.isArray(ids) ? ids.map((id) => ({ ...shared, id: String(id) })) : [];
  const ofDocs = Array.isArray(docs) ? docs.map((doc: unknown) => withBody(template, objectOf(doc))) : [];
  return [...ofDocs, ...ofIds];
}

function objectOf(doc: unknown): JsonObject {
  if (isJsonObject(doc)) return doc;
  throw illegalArgument('docs array element should include an object');
}

function checkItems(items: readonly TermVectorsItem[]): void {
  if (items.length === 0) throw validationFailed('multi term vectors: no documents requested');
  if (items.length > maxItems) {
    throw validationFailed(`[${items.length}] documents, at most [${maxItems}] can be asked for at once`);
  }
  const complaints = items.flatMap(({ index, id, doc }, at) => {
    const missing = [
      index === undefined && 'index is missing',
      id === undefined && doc === undefined && 'id or doc is missing',
    ].filter((complaint) => complaint !== false);
    return missing.length === 0 ? [] : [...missing, `at multi term vectors for doc ${at}`];
  });
  if (complaints.length > 0) throw validationFailed(...complaints);
}
