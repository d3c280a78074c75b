import { readFileSync } from 'node:fs';
import { DaybookError } from '@daybook/errors';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildJobOrder, type JsonObject, type JsonValue } from './index.ts';

function fixture(name: string): JsonObject {
  return JSON.parse(readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), 'utf8'));
}

const TYPES = fixture('types');
const FILE = { class: 'File', location: 'file:///data/a.tif' };
const VALID: JsonObject = {
  n: 1,
  col: 'red',
  b: [{ w: 1, c: 'green' }],
  r: { x: 'x' },
  arr: [1, 'two'],
  u: 'text',
  file: FILE,
  any: { deep: [1] },
  flag: true,
  pw: 'secret',
};

function order(changes: Readonly<Record<string, JsonValue>>, serverInputs: JsonObject = {}): JsonObject {
  return buildJobOrder(TYPES, { ...VALID, ...changes }, serverInputs);
}

function refusal(changes: Readonly<Record<string, JsonValue>>): DaybookError {
  try {
    order(changes);
  } catch (error) {
    if (error instanceof DaybookError) return error;
    throw error;
  }
  throw new Error('the inputs were accepted');
}

test('values that have their types pass unchanged', () => {
  expect(order({})).toEqual(VALID);
});

test.each<[string, JsonValue, JsonValue]>([
  ['n', '12', 12],
  ['n', '-3', -3],
  ['l', '9007199254740991', 9007199254740991],
  ['f', '1e-3', 0.001],
  ['f', 2, 2],
  ['flag', 'false', false],
  ['u', '5', '5'],
  ['u', 5, 5],
  ['arr', ['5'], ['5']],
  ['arr', 'one', ['one']],
  ['b', { w: '7', c: 'red' }, [{ w: 7, c: 'red' }]],
  ['b', [{ w: 1, c: 'red', p: null }], [{ w: 1, c: 'red' }]],
  [
    'file',
    { href: 'https://example.org/a.tif', type: 'image/tiff' },
    { class: 'File', location: 'https://example.org/a.tif' },
  ],
  ['file', { class: 'File', contents: 'text', basename: 'a' }, { class: 'File', contents: 'text', basename: 'a' }],
  [
    'file',
    { ...FILE, secondaryFiles: [{ href: 'https://e.org/a.idx' }] },
    { ...FILE, secondaryFiles: [{ class: 'File', location: 'https://e.org/a.idx' }] },
  ],
  ['dir', { class: 'Directory', path: '/data' }, { class: 'Directory', path: '/data' }],
  ['dir', { href: 's3://bucket/folder/' }, { class: 'Directory', location: 's3://bucket/folder/' }],
])('the input %s takes %j', (id, value, expected) => {
  expect(order({ [id]: value })[id]).toEqual(expected);
});

test.each<[string, JsonValue, RegExp]>([
  ['n', 'abc', /input "n": expected an integer of 32 bits; found the string "abc"/],
  ['n', 1.5, /integer/],
  ['n', '1.0', /integer/],
  ['n', ' 1', /integer/],
  ['n', '', /integer/],
  ['n', 2 ** 31, /integer of 32 bits; found 2147483648/],
  ['l', '9007199254740993', /integer/],
  ['f', 'NaN', /number/],
  ['f', '0x10', /number/],
  ['flag', 'yes', /true or false/],
  ['flag', 1, /true or false/],
  ['u', true, /expected a string, or an integer of 32 bits; found true/],
  ['col', 'blue', /one of "red", "green"; found the string "blue"/],
  ['arr', [1, null], /input "arr" at arr\[1\]/],
  [
    'b',
    [
      { w: 1, c: 'red' },
      { w: 'x', c: 'red' },
    ],
    /at b\[1\]\.w: expected an integer/,
  ],
  ['b', [{ w: 1 }], /at b\[0\]\.c: expected one of "red", "green"; found null/],
  ['b', [{ w: 1, c: 'red', z: 1 }], /at b\[0\]\.z: expected an object with/],
  ['r', 'x', /an object with x, y/],
  ['file', 'a.tif', /a File .*found the string "a\.tif"/],
  ['file', { class: 'Directory', path: '/x' }, /a File/],
  ['file', { class: 'File' }, /a File/],
  ['file', { class: 'File', path: 5 }, /file\.path: expected a string/],
  ['file', { ...FILE, secondaryFiles: [5] }, /secondaryFiles\[0\]/],
  ['dir', [], /a Directory/],
  ['any', { a: [{ $include: 'file:///etc/passwd' }] }, /\$include/],
  ['file', { ...FILE, $import: 'x' }, /\$import/],
])('the input %s refuses %j', (id, value, message) => {
  const error = refusal({ [id]: value });
  expect(error.code).toBe('invalid-argument');
  expect(error.message).toMatch(message);
  expect(error.detail.input).toBe(id);
});

test('an unknown input is refused with the ones there are', () => {
  expect(refusal({ colour: 'red' }).message).toMatch(/input "colour": the process has no such input; it has .*col.*/);
  expect(refusal({ 'cwl:requirements': [] }).message).toMatch(/no such input/);
});

test('a missing input is named with what was expected', () => {
  const { n: _, ...rest } = VALID;
  expect(() => buildJobOrder(TYPES, rest, {})).toThrowError(/input "n": missing; expected an integer/);
  expect(() => buildJobOrder(TYPES, { ...rest, n: null }, {})).toThrowError(/input "n": missing/);
});

test('optional inputs and inputs with a default may be left out or null', () => {
  expect(order({ l: null, f: null, dir: null })).toEqual(VALID);
});

test('a secret is never shown', () => {
  const error = refusal({ pw: { word: 'swordfish' } });
  expect(error.message).toBe('input "pw": expected a string; found something else');
  expect(JSON.stringify([error.detail, error.cause ?? null])).not.toContain('swordfish');
});

test('the server fills in what the workflow declares and the user did not send', () => {
  const document = fixture('l1b');
  const server = { job_id: 'j1', job_inputs: '{}', jobs_data_sns_topic_arn: 'arn:1', client_id: 'unused' };
  const sent = { input_collection_id: 'L1A', granules: 'one' };
  expect(buildJobOrder(document, sent, server)).toEqual({
    ...sent,
    granules: ['one'],
    job_id: 'j1',
    job_inputs: '{}',
    jobs_data_sns_topic_arn: 'arn:1',
  });
  expect(buildJobOrder(document, { ...sent, job_id: 'mine' }, server).job_id).toBe('mine');
  expect(() => buildJobOrder(document, sent, {})).toThrowError(/input "job_id": missing/);
});

test('names of inherited properties are no inputs', () => {
  expect(refusal(JSON.parse('{"__proto__": 1}')).message).toMatch(/no such input/);
  expect(refusal({ toString: 1 } as never).message).toMatch(/no such input/);
});

test('whatever is sent, the answer is a job order or a refusal that names an input', () => {
  const ids = fc.constantFrom(...Object.keys(VALID), 'l', 'f', 'e', 'dir', 'unknown');
  fc.assert(
    fc.property(fc.dictionary(ids, fc.jsonValue() as fc.Arbitrary<JsonValue>), (changes) => {
      try {
        const bound = order(changes);
        expect(order(bound)).toEqual(bound);
      } catch (error) {
        expect(error).toMatchObject({ code: 'invalid-argument', detail: { input: expect.any(String) } });
      }
    }),
    { numRuns: 1000 },
  );
});
