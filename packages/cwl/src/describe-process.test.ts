import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { describeProcess, type JsonObject } from './index.ts';

function fixture(name: string): JsonObject {
  return JSON.parse(readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), 'utf8'));
}

const LINK = expect.objectContaining({ type: 'object', required: ['href'] });
const FILE = { oneOf: [LINK, expect.objectContaining({ required: ['class'] })] };

test('a workflow is described with its label, doc, steps and secrets', () => {
  const described = describeProcess(fixture('l1b'));
  expect(described).toMatchObject({
    id: 'main',
    class: 'Workflow',
    cwlVersion: 'v1.1',
    label: 'L1B processing',
    doc: 'Calibrates raw granules.\nWrites one image for each.',
    steps: ['calibrate', 'tell'],
    secrets: ['token'],
  });
  expect(described.inputs.input_collection_id).toEqual({
    title: 'Collection',
    description: 'Where granules are taken from.',
    schema: { type: 'string' },
    minOccurs: 1,
    maxOccurs: 1,
    mediaType: 'text/plain',
  });
  expect(described.inputs.threshold).toMatchObject({
    schema: { type: 'number', format: 'float', default: 0.5 },
    minOccurs: 0,
    default: 0.5,
  });
  expect(described.outputs.images).toMatchObject({ title: 'images', schema: { type: 'array', items: FILE } });
});

test.each([
  ['n', { type: 'integer', format: 'int32' }],
  ['l', { type: 'integer', format: 'int64', nullable: true }],
  ['f', { type: 'number', format: 'float', default: 1.5 }],
  ['flag', { type: 'boolean' }],
  ['col', { type: 'string', enum: ['red', 'green'] }],
  ['e', { type: 'string', enum: ['a', 'b'], default: 'a' }],
  ['arr', { type: 'array', items: { oneOf: [{ type: 'integer', format: 'int32' }, { type: 'string' }] } }],
  ['u', { oneOf: [{ type: 'string' }, { type: 'integer', format: 'int32' }] }],
  ['any', {}],
  ['file', FILE],
  ['dir', { ...FILE, nullable: true }],
  [
    'b',
    {
      type: 'array',
      items: {
        type: 'object',
        required: ['c', 'w'],
        properties: {
          c: { type: 'string', enum: ['red', 'green'] },
          p: { type: 'string', nullable: true },
          w: { type: 'integer', format: 'int32', description: 'width' },
        },
        additionalProperties: false,
      },
    },
  ],
])('the input %s has the schema of its CWL type', (id, schema) => {
  expect(describeProcess(fixture('types')).inputs[id]?.schema).toEqual(schema);
});

test('every schema keeps to the keywords of OpenAPI 3.0', () => {
  const allowed = new Set(
    'type format enum items properties required additionalProperties oneOf nullable default description'.split(' '),
  );
  const check = (schema: JsonObject): void => {
    for (const [keyword, value] of Object.entries(schema)) {
      expect(allowed).toContain(keyword);
      if (keyword === 'type') expect(value).toBeTypeOf('string');
      if (keyword === 'items') check(value as JsonObject);
      if (keyword === 'oneOf') for (const branch of value as JsonObject[]) check(branch);
      if (keyword === 'properties')
        for (const property of Object.values(value as JsonObject)) check(property as JsonObject);
    }
  };
  for (const name of ['types', 'l1b', 'expression-v1.0', 'handwritten']) {
    const { inputs, outputs } = describeProcess(fixture(name));
    const all = [...Object.values(inputs), ...Object.values(outputs)];
    expect(all.length).toBeGreaterThan(1);
    for (const { schema } of all) check(schema);
  }
});

test('a file format that names a media type is the media type', () => {
  const { inputs } = describeProcess(fixture('types'));
  expect(inputs.file?.mediaType).toBe('image/tiff');
  expect(inputs.dir?.mediaType).toBe('inode/directory');
  expect(inputs.r?.mediaType).toBe('application/json');
});

test('a tool and an expression tool are one step each', () => {
  expect(describeProcess(fixture('expression-v1.0'))).toMatchObject({
    class: 'ExpressionTool',
    cwlVersion: 'v1.0',
    steps: ['main'],
    outputs: { twice: { schema: { type: 'integer' } } },
  });
  expect(describeProcess(fixture('handwritten'))).toMatchObject({
    class: 'CommandLineTool',
    steps: ['count'],
    inputs: { units: { schema: { type: 'array', items: { enum: ['lines', 'words'] }, nullable: true }, minOccurs: 0 } },
    outputs: { count: { schema: FILE } },
  });
});

test('a process of a graph is found by its id, and a missing one is told with the ones there are', () => {
  expect(describeProcess(fixture('l1b'), { workflow: '#calibrate' }).id).toBe('calibrate');
  expect(() => describeProcess(fixture('l1b'), { workflow: 'other' })).toThrowError(
    expect.objectContaining({ code: 'not-found', message: expect.stringMatching(/"other".*calibrate/) }),
  );
});

test.each([
  [{ cwlVersion: 'v1.3', class: 'Workflow' }, 'invalid-argument', /cwlVersion/],
  [{ class: 'Workflow' }, 'invalid-argument', /cwlVersion/],
  [{ cwlVersion: 'v1.2', $graph: [] }, 'not-found', /no process "main"; it has none/],
  [{ cwlVersion: 'v1.2', class: 'Operation', inputs: [], outputs: [] }, 'unsupported', /"Operation"/],
  [{ cwlVersion: 'v1.2', class: 'Workflow', inputs: { x: 'strang' }, outputs: [] }, 'invalid-argument', /"strang"/],
  [{ cwlVersion: 'v1.2', class: 'Workflow', inputs: { x: 5 }, outputs: [] }, 'invalid-argument', /5/],
])('the document %j is refused', (document, code, message) => {
  expect(() => describeProcess(document as JsonObject)).toThrowError(
    expect.objectContaining({ code, message: expect.stringMatching(message) }),
  );
});

test('a type that contains itself is refused', () => {
  const node = { name: 'node', type: 'record', fields: { next: 'node?' } };
  const document = {
    cwlVersion: 'v1.2',
    class: 'ExpressionTool',
    requirements: [{ class: 'SchemaDefRequirement', types: [node] }],
    inputs: { x: 'node' },
    outputs: [],
  };
  expect(() => describeProcess(document)).toThrowError(expect.objectContaining({ code: 'invalid-argument' }));
});
