import { describe, expect, test } from 'vitest';
import { buildJobOrder, declareSecrets, type JsonObject, secretInputs } from './index.ts';

const SECRETS = 'http://commonwl.org/cwltool#Secrets';

/** A packed workflow with one step for each of `steps`, whose sources are named as cwltool names them. */
function packed(steps: readonly JsonObject[], others: readonly JsonObject[] = []): JsonObject {
  const inputs = ['user', 'password', 'token', 'region'].map((id) => ({ id: `#main/${id}`, type: 'string' }));
  inputs.push({ id: '#main/port', type: 'int' });
  const main = { class: 'Workflow', id: '#main', inputs, outputs: [], steps };
  return { cwlVersion: 'v1.2', $graph: [main, LOGIN, ...others] };
}

const LOGIN: JsonObject = {
  class: 'CommandLineTool',
  id: '#login.cwl',
  hints: [{ class: SECRETS, secrets: ['#login.cwl/word'] }],
  inputs: [
    { id: '#login.cwl/word', type: 'string' },
    { id: '#login.cwl/name', type: 'string' },
  ],
  outputs: [],
};

function step(id: string, inputs: Readonly<Record<string, JsonObject>>, more: JsonObject = {}): JsonObject {
  const given = Object.entries(inputs).map(([input, value]) => ({ id: `#main/${id}/${input}`, ...value }));
  return { id: `#main/${id}`, run: '#login.cwl', in: given, out: [], ...more };
}

describe('the secret inputs of a workflow', () => {
  test.each<[string, JsonObject, readonly string[]]>([
    [
      'what a step hands to a secret of its tool',
      packed([step('log-in', { word: { source: '#main/password' }, name: { source: '#main/user' } })]),
      ['password'],
    ],
    [
      'every source of a merged list, and of a scattered step',
      packed([
        step(
          'log-in',
          { word: { source: ['#main/password', '#main/token'], linkMerge: 'merge_flattened' } },
          { scatter: ['#main/log-in/word'] },
        ),
      ]),
      ['password', 'token'],
    ],
    [
      'no output of a step that is named as an input is',
      packed([step('log-in', { word: { source: '#main/other/password' } })]),
      [],
    ],
    [
      'the texts that the expression of a secret uses',
      packed([
        step('log-in', {
          word: { valueFrom: '$(inputs.name + inputs["key"] + inputs.port)' },
          port: { source: '#main/port' },
          nam: { source: '#main/region' },
          name: { source: '#main/user' },
          key: { source: '#main/token' },
          where: { source: '#main/region' },
        }),
      ]),
      ['user', 'token'],
    ],
    [
      'what a secret of a tool deep in subworkflows is made of',
      packed(
        [{ id: '#main/outer', run: '#outer', in: [{ id: '#main/outer/o', source: '#main/token' }], out: [] }],
        [
          {
            class: 'Workflow',
            id: '#outer',
            inputs: [{ id: '#outer/o', type: 'string' }],
            outputs: [],
            steps: [
              {
                id: '#outer/inner',
                in: [{ id: '#outer/inner/i', source: '#outer/o' }],
                out: [],
                run: {
                  class: 'Workflow',
                  inputs: { i: 'string' },
                  outputs: {},
                  steps: { last: { in: { word: 'i' }, out: [], run: '#login.cwl' } },
                },
              },
            ],
          },
        ],
      ),
      ['token'],
    ],
    [
      'what a handwritten workflow declares by itself, in either spelling',
      {
        cwlVersion: 'v1.2',
        class: 'Workflow',
        requirements: { 'cwltool:Secrets': { secrets: ['b', 'unknown'] } },
        inputs: { a: 'string', b: 'string' },
        outputs: {},
        steps: {},
      },
      ['b'],
    ],
    [
      'what a step itself declares of its inputs',
      packed([
        step(
          'log-in',
          { name: { source: '#main/user' } },
          { hints: [{ class: 'cwltool:Secrets', secrets: ['name'] }] },
        ),
      ]),
      ['user'],
    ],
  ])('are %s', (_, document, expected) => {
    expect(secretInputs(document)).toEqual(expected);
  });

  test('are found in a workflow that runs itself', () => {
    const again = { id: '#main/again', run: '#main', in: [{ id: '#main/again/token', source: '#main/user' }], out: [] };
    const document = packed([again, step('log-in', { word: { source: '#main/token' } })]);
    expect(secretInputs(document)).toContain('token');
  });

  test('are also those that a pattern names, in which only the asterisk is special', () => {
    expect(secretInputs(packed([]), ['*o*n', 'u.er'])).toEqual(['token', 'region']);
    expect(secretInputs(packed([]), ['pass'])).toEqual([]);
  });
});

test('a document declares exactly the secrets that it is told', () => {
  const document = packed([step('log-in', { word: { source: '#main/password' } })]);
  const declared = declareSecrets(document, ['user']);
  expect(declared.$graph).toContainEqual(
    expect.objectContaining({ id: '#main', hints: [{ class: SECRETS, secrets: ['user'] }] }),
  );
  expect(declareSecrets(document, [])).toBe(document);
  const tool = { cwlVersion: 'v1.2', ...LOGIN };
  expect(declareSecrets(tool, ['name'])).toMatchObject({ hints: [{ class: SECRETS, secrets: ['name'] }] });
  expect(declareSecrets(tool, []).hints).toEqual([]);
});

test.each<[unknown, unknown]>([
  ['string', 5],
  ['string[]', 'swordfish'],
  ['Any', { word: 'swordfish' }],
  ['int', '5'],
])('a secret of type %j that is no text is refused, and not shown: %j', (type, value) => {
  const document = { cwlVersion: 'v1.2', ...LOGIN, inputs: { word: type } } as JsonObject;
  const build = () => buildJobOrder(document, { word: value } as JsonObject, {}, { secrets: ['word'] });
  expect(build).toThrowError(/input "word": expected a string.*; found something else/);
});
