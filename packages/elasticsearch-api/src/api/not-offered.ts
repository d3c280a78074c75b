import type { Endpoint } from '../http/endpoint.ts';
import { notOffered } from '../http/not-offered.ts';

/** Routes of one method or more, below an index and without one. */
function searching(name: string): readonly string[] {
  return ['GET', 'POST'].flatMap((method) => [`${method} /${name}`, `${method} /{index}/${name}`]);
}

function routes(methods: string, ...paths: readonly string[]): readonly string[] {
  return methods.split(' ').flatMap((method) => paths.map((path) => `${method} ${path}`));
}

/** What clients may ask for and get a reason instead. */
export const unofferedEndpoints: readonly Endpoint[] = [
  notOffered('shrinking of an index', routes('PUT POST', '/{index}/_shrink/{target}')),
  notOffered('splitting of an index', routes('PUT POST', '/{index}/_split/{target}')),
  notOffered('freezing of an index', routes('POST', '/{index}/_freeze', '/{index}/_unfreeze')),
  notOffered('a data stream', routes('PUT DELETE', '/_data_stream/{name}')),
  notOffered(
    'a snapshot',
    routes('PUT POST DELETE', '/_snapshot/{repository}', '/_snapshot/{repository}/{snapshot}').concat(
      'POST /_snapshot/{repository}/{snapshot}/_restore',
      'PUT /_snapshot/{repository}/{snapshot}/_clone/{target}',
    ),
  ),
  notOffered('an ingest pipeline', routes('PUT DELETE', '/_ingest/pipeline/{id}')),
  notOffered(
    'the simulation of an ingest pipeline',
    routes('GET POST', '/_ingest/pipeline/_simulate', '/_ingest/pipeline/{id}/_simulate'),
  ),
  notOffered('the list of patterns of grok', routes('GET', '/_ingest/processor/grok')),
  notOffered('a stored script', [
    ...routes('PUT POST DELETE', '/_scripts/{id}'),
    ...routes('PUT POST', '/_scripts/{id}/{context}'),
  ]),
  notOffered('a search template', [
    ...searching('_search/template'),
    ...searching('_msearch/template'),
    ...routes('GET POST', '/_render/template', '/_render/template/{id}'),
  ]),
  notOffered('SQL', [
    ...routes('GET POST', '/_sql', '/_sql/translate', '/_opendistro/_sql', '/_plugins/_sql').concat('POST /_sql/close'),
  ]),
  notOffered('PPL', routes('POST', '/_opendistro/_ppl', '/_plugins/_ppl')),
  notOffered('ES|QL', ['POST /_query']),
  notOffered('EQL', routes('GET POST', '/{index}/_eql/search')),
  notOffered('an asynchronous search', [
    ...routes('POST', '/_async_search', '/{index}/_async_search'),
    ...routes('GET DELETE', '/_async_search/{id}'),
  ]),
  notOffered('[_terms_enum]', routes('GET POST', '/{index}/_terms_enum')),
  notOffered('[_rank_eval]', searching('_rank_eval')),
  notOffered('an index lifecycle policy', routes('PUT DELETE', '/_ilm/policy/{policy}')),
  notOffered('[_nodes/usage]', [
    ...routes('GET', '/_nodes/usage', '/_nodes/usage/{metric}', '/_nodes/{node}/usage'),
    'GET /_nodes/{node}/usage/{metric}',
  ]),
  notOffered('the list of contexts of scripts', routes('GET', '/_script_context', '/_script_language')),
  notOffered('the execution of a script', routes('GET POST', '/_scripts/painless/_execute')),
];
