import { DaybookError } from '@daybook/errors';
import type { Index, StoredDocument } from '@daybook/search-engine';
import { readDocument } from '../documents/read-document.ts';
import { renderDocument } from '../documents/render-document.ts';
import { versionConflict } from '../documents/version-conflict.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { readableIndex } from '../indices/single-index.ts';
import { sourceFilterOfParameters, sourceParameters } from '../search/parse-source-filter.ts';

/** Real-time by id. */
export const get: Endpoint = endpoint({
  routes: ['GET /{index}/_doc/{id}', 'HEAD /{index}/_doc/{id}'],
  parameters: {
    ...sourceParameters,
    stored_fields: 'list',
    version: 'long',
    version_type: 'ignored',
    routing: 'ignored',
    preference: 'ignored',
    realtime: 'boolean',
    refresh: 'boolean',
  },
  handle: ({ engine, parts, parameters, typed }) => {
    const index = readableIndex(engine, parts.index ?? '');
    const id = parts.id ?? '';
    const document = readDocument(index, id);
    if (document !== undefined) checkVersion(index, document, parameters.version);
    const wanted = { source: sourceFilterOfParameters(parameters), storedFields: parameters.stored_fields };
    return {
      status: document === undefined ? 404 : 200,
      body: renderDocument(index, { id, typed }, document, wanted),
    };
  },
});

function checkVersion(index: Index, document: StoredDocument, version: number | undefined): void {
  if (version === undefined || version === document.version) return;
  const message = `current version [${document.version}] is different than the one provided [${version}]`;
  throw versionConflict(index, new DaybookError('conflict', `[${document.id}]: version conflict, ${message}`));
}
