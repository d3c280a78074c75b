import { expect, test } from 'vitest';
import { mergeMappings } from './merge-mappings.ts';

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test('objects are merged, fields that are typed anew are replaced whole', () => {
  const under = {
    properties: { a: { type: 'text', analyzer: 'simple' }, o: { properties: { x: { type: 'long' } } } },
    _meta: { one: 1 },
  };
  const over = {
    dynamic: false,
    properties: { a: { type: 'keyword' }, o: { properties: { y: { type: 'date' } } } },
    _meta: { two: 2 },
  };
  expect(plain(mergeMappings(under, over))).toEqual({
    dynamic: false,
    properties: { a: { type: 'keyword' }, o: { properties: { x: { type: 'long' }, y: { type: 'date' } } } },
    _meta: { one: 1, two: 2 },
  });
});

test('dynamic templates of the later mapping come first and replace their namesakes', () => {
  const merged = mergeMappings(
    { dynamic_templates: [{ a: { match: '1' } }, { b: { match: '2' } }] },
    { dynamic_templates: [{ c: { match: '3' } }, { a: { match: '4' } }] },
  );
  expect(merged.dynamic_templates).toEqual([{ c: { match: '3' } }, { a: { match: '4' } }, { b: { match: '2' } }]);
});
