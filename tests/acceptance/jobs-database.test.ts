import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { sharedDaybook } from '../support/daybook.ts';
import { type JobsClient, officialClient, python } from '../support/jobs-clients.ts';
import { eventually } from '../support/wait.ts';
import { call, deployExample, type Json, submit, verdictOf } from '../support/wps-t.ts';

const { ades, database } = sharedDaybook();
const campaign = `campaign-${Date.now().toString(36)}`;
let client: JobsClient;
let process: string;
const ids: string[] = [];

beforeAll(async () => {
  client = officialClient(database);
  process = await deployExample(ades, 'echo/echo.cwl');
  const fails = await deployExample(ades, 'fails-in-step-two/workflow.cwl');
  for (let n = 0; n < 5; n += 1)
    ids.push(await submit(ades, process, { message: `granule ${n}` }, [campaign, `granule-${n}`]));
  ids.push(await submit(ades, fails, { message: 'granule 5' }, [campaign]));
  for (const id of ids) await verdictOf(database, id);
  const ended = { bool: { filter: [byLabel, { term: { final: true } }] } };
  await eventually(
    'all verdicts of the campaign in a search',
    async () => (await total(ended)) === ids.length || undefined,
  );
});
afterAll(() => client.close());

const byLabel = { term: { labels: campaign } };

async function total(query: Json): Promise<number> {
  return (await client.search({ query, size: 0, track_total_hits: true })).hits.total.value;
}

async function found(query: Json): Promise<string[]> {
  const answer = await client.search({ query, size: 100 });
  return answer.hits.hits.map((hit: Json) => hit._id).sort();
}

describe('the official JavaScript client', () => {
  it('gets a job by its id', async () => {
    const answer = await client.get(ids[0] as string);
    expect(answer).toMatchObject({
      _index: 'jobs',
      _id: ids[0],
      found: true,
      _source: { id: ids[0], status: 'succeeded' },
    });
  });

  it.each<[string, () => Json, () => number[]]>([
    ['its label', () => byLabel, () => [0, 1, 2, 3, 4, 5]],
    ['two labels', () => ({ bool: { filter: [byLabel, { term: { labels: 'granule-3' } }] } }), () => [3]],
    ['its status', () => ({ bool: { filter: [byLabel, { term: { status: 'failed' } }] } }), () => [5]],
    [
      'what it is not',
      () => ({ bool: { filter: [byLabel], must_not: [{ term: { status: 'failed' } }] } }),
      () => [0, 1, 2, 3, 4],
    ],
    ['an input', () => ({ bool: { filter: [byLabel, { term: { 'input-values': 'message=granule 2' } }] } }), () => [2]],
    [
      'the query string language',
      () => ({ query_string: { query: `labels:${campaign} AND status:succeeded AND labels:granule-1` } }),
      () => [1],
    ],
    ['its ids', () => ({ ids: { values: ids.slice(0, 2) } }), () => [0, 1]],
    [
      'a range of times',
      () => ({ bool: { filter: [byLabel, { range: { 'submit-time': { gte: 'now-1h', lte: 'now' } } }] } }),
      () => [0, 1, 2, 3, 4, 5],
    ],
    ['a prefix', () => ({ bool: { filter: [byLabel, { prefix: { labels: 'granule-' } }] } }), () => [0, 1, 2, 3, 4]],
    ['a wildcard', () => ({ bool: { filter: [byLabel, { wildcard: { labels: 'gran*-4' } }] } }), () => [4]],
    ['a field that exists', () => ({ bool: { filter: [byLabel, { exists: { field: 'failed-step' } }] } }), () => [5]],
    [
      'words of its error',
      () => ({ bool: { filter: [byLabel], must: [{ match: { error: 'calamity' } }] } }),
      () => [5],
    ],
  ])('finds a job by %s', async (_what, query, positions) => {
    expect(await found(query())).toEqual(
      positions()
        .map((n) => ids[n])
        .sort(),
    );
  });

  it('counts the jobs of a campaign by status, and each status by day', async () => {
    const answer = await client.search({
      query: byLabel,
      size: 0,
      aggs: {
        status: {
          terms: { field: 'status' },
          aggs: { days: { date_histogram: { field: 'submit-time', calendar_interval: 'day' } } },
        },
        users: { cardinality: { field: 'user-id' } },
        duration: { stats: { field: 'duration' } },
      },
    });
    const { status, users, duration } = answer.aggregations;
    expect(status.buckets.map((bucket: Json) => [bucket.key, bucket.doc_count])).toEqual([
      ['succeeded', 5],
      ['failed', 1],
    ]);
    for (const bucket of status.buckets) {
      const days = bucket.days.buckets.reduce((sum: number, day: Json) => sum + day.doc_count, 0);
      expect(days).toBe(bucket.doc_count);
    }
    expect(users.value).toBe(1);
    expect(duration).toMatchObject({ count: 6, min: expect.any(Number) });
  });

  it('pages through jobs in the order of their submission', async () => {
    const seen: string[] = [];
    let after: Json;
    do {
      const answer = await client.search({
        query: byLabel,
        size: 4,
        sort: [{ 'submit-time': 'asc' }, { id: 'asc' }],
        _source: ['id', 'submit-time'],
        ...(after === undefined ? {} : { search_after: after }),
      });
      seen.push(...answer.hits.hits.map((hit: Json) => hit._source.id));
      after = answer.hits.hits.at(-1)?.sort;
    } while (after !== undefined);
    expect(seen).toEqual(ids);
  });
});

describe('the official Python client', () => {
  const engine = inject('target').engine;
  const connect =
    engine === 'opensearch'
      ? 'from opensearchpy import OpenSearch as Client'
      : 'from elasticsearch import Elasticsearch as Client';

  it('finds the jobs of a campaign', () => {
    const answer = python(
      `
import json, sys
${connect}
url, label = sys.argv[1:]
client = Client([url])
body = {"query": {"term": {"labels": label}}, "sort": [{"submit-time": "asc"}, {"id": "asc"}]}
answer = client.search(index="jobs", ${engine === 'embedded' ? '**body' : 'body=body'})
print(json.dumps({"ids": [hit["_id"] for hit in answer["hits"]["hits"]], "total": answer["hits"]["total"]["value"], "info": client.info()["version"]["number"]}))
`,
      database,
      campaign,
    );
    expect(answer).toMatchObject({ ids, total: 6, info: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
  });
});

describe('users of the open database', () => {
  it('may add fields of their own to a job, and later updates keep them', async () => {
    const sleep = await deployExample(ades, 'sleep/sleep.cwl');
    const id = await submit(ades, sleep, { seconds: 1 });
    const url = `${database}/jobs/_update/${id}?retry_on_conflict=10`;
    expect((await call('POST', url, { doc: { 'my-note': 'watch this one' } })).status).toBe(200);
    expect(await verdictOf(database, id)).toMatchObject({ status: 'succeeded', 'my-note': 'watch this one' });
  });

  it.runIf(inject('target').engine === 'embedded')('may not write what the system alone writes', async () => {
    const answer = await call('PUT', `${database}/processes/_doc/x`, { id: 'x' });
    expect(answer.status).toBe(403);
    expect(answer.body.error.type).toBe('security_exception');
  });
});
