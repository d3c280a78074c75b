/** A well-formed request of each kind, for mutation. A list stands for lines of newline-delimited JSON. */
export const requests: readonly (readonly [method: string, path: string, body?: object])[] = [
  ['GET', '/'],
  ['GET', '/runs/_search?q=status:failed&size=3&sort=n:desc&_source=n'],
  ['POST', '/runs/_search', { query: { match: { title: { query: 'a b', operator: 'and', fuzziness: 'AUTO' } } } }],
  [
    'POST',
    '/runs/_search',
    {
      query: {
        bool: {
          must: [{ term: { status: { value: 'failed', boost: 2 } } }],
          filter: { range: { n: { gte: 1, lt: 5 } } },
          should: [{ prefix: { status: 'f' } }, { wildcard: { status: 'f*' } }, { regexp: { status: 'f.+' } }],
          must_not: [{ exists: { field: 'none' } }, { ids: { values: ['1'] } }],
          minimum_should_match: '50%',
        },
      },
      from: 1,
      size: 5,
      sort: [{ date: { order: 'desc', missing: '_last', unmapped_type: 'date' } }, '_score'],
      _source: { includes: ['n*'], excludes: ['t*'] },
      track_total_hits: 10,
      highlight: { fields: { '*': {} } },
      fields: ['n', { field: 'date', format: 'epoch_millis' }],
      docvalue_fields: ['status'],
    },
  ],
  [
    'POST',
    '/runs/_search',
    { query: { query_string: { query: 'status:(failed OR x*) AND n:[1 TO 3]', fields: ['title^2', '*'] } } },
  ],
  ['POST', '/runs/_search', { query: { simple_query_string: { query: '"a b" + -c | d*', fields: ['title'] } } }],
  [
    'POST',
    '/runs/_search',
    { query: { multi_match: { query: 'a', fields: ['title', 'status'], type: 'best_fields' } } },
  ],
  ['POST', '/runs/_search', { query: { terms: { status: ['failed', 'running'] } }, collapse: { field: 'status' } }],
  [
    'POST',
    '/runs/_search',
    { query: { match_phrase: { title: { query: 'a b', slop: 2 } } }, search_after: [1], sort: ['n'] },
  ],
  [
    'POST',
    '/runs/_search?typed_keys=true',
    {
      size: 0,
      aggs: {
        s: {
          terms: { field: 'status', size: 5, order: { _count: 'asc' }, include: 'f.*' },
          aggs: { m: { avg: { field: 'n' } } },
        },
        d: {
          date_histogram: {
            field: 'date',
            calendar_interval: 'day',
            time_zone: '+01:00',
            format: 'yyyy',
            min_doc_count: 0,
          },
        },
        h: { histogram: { field: 'n', interval: 5, offset: 1, extended_bounds: { min: 0, max: 50 } } },
        r: { range: { field: 'n', ranges: [{ to: 3 }, { from: 3, to: 5, key: 'x' }], keyed: true } },
        p: { percentiles: { field: 'n', percents: [1, 50, 99] } },
        c: { cardinality: { field: 'status', precision_threshold: 10 } },
        f: { filters: { filters: { a: { term: { status: 'failed' } } }, other_bucket: true } },
        t: { top_hits: { size: 1, sort: ['n'] } },
        x: { composite: { sources: [{ a: { terms: { field: 'status' } } }], size: 2 } },
        g: { global: {}, aggs: { e: { extended_stats: { field: 'n', sigma: 2 } } } },
        b: { max_bucket: { buckets_path: 'h>_count' } },
      },
    },
  ],
  ['POST', '/runs/_count', { query: { match_all: {} } }],
  ['POST', '/_msearch', [{ index: 'runs' }, { size: 1 }, {}, { query: { match_all: {} } }]],
  ['POST', '/runs/_field_caps?fields=*', { index_filter: { term: { status: 'failed' } } }],
  ['POST', '/runs/_explain/1', { query: { term: { status: 'failed' } } }],
  ['POST', '/runs/_validate/query?explain=true', { query: { term: { status: 'failed' } } }],
  [
    'POST',
    '/runs/_analyze',
    { tokenizer: 'standard', filter: ['lowercase', { type: 'stop', stopwords: ['a'] }], text: ['A b'], explain: true },
  ],
  ['POST', '/runs/_pit?keep_alive=1s'],
  ['POST', '/runs/_search?scroll=1s', { size: 1 }],
  ['POST', '/_search/scroll', { scroll_id: 'abc', scroll: '1m' }],
  [
    'PUT',
    '/runs/_doc/9?refresh=true&version=3&version_type=external',
    { n: 1, status: 'x', date: '2026-01-01', o: { p: [1, { q: 2 }] } },
  ],
  ['POST', '/runs/_update/1?retry_on_conflict=2', { doc: { n: 2 }, doc_as_upsert: true, detect_noop: false }],
  [
    'POST',
    '/runs/_update/1',
    {
      script: { source: 'ctx._source.n += params.by; if (ctx._source.n > 9) { ctx.op = "none" }', params: { by: 2 } },
      upsert: { n: 1 },
    },
  ],
  [
    'POST',
    '/_mget',
    {
      docs: [
        { _index: 'runs', _id: '1', _source: ['n'] },
        { _index: 'none', _id: '2' },
      ],
    },
  ],
  [
    'POST',
    '/_bulk',
    [
      { index: { _index: 'runs', _id: '3' } },
      { n: 3 },
      { update: { _index: 'runs', _id: '3' } },
      { doc: { n: 4 } },
      { delete: { _index: 'runs', _id: '3' } },
    ],
  ],
  [
    'POST',
    '/runs/_update_by_query?conflicts=proceed',
    { query: { term: { n: 3 } }, script: { source: 'ctx._source.z = 1' }, max_docs: 2 },
  ],
  ['POST', '/runs/_delete_by_query', { query: { term: { n: 77 } }, max_docs: 1 }],
  [
    'POST',
    '/_reindex',
    {
      source: { index: 'runs', query: { match_all: {} }, size: 10 },
      dest: { index: 'copied', op_type: 'create' },
      conflicts: 'proceed',
    },
  ],
  [
    'PUT',
    '/made',
    {
      mappings: {
        dynamic: 'strict',
        properties: {
          a: { type: 'text', fields: { k: { type: 'keyword', ignore_above: 9 } } },
          d: { type: 'date', format: 'yyyy||epoch_millis' },
        },
      },
      settings: {
        number_of_shards: 1,
        analysis: { analyzer: { x: { type: 'custom', tokenizer: 'standard', filter: ['lowercase'] } } },
      },
      aliases: { other: { filter: { term: { n: 1 } } } },
    },
  ],
  ['DELETE', '/made'],
  ['PUT', '/runs/_mapping', { properties: { extra: { type: 'keyword', doc_values: true } } }],
  ['PUT', '/runs/_settings', { index: { refresh_interval: '1s', max_result_window: 10000 } }],
  [
    'POST',
    '/_aliases',
    {
      actions: [
        { add: { index: 'runs', alias: 'named', routing: '1', is_write_index: true } },
        { remove: { index: 'runs', alias: 'named' } },
      ],
    },
  ],
  ['PUT', '/_template/legacy', { index_patterns: ['legacy-*'], order: 1, settings: {}, mappings: {}, aliases: {} }],
  [
    'PUT',
    '/_index_template/composed',
    { index_patterns: ['composed-*'], priority: 1, template: { settings: {}, mappings: {} }, composed_of: [] },
  ],
  ['PUT', '/_component_template/component', { template: { mappings: { properties: { a: { type: 'keyword' } } } } }],
  ['POST', '/_index_template/_simulate_index/composed-1'],
  ['GET', '/_cat/indices?v=true&h=index,docs.count&s=index:desc&bytes=kb&format=json'],
  ['GET', '/_cat/nodes?help'],
  ['GET', '/_cluster/health/runs?level=indices&wait_for_status=green&timeout=1s'],
  ['GET', '/_cluster/state/metadata,nodes/runs'],
  ['GET', '/_nodes/_all/http?filter_path=nodes.*.http'],
  ['GET', '/_tasks?detailed=true&actions=*reindex&group_by=parents'],
  ['GET', '/runs/_stats/docs,store?level=indices'],
  ['GET', '/_resolve/index/*?expand_wildcards=all'],
];
