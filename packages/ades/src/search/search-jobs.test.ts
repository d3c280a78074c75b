import type { Json, JsonObject } from '@daybook/jobs';
import { describe, expect, it } from 'vitest';
import { searchJobs } from './search-jobs.ts';

const sent: JsonObject[] = [];
const answering = (answer: JsonObject) => ({
  rawSearch: async (body: Readonly<Record<string, unknown>>) => {
    sent.push(body as JsonObject);
    return answer;
  },
});
const search = (body: JsonObject, answer: JsonObject = {}) => searchJobs(answering(answer), body);
const elsewhere = /looks into another index/;

describe('a search of the jobs', () => {
  it.each([
    [{ pit: { id: 'x' } }, /pit is not offered/],
    [{ scroll: '1m' }, /scroll is not offered/],
    [{ runtime_mappings: {} }, /body\.runtime_mappings is not known/],
    [{ script_fields: {} }, /body\.script_fields is not known/],
    [{ query: { terms: { id: { index: 'processes', id: 'p', path: 'cwl' } } } }, elsewhere],
    [{ query: { more_like_this: { like: [{ _index: 'processes', _id: 'p' }] } } }, elsewhere],
    [{ query: { geo_shape: { at: { indexed_shape: { index: 'x', id: 'y' } } } } }, /indexed_shape is not allowed/],
    [{ query: { wrapper: { query: 'e30=' } } }, /query\.wrapper is not allowed/],
    [{ sort: [{ _script: { script: '1', type: 'number' } }] }, /sort\[0\]\._script is not allowed/],
    [{ aggs: { a: { scripted_metric: {} } } }, /aggs\.a\.scripted_metric is not allowed/],
    [{ aggs: { a: { terms: { script: '1' } } } }, /aggs\.a\.terms\.script is not allowed/],
    [{ post_filter: { bool: { must: [{ script: {} }] } } }, /post_filter\.bool\.must\[0\]\.script is not allowed/],
    [{ query: { bool: { filter: [{ percolate: {} }] } } }, /percolate is not allowed/],
  ] as [JsonObject, RegExp][])('with %j is refused before the engine sees it', async (body, message) => {
    const before = sent.length;
    await expect(search(body)).rejects.toThrow(message);
    expect(sent).toHaveLength(before);
  });

  it.each([
    [undefined, { excludes: ['merge'] }],
    [true, { excludes: ['merge'] }],
    [false, false],
    ['merge.secrets', { includes: ['merge.secrets'], excludes: ['merge'] }],
    [['id', 'm*'], { includes: ['id', 'm*'], excludes: ['merge'] }],
    [
      { include: 'id', exclude: 'a' },
      { include: 'id', excludes: ['a', 'merge'] },
    ],
    [{ excludes: ['a'] }, { excludes: ['a', 'merge'] }],
  ] as [Json | undefined, Json][])('that asks for the source %j gets no merge', async (source, expected) => {
    await search({ size: 1, ...(source !== undefined && { _source: source }) });
    expect(sent.at(-1)).toEqual({ size: 1, _source: expected });
  });

  it('answers as the engine does, without the merge, in whichever place hits stand', async () => {
    const hit = {
      _id: '1',
      _source: { id: '1', merge: { secrets: 'x' }, mine: { merge: 1 } },
      fields: { 'merge.a': [1], b: [2] },
    };
    const clean = { _id: '1', _source: { id: '1', mine: { merge: 1 } }, fields: { b: [2] } };
    const answer = (each: JsonObject): JsonObject => ({
      took: 1,
      hits: { hits: [{ ...each, inner_hits: { in: { hits: { hits: [each] } } } }] },
      aggregations: {
        merge: { buckets: [{ key: 'a', top: { hits: { hits: [each] } } }] },
        // Whoever asks chooses the names of aggregations.
        fields: { buckets: [{ key: 'a', _source: { hits: { hits: [each] } } }] },
        _id: { value: 1 },
        _source: { hits: { hits: { hits: [each] } } },
      },
    });
    expect(await search({}, answer(hit))).toEqual(answer(clean));
  });
});
