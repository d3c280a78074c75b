import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { indicesOptions } from '../../indices/indices-options.ts';
import { parseJsonBody } from '../../json/parse-json.ts';
import { parseTopQuery } from '../../query-dsl/parse-query.ts';
import { executeSearch } from '../../search/execute-search.ts';
import { defaultSpecification } from '../../search/parse-search-body.ts';
import { requestQueryContext } from '../../search/request-context.ts';
import { queryOfParameters, queryParameters } from '../../search/search-parameters.ts';
import { countSearch } from '../../search/search-statistics.ts';
import { searchTargets } from '../../search/search-targets.ts';
import { renderTable, tableParameters } from '../../tables/render-table.ts';
import type { Column } from '../../tables/table.ts';

interface Row {
  readonly nowMs: number;
  readonly count: number;
}

const columns: readonly Column<Row>[] = [
  {
    name: 'epoch',
    aliases: ['t', 'time'],
    description: 'seconds since 1970-01-01 00:00:00',
    value: (row) => Math.floor(row.nowMs / 1000),
  },
  {
    name: 'timestamp',
    aliases: ['ts', 'hms', 'hhmmss'],
    description: 'time in HH:MM:SS',
    value: (row) => new Date(row.nowMs).toISOString().slice(11, 19),
  },
  {
    name: 'count',
    aliases: ['dc', 'docs.count', 'docsCount'],
    description: 'the document count',
    value: (row) => row.count,
  },
];

/** The number of documents. */
export const catCount: Endpoint = endpoint({
  routes: ['GET /_cat/count', 'POST /_cat/count', 'GET /_cat/count/{index}', 'POST /_cat/count/{index}'],
  parameters: { ...tableParameters, ...queryParameters },
  handle: async ({ engine, parts, parameters, body, wantsText }, context) => {
    const { request: base } = defaultSpecification();
    const json = parseJsonBody(body);
    const query =
      json?.query === undefined
        ? (queryOfParameters(parameters) ?? base.query)
        : parseTopQuery(json.query, requestQueryContext(engine));
    const targets = searchTargets(engine, parts.index, indicesOptions('read', {}));
    const sharded = await executeSearch(engine, targets, { ...base, query, size: 0 }, context.nodeId);
    countSearch(sharded);
    const rows = [{ nowMs: Date.now(), count: sharded.result.total }];
    return renderTable({ columns, rows }, { parameters, wantsText });
  },
});
