import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type TestApi } from '../testing/start-api.ts';

let api: TestApi;

const analysis = {
  analyzer: { mine: { type: 'custom', tokenizer: 'whitespace', filter: ['lowercase'] } },
  normalizer: { low: { type: 'custom', filter: ['lowercase'] } },
};
const properties = {
  text: { type: 'text', analyzer: 'mine' },
  exact: { type: 'keyword' },
  folded: { type: 'keyword', normalizer: 'low' },
  number: { type: 'long' },
};

beforeAll(async () => {
  api = await startApi();
  const settings = { analysis, 'analyze.max_token_count': 5 };
  await api.send('PUT', '/a', { settings, mappings: { properties } });
});
afterAll(() => api.stop());

test.each([
  ['/_analyze', { text: 'Hello World' }, ['hello@0:0-5', 'world@1:6-11']],
  ['/_analyze', { analyzer: 'standard', text: ['A', 'b c'] }, ['a@0:0-1', 'b@1:2-3', 'c@2:4-5']],
  ['/a/_analyze', { analyzer: 'mine', text: ['A-b', 'C'] }, ['a-b@0:0-3', 'c@101:4-5']],
  ['/a/_analyze', { field: 'text', text: 'A-b C' }, ['a-b@0:0-3', 'c@1:4-5']],
  ['/a/_analyze', { field: 'exact', text: 'A-b C' }, ['A-b C@0:0-5']],
  ['/a/_analyze', { field: 'folded', text: 'A-b C' }, ['a-b c@0:0-5']],
  ['/a/_analyze', { normalizer: 'low', text: 'ABC' }, ['abc@0:0-3']],
  ['/_analyze', { filter: ['lowercase'], text: 'ABC def' }, ['abc def@0:0-7']],
  ['/_analyze', { tokenizer: { type: 'ngram', min_gram: 1, max_gram: 1 }, text: 'ab' }, ['a@0:0-1', 'b@1:1-2']],
  [
    '/_analyze',
    { tokenizer: 'whitespace', filter: ['lowercase', { type: 'stop', stopwords: ['a'] }], text: 'A B' },
    ['b@1:2-3'],
  ],
])('%s of %j', async (path, body, expected) => {
  const { json } = await api.send('POST', path, body);
  const tokens = (json as { tokens: { token: string; position: number; start_offset: number; end_offset: number }[] })
    .tokens;
  expect(tokens.map((each) => `${each.token}@${each.position}:${each.start_offset}-${each.end_offset}`)).toEqual(
    expected,
  );
});

test('an explanation shows what the tokenizer and each filter make', async () => {
  const { json } = await api.send('POST', '/a/_analyze', { analyzer: 'mine', text: 'Ab', explain: true });
  const rest = { start_offset: 0, end_offset: 2, type: 'word', position: 0, positionLength: 1, termFrequency: 1 };
  expect(json).toEqual({
    detail: {
      custom_analyzer: true,
      charfilters: [],
      tokenizer: { name: 'whitespace', tokens: [{ token: 'Ab', ...rest, bytes: '[41 62]' }] },
      tokenfilters: [{ name: 'lowercase', tokens: [{ token: 'ab', ...rest, bytes: '[61 62]' }] }],
    },
  });
});

test.each([
  ['/_analyze', {}, 400, 'Validation Failed: 1: text is missing;'],
  ['/_analyze', { text: 5 }, 400, "[analyze_request] text doesn't support values of type: VALUE_NUMBER"],
  ['/_analyze', { text: 'a', analyzer: 'nope' }, 400, 'failed to find global analyzer [nope]'],
  ['/_analyze', { text: 'a', tokenizer: 'nope' }, 400, 'failed to find global tokenizer under [nope]'],
  ['/_analyze', { text: 'a', filter: ['nope'] }, 400, 'failed to find global filter under [nope]'],
  [
    '/_analyze',
    { text: 'a', analyzer: 'simple', filter: ['trim'] },
    400,
    'Validation Failed: 1: cannot define extra components on a named analyzer;',
  ],
  [
    '/a/_analyze',
    { field: 'number', text: '5' },
    400,
    "Can't process field [number], Analysis requests are only supported on tokenized fields",
  ],
  [
    '/a/_analyze',
    { text: 'a b c d e f' },
    500,
    'The number of tokens produced by calling _analyze has exceeded the allowed maximum of [5]. This limit can be set by changing the [index.analyze.max_token_count] index level setting.',
  ],
])('%s of %j is refused', async (path, body, status, reason) => {
  const answer = await api.send('POST', path, body);
  expect(answer.status).toBe(status);
  expect(answer.json).toMatchObject({ error: { reason }, status });
});
