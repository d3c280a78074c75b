import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type TestApi } from './testing/start-api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
});

afterAll(() => api.stop());

describe('indices', () => {
  test('an index is answered as it was made', async () => {
    const created = await api.send('PUT', '/made', {
      settings: { number_of_shards: 1, 'index.refresh_interval': '5s' },
      mappings: { properties: { k: { type: 'keyword' } } },
      aliases: { m: {} },
    });
    expect(created.json).toEqual({ acknowledged: true, shards_acknowledged: true, index: 'made' });
    const { json } = await api.send('GET', '/made');
    expect(json.made).toMatchObject({
      aliases: { m: {} },
      mappings: { properties: { k: { type: 'keyword' } } },
      settings: {
        index: { number_of_shards: '1', number_of_replicas: '0', refresh_interval: '5s', provided_name: 'made' },
      },
    });
    expect(json.made.settings.index.uuid).toMatch(/^[\w-]{22}$/);
  });

  test('an alias is swapped between indices, and one of them deleted, as one change', async () => {
    await api.send('PUT', '/swap-1/_doc/1?refresh=true', { n: 1 });
    await api.send('PUT', '/swap-1/_alias/swapped');
    let swaps = 0;
    const answers = new Set<string>();
    const counting = async (): Promise<void> => {
      while (swaps < 30) answers.add(JSON.stringify((await api.send('GET', '/swapped/_count')).json.count));
    };
    const swapping = async (): Promise<void> => {
      for (; swaps < 30; swaps++) {
        const [old, fresh] = [`swap-${swaps + 1}`, `swap-${swaps + 2}`];
        await api.send('PUT', `/${fresh}/_doc/1?refresh=true`, { n: 1 });
        const actions = [{ remove_index: { index: old } }, { add: { index: fresh, alias: 'swapped' } }];
        expect((await api.send('POST', '/_aliases', { actions })).status).toBe(200);
      }
    };
    await Promise.all([counting(), swapping()]);
    expect([...answers]).toEqual(['1']);
  });

  test('a hundred thousand aliases in one request are one write', async () => {
    await api.send('PUT', '/much-aliased');
    const actions = Array.from({ length: 100_000 }, (_, n) => ({ add: { index: 'much-aliased', alias: `a-${n}` } }));
    expect((await api.send('POST', '/_aliases', { actions })).status).toBe(200);
    const { json } = await api.send('GET', '/much-aliased/_alias/a-99999');
    expect(json).toEqual({ 'much-aliased': { aliases: { 'a-99999': {} } } });
    await api.send('DELETE', '/much-aliased');
  });

  test('an index is made once', async () => {
    await api.client.indices.create({ index: 'once' });
    const { status, json } = await api.send('PUT', '/once');
    expect(status).toBe(400);
    expect(json.error.type).toBe('resource_already_exists_exception');
    expect(json.error.reason).toMatch(/^index \[once\/[\w-]{22}\] already exists$/);
  });

  test.each([
    ['A1', 'must be lowercase'],
    ['_x', "must not start with '_', '-', or '+'"],
    ['a,b', 'must not contain the following characters [ , ", *, \\, <, |, ,, >, /, ?]'],
    ['a%3Ab', "must not contain ':'"],
    ['x'.repeat(256), 'index name is too long, (256 > 255)'],
  ])('no index is named %s', async (name, complaint) => {
    const { status, json } = await api.send('PUT', `/${name}`);
    expect(status).toBe(400);
    expect(json.error).toMatchObject({
      type: 'invalid_index_name_exception',
      reason: `Invalid index name [${decodeURIComponent(name)}], ${complaint}`,
    });
  });

  test.each([
    [{ foo: 1 }, 'unknown key [foo] for create index'],
    [
      { settings: { number_of_shardz: 1 } },
      'unknown setting [index.number_of_shardz] did you mean [index.number_of_shards]?',
    ],
    [
      { settings: { number_of_shards: 0 } },
      'Failed to parse value [0] for setting [index.number_of_shards] must be >= 1',
    ],
    [
      { mappings: { properties: { k: { type: 'keywordd' } } } },
      'Failed to parse mapping [_doc]: No handler for type [keywordd] declared on field [k]',
    ],
  ])('a definition such as %j is refused', async (body, reason) => {
    const { status, json } = await api.send('PUT', '/refused', body);
    expect(status).toBe(400);
    expect(json.error.reason).toBe(reason);
  });

  test('a mapping grows and never changes a type', async () => {
    await api.client.indices.create({ index: 'grows', mappings: { properties: { k: { type: 'keyword' } } } });
    await api.client.indices.putMapping({ index: 'grows', properties: { n: { type: 'long' } } });
    const mapping = await api.client.indices.getMapping({ index: 'grows' });
    expect(mapping.grows?.mappings.properties).toEqual({ k: { type: 'keyword' }, n: { type: 'long' } });
    const { status, json } = await api.send('PUT', '/grows/_mapping', { properties: { k: { type: 'long' } } });
    expect(status).toBe(400);
    expect(json.error.reason).toBe('mapper [k] cannot be changed from type [keyword] to [long]');
    const fields = await api.send('GET', '/grows/_mapping/field/k');
    expect(fields.json.grows.mappings.k).toEqual({ full_name: 'k', mapping: { k: { type: 'keyword' } } });
  });

  test('settings are laid over those that stand', async () => {
    await api.client.indices.create({ index: 'set', settings: { refresh_interval: '1s' } });
    await api.client.indices.putSettings({ index: 'set', settings: { number_of_replicas: 0, max_result_window: 20 } });
    const { json } = await api.send('GET', '/set/_settings?flat_settings=true');
    expect(json.set.settings).toMatchObject({
      'index.max_result_window': '20',
      'index.refresh_interval': '1s',
    });
    expect((await api.send('GET', '/set/_search?size=21')).status).toBe(400);
    await api.send('PUT', '/set/_settings', { index: { max_result_window: null } });
    expect((await api.send('GET', '/set/_search?size=21')).status).toBe(200);
    expect((await api.send('PUT', '/set/_settings', { number_of_shards: 2 })).json.error.reason).toMatch(
      /^Can't update non dynamic settings \[\[index.number_of_shards\]\] for open indices/,
    );
  });

  test('a closed index answers nothing until it is opened', async () => {
    await api.client.index({ index: 'shut', id: '1', document: {} });
    expect((await api.send('POST', '/shut/_close')).json.indices).toEqual({ shut: { closed: true } });
    expect((await api.send('GET', '/shut/_search')).json.error.type).toBe('index_closed_exception');
    expect((await api.send('PUT', '/shut/_doc/1', {})).status).toBe(400);
    await api.client.indices.open({ index: 'shut' });
    expect((await api.client.count({ index: 'shut' })).count).toBe(1);
  });

  test('a clone has the documents, the mapping and the settings', async () => {
    await api.client.indices.create({
      index: 'orig',
      settings: { refresh_interval: '7s' },
      mappings: { properties: { k: { type: 'keyword' } } },
    });
    await api.client.bulk({
      index: 'orig',
      operations: [{ index: { _id: '1' } }, { k: 'a' }, { index: { _id: '2' } }, { k: 'b' }],
    });
    await expect(api.client.indices.clone({ index: 'orig', target: 'copy' })).rejects.toThrow('must be read-only');
    await api.client.indices.addBlock({ index: 'orig', block: 'write' });
    await api.client.indices.clone({ index: 'orig', target: 'copy' });
    expect((await api.client.count({ index: 'copy', query: { term: { k: 'b' } } })).count).toBe(1);
    const { json } = await api.send('GET', '/copy');
    expect(json.copy).toMatchObject({
      mappings: { properties: { k: { type: 'keyword' } } },
      settings: { index: { refresh_interval: '7s', blocks: { write: 'true' } } },
    });
  });

  test('indices are deleted by name and pattern, not by alias', async () => {
    for (const name of ['gone-1', 'gone-2']) await api.client.indices.create({ index: name, aliases: { goners: {} } });
    expect((await api.send('DELETE', '/goners')).json.error.reason).toBe(
      'The provided expression [goners] matches an alias, specify the corresponding concrete indices instead.',
    );
    expect((await api.send('DELETE', '/gone-*')).json).toEqual({ acknowledged: true });
    expect((await api.send('HEAD', '/gone-1')).status).toBe(404);
    expect((await api.send('DELETE', '/gone-1')).status).toBe(404);
    expect((await api.send('DELETE', '/gone-1?ignore_unavailable=true')).status).toBe(200);
  });
});

describe('aliases', () => {
  test('an index gives way to an alias of its name in one request', async () => {
    for (const index of ['old', 'new']) await api.client.indices.create({ index });
    const actions = [{ add: { index: 'new', alias: 'old' } }, { remove_index: { index: 'old' } }];
    expect(await api.send('POST', '/_aliases', { actions })).toMatchObject({ status: 200 });
    expect(Object.keys((await api.send('GET', '/old')).json)).toEqual(['new']);
    await api.client.indices.create({ index: 'third' });
    const refused = await api.send('POST', '/_aliases', { actions: [{ add: { index: 'third', alias: 'new' } }] });
    expect(refused.json.error.type).toBe('invalid_alias_name_exception');
  });

  test('an alias is put, listed, looked for and deleted', async () => {
    await api.client.indices.create({ index: 'named' });
    await api.client.indices.putAlias({ index: 'named', name: 'nick', filter: { term: { k: 'x' } } });
    expect((await api.send('GET', '/_alias/nick')).json).toEqual({
      named: { aliases: { nick: { filter: { term: { k: 'x' } } } } },
    });
    expect(await api.client.indices.existsAlias({ name: 'nick' })).toBe(true);
    const missing = await api.send('GET', '/named/_alias/nope,nick');
    expect(missing.status).toBe(404);
    expect(missing.json).toMatchObject({
      error: 'alias [nope] missing',
      status: 404,
      named: { aliases: { nick: {} } },
    });
    expect((await api.send('DELETE', '/named/_aliases/nick')).json).toEqual({ acknowledged: true });
    expect((await api.send('DELETE', '/named/_alias/nick')).json.error.type).toBe('aliases_not_found_exception');
  });

  test('actions are checked before any is carried out', async () => {
    await api.client.indices.create({ index: 'acted' });
    const refused = await api.send('POST', '/_aliases', {
      actions: [{ add: { index: 'acted', alias: 'a' } }, { add: { index: 'nope', alias: 'a' } }],
    });
    expect(refused.status).toBe(404);
    expect((await api.send('HEAD', '/_alias/a')).status).toBe(404);
    const done = await api.send('POST', '/_aliases', {
      actions: [{ add: { index: 'acted', aliases: ['a', 'b'] } }, { remove: { index: 'acted', alias: 'nope' } }],
    });
    expect(done.status).toBe(200);
    expect((await api.send('GET', '/acted/_alias')).json.acted.aliases).toEqual({ a: {}, b: {} });
  });

  test('writes through an alias go to its write index', async () => {
    await api.client.indices.create({ index: 'w-1', aliases: { w: {} } });
    expect((await api.client.index({ index: 'w', document: {} }))._index).toBe('w-1');
    await api.client.indices.create({ index: 'w-2', aliases: { w: {} } });
    const { status, json } = await api.send('POST', '/w/_doc', {});
    expect(status).toBe(400);
    expect(json.error.reason).toMatch(/^no write index is defined for alias \[w\]/);
    await api.client.indices.putAlias({ index: 'w-2', name: 'w', is_write_index: true });
    expect((await api.client.index({ index: 'w', document: {} }))._index).toBe('w-2');
  });
});

describe('templates', () => {
  test('the composable template of the highest priority counts, over its components', async () => {
    await api.client.cluster.putComponentTemplate({
      name: 'base',
      template: {
        settings: { refresh_interval: '3s', number_of_replicas: 0 },
        mappings: { properties: { a: { type: 'keyword' }, o: { properties: { x: { type: 'long' } } } } },
      },
    });
    await api.client.indices.putIndexTemplate({
      name: 'low',
      index_patterns: ['t-*'],
      priority: 1,
      template: { aliases: { low: {} } },
    });
    await api.client.indices.putIndexTemplate({
      name: 'high',
      index_patterns: ['t-*'],
      priority: 7,
      composed_of: ['base'],
      template: {
        settings: { 'index.refresh_interval': '9s' },
        mappings: { properties: { o: { properties: { y: { type: 'date' } } } } },
        aliases: { high: {} },
      },
    });
    await api.client.index({ index: 't-1', id: '1', document: { b: true } });
    const { json } = await api.send('GET', '/t-1');
    expect(json['t-1'].aliases).toEqual({ high: {} });
    expect(json['t-1'].settings.index.refresh_interval).toBe('9s');
    expect(json['t-1'].mappings.properties).toEqual({
      a: { type: 'keyword' },
      b: { type: 'boolean' },
      o: { properties: { x: { type: 'long' }, y: { type: 'date' } } },
    });
    const used = await api.send('DELETE', '/_component_template/base');
    expect(used.json.error.reason).toBe(
      'component templates [base] cannot be removed as they are still in use by index templates [high]',
    );
  });

  test('two templates of one priority must not overlap', async () => {
    const { status, json } = await api.send('PUT', '/_index_template/clash', { index_patterns: ['t-x*'], priority: 7 });
    expect(status).toBe(400);
    expect(json.error.reason).toMatch(/matching patterns from existing templates \[high\]/);
  });

  test('legacy templates are laid over each other in their order', async () => {
    await api.send('PUT', '/_template/second', {
      index_patterns: ['old-*'],
      order: 2,
      mappings: { properties: { a: { type: 'long' } } },
    });
    await api.send('PUT', '/_template/first', {
      index_patterns: 'old-*',
      order: 1,
      settings: { number_of_replicas: 0 },
      mappings: { properties: { a: { type: 'keyword' }, b: { type: 'keyword' } } },
    });
    await api.client.indices.create({ index: 'old-1' });
    expect((await api.send('GET', '/old-1/_mapping')).json['old-1'].mappings.properties).toEqual({
      a: { type: 'long' },
      b: { type: 'keyword' },
    });
    expect((await api.send('GET', '/_template/first')).json.first).toEqual({
      order: 1,
      index_patterns: ['old-*'],
      settings: { index: { number_of_replicas: '0' } },
      mappings: { properties: { a: { type: 'keyword' }, b: { type: 'keyword' } } },
      aliases: {},
    });
  });

  test('what is missing is said in each kind of template its own way', async () => {
    expect(await api.send('GET', '/_template/nope')).toMatchObject({ status: 404, json: {} });
    expect((await api.send('DELETE', '/_template/nope')).json.error.type).toBe('index_template_missing_exception');
    expect((await api.send('GET', '/_index_template/nope')).json.error.reason).toBe(
      'index template matching [nope] not found',
    );
    expect((await api.send('GET', '/_component_template/nope')).status).toBe(404);
    expect(
      (await api.send('PUT', '/_index_template/x', { index_patterns: ['x*'], composed_of: ['nope'] })).json.error.type,
    ).toBe('invalid_index_template_exception');
    expect((await api.send('PUT', '/_index_template/x', { priority: 1 })).json.error.reason).toBe(
      'Required [index_patterns]',
    );
  });
});

describe('doing something to what a query finds', () => {
  const fill = async (index: string, count: number): Promise<void> => {
    const operations = Array.from({ length: count }, (_, n) => [{ index: { _id: `${n}` } }, { n }]).flat();
    await api.client.bulk({ index, operations });
  };

  test('delete by query deletes in batches', async () => {
    await fill('victims', 25);
    const answer = await api.client.deleteByQuery({
      index: 'victims',
      query: { range: { n: { lt: 20 } } },
      scroll_size: 6,
    });
    expect(answer).toMatchObject({ total: 20, deleted: 20, batches: 4, failures: [] });
    expect((await api.client.count({ index: 'victims' })).count).toBe(5);
    expect((await api.send('POST', '/victims/_delete_by_query', {})).json.error.reason).toBe(
      'Validation Failed: 1: query is missing;',
    );
  });

  test('update by query indexes anew', async () => {
    await fill('again', 3);
    const answer = await api.client.updateByQuery({ index: 'again', max_docs: 2 });
    expect(answer).toMatchObject({ total: 2, updated: 2 });
    expect((await api.client.get({ index: 'again', id: '0' }))._version).toBe(2);
  });

  test('a reindex that nobody waits for can be asked for its outcome', async () => {
    await fill('from', 12);
    const { task } = await api.client.reindex({
      source: { index: 'from', query: { range: { n: { gte: 4 } } } },
      dest: { index: 'to' },
      wait_for_completion: false,
    });
    await expect
      .poll(() => api.client.tasks.get({ task_id: String(task) }), { timeout: 5000 })
      .toMatchObject({ completed: true, response: { total: 8, created: 8 } });
    expect((await api.client.count({ index: 'to' })).count).toBe(8);
  });

  test('a reindex into its own source is refused', async () => {
    await fill('self', 1);
    const { json } = await api.send('POST', '/_reindex', { source: { index: 'self' }, dest: { index: 'self' } });
    expect(json.error.reason).toBe('Validation Failed: 1: reindex cannot write into an index its reading from [self];');
  });
});
