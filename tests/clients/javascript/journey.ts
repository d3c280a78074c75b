import { expect } from 'vitest';
import { documents, mappings } from '../support/documents.ts';

// biome-ignore lint/suspicious/noExplicitAny: five clients with five sets of types are called through the methods that all have
type Any = any;

/** A client under test. */
export interface Subject {
  readonly client: Any;
  readonly index: string;
  /** Points in time are opened in OpenSearch's way. */
  readonly openSearch: boolean;
}

type Step = readonly [behaviour: string, run: (subject: Subject) => Promise<void>];

/** The answer's body: versions 8 and 9 give it alone, the others with status and headers around it. */
async function ask(call: Promise<Any>): Promise<Any> {
  const answer = await call;
  return answer !== null && typeof answer === 'object' && 'statusCode' in answer ? answer.body : answer;
}

async function failure(call: Promise<Any>): Promise<{ status: number; type: string }> {
  const error: Any = await call.then(
    () => expect.unreachable('an error was expected'),
    (thrown: unknown) => thrown,
  );
  return { status: error.statusCode, type: error.meta?.body?.error?.type };
}

const ids = (answer: Any): string[] => answer.hits.hits.map((hit: Any) => hit._id);

/** What a program does with a database, in order: later steps use what earlier ones made. */
export const journey: readonly Step[] = [
  [
    'recognizes the product',
    async ({ client }) => {
      expect(await ask(client.ping())).toBe(true);
      const info = await ask(client.info());
      expect(info.tagline).toBe('You Know, for Search');
      expect(info.version.number).toMatch(/^7\.17\.\d+$/);
    },
  ],
  [
    'makes, reads and removes templates of three kinds',
    async ({ client, index }) => {
      const pattern = [`${index}-templated-*`];
      const template = { settings: { number_of_shards: 1 }, mappings: { properties: { status: { type: 'keyword' } } } };
      const component = `${index}-component`;
      await ask(client.cluster.putComponentTemplate({ name: component, body: { template } }));
      const composed = { index_patterns: pattern, composed_of: [component], priority: 7 };
      await ask(client.indices.putIndexTemplate({ name: `${index}-composable`, body: composed }));
      await ask(
        client.indices.putTemplate({
          name: `${index}-legacy`,
          body: { index_patterns: [`${index}-old-*`], ...template },
        }),
      );
      expect(await ask(client.indices.existsTemplate({ name: `${index}-legacy` }))).toBe(true);
      expect(await ask(client.indices.existsIndexTemplate({ name: `${index}-composable` }))).toBe(true);
      const legacy = await ask(client.indices.getTemplate({ name: `${index}-legacy` }));
      expect(legacy[`${index}-legacy`].index_patterns).toEqual([`${index}-old-*`]);
      const composable = await ask(client.indices.getIndexTemplate({ name: `${index}-composable` }));
      expect(composable.index_templates[0].index_template.composed_of).toEqual([component]);
      const components = await ask(client.cluster.getComponentTemplate({ name: component }));
      expect(components.component_templates[0].name).toBe(component);
      for (const kind of ['templated', 'old']) {
        await ask(client.index({ index: `${index}-${kind}-1`, body: { status: 'running' } }));
        const made = await ask(client.indices.getMapping({ index: `${index}-${kind}-1` }));
        expect(made[`${index}-${kind}-1`].mappings.properties.status.type).toBe('keyword');
        await ask(client.indices.delete({ index: `${index}-${kind}-1` }));
      }
      await ask(client.indices.deleteTemplate({ name: `${index}-legacy` }));
      await ask(client.indices.deleteIndexTemplate({ name: `${index}-composable` }));
      await ask(client.cluster.deleteComponentTemplate({ name: component }));
      expect(await ask(client.indices.existsTemplate({ name: `${index}-legacy` }))).toBe(false);
    },
  ],
  [
    'creates an index with mappings and changes them',
    async ({ client, index }) => {
      const created = await ask(
        client.indices.create({ index, body: { mappings, settings: { number_of_shards: 1 } } }),
      );
      expect(created).toMatchObject({ acknowledged: true, index });
      expect(await ask(client.indices.exists({ index }))).toBe(true);
      await ask(client.indices.putMapping({ index, body: { properties: { note: { type: 'text' } } } }));
      const found = await ask(client.indices.getMapping({ index }));
      expect(found[index].mappings.properties).toMatchObject({ ...mappings.properties, note: { type: 'text' } });
      const whole = await ask(client.indices.get({ index }));
      expect(whole[index].settings.index.number_of_shards).toBe('1');
      expect(await failure(client.indices.create({ index }))).toEqual({
        status: 400,
        type: 'resource_already_exists_exception',
      });
    },
  ],
  [
    'writes, reads and removes documents',
    async ({ client, index }) => {
      const [first] = documents;
      const made = await ask(client.index({ index, id: 'x', body: first }));
      expect(made).toMatchObject({ _index: index, _id: 'x', result: 'created', _version: 1 });
      expect(await ask(client.exists({ index, id: 'x' }))).toBe(true);
      expect((await ask(client.get({ index, id: 'x' })))._source).toEqual(first);
      expect(await ask(client.getSource({ index, id: 'x' }))).toEqual(first);
      await ask(client.create({ index, id: 'y', body: { ...first, status: 'running' } }));
      expect(await failure(client.create({ index, id: 'y', body: first }))).toEqual({
        status: 409,
        type: 'version_conflict_engine_exception',
      });
      const some = await ask(client.mget({ index, body: { ids: ['x', 'y', 'none'] } }));
      expect(some.docs.map((doc: Any) => doc.found)).toEqual([true, true, false]);
      const updated = await ask(client.update({ index, id: 'y', body: { doc: { status: 'failed' } } }));
      expect(updated.result).toBe('updated');
      const guarded = { index, id: 'y', if_seq_no: 9_999, if_primary_term: 1, body: first };
      expect((await failure(client.index(guarded))).status).toBe(409);
      const unnamed = await ask(client.index({ index, body: first, refresh: true }));
      expect(unnamed._id).toHaveLength(20);
      for (const id of ['x', 'y', unnamed._id])
        expect((await ask(client.delete({ index, id }))).result).toBe('deleted');
      expect((await failure(client.get({ index, id: 'x' }))).status).toBe(404);
      expect((await failure(client.delete({ index, id: 'x' }))).status).toBe(404);
    },
  ],
  [
    'writes with the bulk helper, and sees which action failed',
    async ({ client, index }) => {
      const done = await client.helpers.bulk({
        datasource: [...documents],
        onDocument: (document: Any) => ({ index: { _index: index, _id: document.id } }),
        refreshOnCompletion: true,
      });
      expect(done).toMatchObject({ total: documents.length, successful: documents.length, failed: 0 });
      const mixed = await ask(
        client.bulk({ index, body: [{ create: { _id: '1' } }, documents[0], { delete: { _id: 'no' } }] }),
      );
      expect(mixed.errors).toBe(true);
      expect(mixed.items[0].create.error.type).toBe('version_conflict_engine_exception');
      expect(mixed.items[1].delete).toMatchObject({ status: 404, result: 'not_found' });
    },
  ],
  [
    'counts and searches',
    async ({ client, index }) => {
      expect((await ask(client.count({ index }))).count).toBe(documents.length);
      expect((await ask(client.count({ index, q: 'status:failed' }))).count).toBe(2);
      const found = await ask(
        client.search({
          index,
          body: {
            query: { bool: { must: [{ match: { title: 'brightness' } }], filter: { term: { labels: 're-1' } } } },
            sort: [{ duration: 'desc' }, { id: 'asc' }],
            _source: ['id', 'status'],
          },
        }),
      );
      expect(found.hits.total).toEqual({ value: 3, relation: 'eq' });
      expect(ids(found)).toEqual(['5', '3', '1']);
      expect(found.hits.hits[0]._source).toEqual({ id: '5', status: 'running' });
      const plain = await ask(client.search({ index, q: 'status:failed', rest_total_hits_as_int: true }));
      expect(plain.hits.total).toBe(2);
    },
  ],
  [
    'aggregates, with and without typed keys',
    async ({ client, index }) => {
      const body = {
        size: 0,
        aggs: {
          status: { terms: { field: 'status' }, aggs: { longest: { max: { field: 'duration' } } } },
          days: { date_histogram: { field: 'start-time', calendar_interval: 'day' } },
        },
      };
      const plain = await ask(client.search({ index, body }));
      expect(
        plain.aggregations.status.buckets.map((each: Any) => [each.key, each.doc_count, each.longest.value]),
      ).toEqual([
        ['succeeded', 3, 60],
        ['failed', 2, 40],
        ['running', 1, 50],
      ]);
      expect(plain.aggregations.days.buckets).toHaveLength(6);
      const typed = await ask(client.search({ index, typed_keys: true, body }));
      expect(Object.keys(typed.aggregations).sort()).toEqual(['date_histogram#days', 'sterms#status']);
      expect(typed.aggregations['sterms#status'].buckets[0]['max#longest'].value).toBe(60);
    },
  ],
  [
    'pages with search_after',
    async ({ client, index }) => {
      const seen: string[] = [];
      let after: unknown[] | undefined;
      for (;;) {
        const body = { size: 2, sort: [{ finished: 'asc' }, { id: 'asc' }], ...(after && { search_after: after }) };
        const page = await ask(client.search({ index, body }));
        if (page.hits.hits.length === 0) break;
        seen.push(...ids(page));
        after = page.hits.hits.at(-1).sort;
      }
      expect([...seen].sort()).toEqual(documents.map((document) => document.id));
      expect(seen.slice(-3)).toEqual(['2', '4', '5']);
    },
  ],
  [
    'scrolls',
    async ({ client, index }) => {
      const seen: string[] = [];
      let page = await ask(client.search({ index, scroll: '1m', size: 4, body: { sort: ['_doc'] } }));
      while (page.hits.hits.length > 0) {
        seen.push(...ids(page));
        page = await ask(client.scroll({ body: { scroll_id: page._scroll_id, scroll: '1m' } }));
      }
      expect(seen.sort()).toEqual(documents.map((document) => document.id));
      const cleared = await ask(client.clearScroll({ body: { scroll_id: [page._scroll_id] } }));
      expect(cleared).toMatchObject({ succeeded: true, num_freed: 1 });
      let helped = 0;
      for await (const each of client.helpers.scrollDocuments({ index, body: { size: 4, query: { match_all: {} } } })) {
        expect(each.id).toBeDefined();
        helped += 1;
      }
      expect(helped).toBe(documents.length);
    },
  ],
  [
    'searches in a point in time',
    async ({ client, index, openSearch }) => {
      const opened = openSearch
        ? (await ask(client.createPit({ index, keep_alive: '1m' }))).pit_id
        : (await ask(client.openPointInTime({ index, keep_alive: '1m' }))).id;
      const page = await ask(client.search({ body: { size: 3, pit: { id: opened, keep_alive: '1m' }, sort: ['id'] } }));
      expect(ids(page)).toEqual(['1', '2', '3']);
      expect(page.pit_id).toBe(opened);
      const closed = openSearch
        ? (await ask(client.deletePit({ body: { pit_id: [opened] } }))).pits[0].successful
        : (await ask(client.closePointInTime({ body: { id: opened } }))).succeeded;
      expect(closed).toBe(true);
      expect((await failure(client.search({ body: { pit: { id: opened } } }))).status).toBe(404);
    },
  ],
  [
    'sends many searches at once',
    async ({ client, index }) => {
      const body = [{ index }, { size: 1 }, { index: 'not-there' }, {}, {}, { sort: ['not-a-field'] }];
      const { responses } = await ask(client.msearch({ body }));
      expect(responses.map((each: Any) => each.status)).toEqual([200, 404, 400]);
      expect(responses[1].error.type).toBe('index_not_found_exception');
    },
  ],
  [
    'describes fields, explains and validates',
    async ({ client, index }) => {
      const caps = await ask(client.fieldCaps({ index, fields: ['stat*', 'duration'] }));
      expect(caps.fields.status.keyword).toMatchObject({ type: 'keyword', searchable: true, aggregatable: true });
      const query = { term: { status: 'failed' } };
      const explained = await ask(client.explain({ index, id: '2', body: { query } }));
      expect(explained.matched).toBe(true);
      expect((await ask(client.indices.validateQuery({ index, body: { query } }))).valid).toBe(true);
    },
  ],
  [
    'analyzes text',
    async ({ client, index }) => {
      const { tokens } = await ask(client.indices.analyze({ index, body: { field: 'title', text: 'Scans of ATMS' } }));
      expect(tokens.map((each: Any) => [each.token, each.start_offset, each.end_offset, each.position])).toEqual([
        ['scans', 0, 5, 0],
        ['of', 6, 8, 1],
        ['atms', 9, 13, 2],
      ]);
      const custom = { tokenizer: 'whitespace', filter: ['lowercase'], text: 'A-B C' };
      const split = await ask(client.indices.analyze({ body: custom }));
      expect(split.tokens.map((each: Any) => each.token)).toEqual(['a-b', 'c']);
    },
  ],
  [
    'updates, copies and deletes by query',
    async ({ client, index }) => {
      const script = { source: "ctx._source.note = 'seen'", lang: 'painless' };
      const updated = await ask(
        client.updateByQuery({ index, refresh: true, body: { script, query: { term: { status: 'failed' } } } }),
      );
      expect(updated).toMatchObject({ updated: 2, total: 2, failures: [] });
      expect((await ask(client.count({ index, q: 'note:seen' }))).count).toBe(2);
      const copy = { source: { index }, dest: { index: `${index}-copy` } };
      const { task } = await ask(client.reindex({ wait_for_completion: false, body: copy }));
      let state = await ask(client.tasks.get({ task_id: task, wait_for_completion: true }));
      while (!state.completed) state = await ask(client.tasks.get({ task_id: task }));
      expect(state.response).toMatchObject({ created: documents.length, failures: [] });
      const query = { range: { duration: { gte: 40 } } };
      const deleted = await ask(client.deleteByQuery({ index: `${index}-copy`, refresh: true, body: { query } }));
      expect(deleted.deleted).toBe(3);
      await ask(client.indices.delete({ index: `${index}-copy` }));
    },
  ],
  [
    'gives an index other names',
    async ({ client, index }) => {
      const name = `${index}-alias`;
      await ask(client.indices.putAlias({ index, name }));
      expect(await ask(client.indices.existsAlias({ name }))).toBe(true);
      expect(await ask(client.indices.getAlias({ name }))).toEqual({ [index]: { aliases: { [name]: {} } } });
      expect((await ask(client.count({ index: name }))).count).toBe(documents.length);
      const actions = [{ remove: { index, alias: name } }, { add: { index, alias: `${name}-2` } }];
      await ask(client.indices.updateAliases({ body: { actions } }));
      await ask(client.indices.deleteAlias({ index, name: `${name}-2` }));
      expect(await ask(client.indices.existsAlias({ name: `${name}-2` }))).toBe(false);
    },
  ],
  [
    'changes settings, closes and opens an index',
    async ({ client, index }) => {
      await ask(client.indices.putSettings({ index, body: { index: { refresh_interval: '5s' } } }));
      const settings = await ask(client.indices.getSettings({ index }));
      expect(settings[index].settings.index.refresh_interval).toBe('5s');
      await ask(client.indices.close({ index }));
      expect(await failure(client.search({ index }))).toEqual({ status: 400, type: 'index_closed_exception' });
      await ask(client.indices.open({ index }));
      for (const upkeep of ['refresh', 'flush', 'forcemerge', 'clearCache']) {
        expect((await ask(client.indices[upkeep]({ index })))._shards.failed, upkeep).toBe(0);
      }
      const stats = await ask(client.indices.stats({ index }));
      expect(stats.indices[index].primaries.docs.count).toBe(documents.length);
    },
  ],
  [
    'looks at the cluster',
    async ({ client, index }) => {
      expect((await ask(client.cluster.health({ wait_for_status: 'yellow', timeout: '5s' }))).number_of_nodes).toBe(1);
      expect((await ask(client.cluster.stats())).nodes.count.total).toBe(1);
      expect((await ask(client.cluster.getSettings())).persistent).toBeDefined();
      expect((await ask(client.cluster.pendingTasks())).tasks).toEqual([]);
      const state = await ask(client.cluster.state({ metric: 'metadata', index }));
      expect(Object.keys(state.metadata.indices)).toEqual([index]);
      expect(Object.values<Any>((await ask(client.nodes.info())).nodes)[0].http.publish_address).toMatch(/:\d+$/);
      expect(Object.values<Any>((await ask(client.nodes.stats())).nodes)[0].jvm.mem.heap_used_percent).toBeGreaterThan(
        0,
      );
      expect((await ask(client.tasks.list())).nodes).toBeDefined();
    },
  ],
  [
    'reads tables',
    async ({ client, index }) => {
      const rows = await ask(client.cat.indices({ index, format: 'json', bytes: 'b' }));
      expect(rows).toMatchObject([{ index, 'docs.count': String(documents.length), status: 'open' }]);
      for (const table of ['aliases', 'allocation', 'count', 'health', 'nodes', 'shards', 'templates']) {
        expect(Array.isArray(await ask(client.cat[table]({ format: 'json' }))), table).toBe(true);
      }
      expect(await ask(client.cat.health())).toMatch(/green/);
    },
  ],
  [
    'gets errors of the types that it knows',
    async ({ client, index }) => {
      expect(await failure(client.search({ index: 'not-there' }))).toEqual({
        status: 404,
        type: 'index_not_found_exception',
      });
      expect(await failure(client.search({ index, body: { query: { nonsense: {} } } }))).toEqual({
        status: 400,
        type: 'parsing_exception',
      });
      expect(await failure(client.index({ index, body: { duration: 'long' } }))).toEqual({
        status: 400,
        type: 'mapper_parsing_exception',
      });
      expect(await failure(client.update({ index, id: 'none', body: { doc: {} } }))).toEqual({
        status: 404,
        type: 'document_missing_exception',
      });
    },
  ],
  [
    'removes what it made',
    async ({ client, index }) => {
      expect((await ask(client.indices.delete({ index }))).acknowledged).toBe(true);
      expect(await ask(client.indices.exists({ index }))).toBe(false);
    },
  ],
];
