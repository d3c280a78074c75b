import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Engine } from '../engine/engine.ts';
import { openEngine } from '../engine/open-engine.ts';
import type { Query } from '../query/query.ts';

const LONG = Array.from({ length: 60 }, (_, i) => (i % 7 === 0 ? 'disk' : `word${i % 5}`)).join(' ');

const DOCS = {
  a: { message: 'the disk of the worker is full', title: 'disk', labels: ['x', 'y'], ok: true, n: 1 },
  b: { message: 'Disk full', title: 'full worker', labels: ['x'], ok: false, n: 2 },
  c: { message: LONG, labels: ['x', 'y', 'z'], ok: true, n: 3 },
  d: { message: 'worker lost its disk and the disk is full of disk images', title: 'disk disk worker' },
  e: { message: 'connection refused', labels: [], n: 1 },
};

const MAPPINGS = {
  properties: {
    message: { type: 'text' },
    title: { type: 'text' },
    labels: { type: 'keyword' },
    ok: { type: 'boolean' },
    n: { type: 'integer' },
  },
};

const DISK: Query = { type: 'match', field: 'message', query: 'disk' };

let directory: string;
let engine: Engine;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'search-engine-'));
  engine = await openEngine({ directory });
  const index = await engine.createIndex('scores', { mappings: MAPPINGS, settings: {}, aliases: {} });
  for (const [id, source] of Object.entries(DOCS)) {
    index.write({ type: 'index', id, source: Buffer.from(JSON.stringify(source)) });
  }
});

afterAll(async () => {
  await engine.close();
  await rm(directory, { recursive: true });
});

// compat: the hits and scores are the answers of Elasticsearch 7.10.2 to the same queries over the same documents.
test.each<[string, Query, Record<string, number>]>([
  ['a keyword', { type: 'term', field: 'labels', value: 'y' }, { a: 0.5908618, c: 0.5908618 }],
  ['a boolean', { type: 'term', field: 'ok', value: true }, { a: 0.4700036, c: 0.4700036 }],
  ['a number', { type: 'term', field: 'n', value: 1 }, { a: 1, e: 1 }],
  ['a word', DISK, { d: 0.4806107, c: 0.45376402, b: 0.44936484, a: 0.37683463 }],
  [
    'several words',
    { type: 'match', field: 'message', query: 'disk full worker' },
    { a: 2.229642, d: 2.0759246, b: 1.2912874, c: 0.45376402 },
  ],
  [
    'boosted words',
    { type: 'match', field: 'message', query: 'disk full', boost: 2.5 },
    { b: 3.2282186, d: 2.7213035, a: 2.7071648, c: 1.13441 },
  ],
  ['a phrase', { type: 'matchPhrase', field: 'message', query: 'disk full' }, { b: 1.2912877 }],
  [
    'a phrase with slop',
    { type: 'matchPhrase', field: 'message', query: 'disk worker', slop: 4 },
    { a: 0.8421544, d: 0.44479847 },
  ],
  ['the start of a phrase', { type: 'matchPhrasePrefix', field: 'message', query: 'disk i' }, { d: 5.869057 }],
  [
    'a misspelt word',
    { type: 'fuzzy', field: 'message', value: 'dusk' },
    { d: 0.36045805, c: 0.34032303, b: 0.33702365, a: 0.28262597 },
  ],
  [
    'the best of several fields',
    { type: 'multiMatch', fields: ['message', 'title^2'], matchType: 'best_fields', query: 'disk worker' },
    { d: 1.9135427, a: 1.5236107, b: 0.9400072, c: 0.45376402 },
  ],
  [
    'several fields together',
    { type: 'multiMatch', fields: ['message', 'title'], matchType: 'most_fields', query: 'disk worker' },
    { d: 2.4247851, a: 2.1144724, b: 0.91936845, c: 0.45376402 },
  ],
  [
    'required and optional clauses',
    {
      type: 'bool',
      must: [DISK],
      filter: [],
      should: [
        { type: 'term', field: 'labels', value: 'x' },
        { type: 'term', field: 'ok', value: true },
      ],
      mustNot: [],
    },
    { c: 1.0916357, a: 1.0147063, b: 0.6172329, d: 0.4806107 },
  ],
  [
    'a clause that lowers scores',
    { type: 'boosting', positive: DISK, negative: { type: 'term', field: 'labels', value: 'y' }, negativeBoost: 0.2 },
    { d: 0.4806107, b: 0.44936484, c: 0.0907528, a: 0.07536693 },
  ],
  [
    'the best clause and a share of the others',
    {
      type: 'disMax',
      queries: [
        { type: 'match', field: 'message', query: 'worker' },
        { type: 'match', field: 'title', query: 'worker' },
      ],
      tieBreaker: 0.7,
    },
    { d: 1.2605373, a: 1.1467761, b: 0.4700036 },
  ],
])('%s scores as in Elasticsearch, to the last digit of a float', async (_, query, expected) => {
  const { hits } = await engine.search([engine.index('scores')!], {
    query,
    from: 0,
    size: 10,
    sort: [],
    trackScores: false,
    aggregations: {},
  });
  const inOrder = Object.entries(expected).map(([id, score]) => [id, Math.fround(score)]);
  expect(hits.map(({ id, score }) => [id, score])).toEqual(inOrder);
});
