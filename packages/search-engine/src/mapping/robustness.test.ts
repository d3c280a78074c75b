import { isDaybookError } from '@daybook/errors';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAnalysis } from '../analysis/parse-analysis.ts';
import type { JsonObject } from './json.ts';
import { parseDocument } from './parse-document.ts';
import { parseMapping } from './parse-mapping.ts';

/** Whether the call ends well, or with an error that says what the client did wrong. */
function isAnswered(call: () => unknown): boolean {
  try {
    call();
    return true;
  } catch (error) {
    if (isDaybookError(error, 'invalid-argument')) return error.message.length > 0;
    throw error;
  }
}

const TYPES = [
  'keyword',
  'text',
  'long',
  'integer',
  'byte',
  'double',
  'half_float',
  'boolean',
  'date',
  'date_nanos',
  'ip',
  'flattened',
  'object',
];
const name = fc.oneof(
  fc.constantFrom('a', 'b', 'a.b', 'a.b.c', '', '.', 'a..b', '_id', '__proto__', 'toString'),
  fc.string(),
);
const scalar = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom('2024-01-01', '10.0.0.1', '1e400', 'NaN', -0, 1e300, '٣', '\ud800', 'true', '9223372036854775808'),
);
const { object } = fc.letrec<{ object: JsonObject; value: unknown }>((tie) => ({
  object: fc.dictionary(name, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  value: fc.oneof({ depthSize: 'small' }, scalar, fc.array(tie('value'), { maxLength: 3 }), tie('object')),
}));

describe('whatever a client sends is taken or refused with a reason', () => {
  test('as a document', () => {
    const properties = fc.dictionary(
      fc.constantFrom('a', 'b', 'c'),
      fc.constantFrom(...TYPES).map((type) => ({ type })),
    );
    fc.assert(
      fc.property(properties, fc.constantFrom(true, false, 'strict'), object, (fields, dynamic, source) => {
        const mapping = parseMapping({ dynamic, properties: fields });
        const bytes = Buffer.from(JSON.stringify(source));
        const read = (): unknown => parseDocument(mapping, { id: '1', source: JSON.parse(bytes.toString()), bytes });
        expect(isAnswered(read)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test('as a mapping', () => {
    const names = fc.constantFrom(
      'properties',
      'type',
      'fields',
      'dynamic',
      'enabled',
      'a',
      'ignore_above',
      'format',
      'path',
      'copy_to',
    );
    const { json } = fc.letrec<{ json: JsonObject; value: unknown }>((tie) => ({
      json: fc.dictionary(names, tie('value'), { maxKeys: 4, noNullPrototype: true }),
      value: fc.oneof({ depthSize: 'small' }, fc.jsonValue(), fc.constantFrom(...TYPES, 'alias'), tie('json')),
    }));
    fc.assert(
      fc.property(json, (mapping) => {
        expect(isAnswered(() => parseMapping(mapping))).toBe(true);
        expect(isAnswered(() => parseMapping({ properties: { a: mapping } }))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test('as settings of the analysis', () => {
    const names = fc.constantFrom(
      'analysis',
      'analyzer',
      'a',
      'type',
      'tokenizer',
      'filter',
      'normalizer',
      'stopwords',
      'pattern',
    );
    const values = fc.oneof(fc.jsonValue(), fc.constantFrom('standard', 'stop', 'custom', 'ngram', '(', 'pattern'));
    const { json } = fc.letrec<{ json: JsonObject; value: unknown }>((tie) => ({
      json: fc.dictionary(names, tie('value'), { maxKeys: 4, noNullPrototype: true }),
      value: fc.oneof({ depthSize: 'medium' }, values, tie('json')),
    }));
    fc.assert(
      fc.property(json, (analysis) => isAnswered(() => parseAnalysis({ analysis }))),
      { numRuns: 1000 },
    );
  });

  test('however deep it is nested', () => {
    const deep = (open: string, close: string): JsonObject =>
      JSON.parse(`{"a":${open.repeat(50_000)}1${close.repeat(50_000)}}`);
    for (const source of [deep('[', ']'), deep('{"a":', '}')]) {
      for (const type of TYPES) {
        const mapping = parseMapping({ properties: { b: { type } } });
        expect(isAnswered(() => parseDocument(mapping, { id: '1', source }))).toBe(true);
      }
    }
    expect(isAnswered(() => parseMapping(deep('{"properties":{"a":', '}}')))).toBe(true);
    // What is far deeper than a mapping may be is refused as what is a little deeper: it is not read to its end.
    const message = `Limit of mapping depth [20] has been exceeded due to object field [${Array(20).fill('a').join('.')}]`;
    for (const levels of [25, 50_000]) {
      const source = JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`);
      expect(() => parseDocument(parseMapping({}), { id: '1', source })).toThrow(message);
    }
  });
});
