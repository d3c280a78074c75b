import { isDaybookError } from '@daybook/errors';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from './json.ts';
import { parseMapping } from './parse-mapping.ts';

const FULL: JsonObject = {
  properties: {
    k: { type: 'keyword', index: true, ignore_above: 256, doc_values: true },
    t: { type: 'text', fields: { keyword: { type: 'keyword', ignore_above: 256 } } },
    l: { type: 'long', coerce: true, null_value: 5 },
    d: { type: 'date', format: 'strict_date_optional_time||epoch_millis' },
    d2: { type: 'date', format: 'yyyy-MM-dd' },
    b: { type: 'boolean', null_value: true },
    o: { properties: { x: { type: 'keyword' } } },
    o2: { type: 'object', enabled: false },
    o3: { dynamic: 'strict', properties: {} },
    al: { type: 'alias', path: 'k' },
    sf: { type: 'scaled_float', scaling_factor: 100 },
    cp: { type: 'keyword', copy_to: 't' },
    'a.b': { type: 'keyword' },
  },
  _meta: { a: 1 },
  dynamic_templates: [{ s: { match_mapping_type: 'string', mapping: { type: 'keyword' } } }],
  date_detection: false,
};

test('a mapping is shown as the real product shows it: sorted, without defaults', () => {
  // compat: the answer of Elasticsearch 7.10.2, byte by byte but for 100.0.
  expect(JSON.stringify(parseMapping(FULL).toJson())).toBe(
    '{"_meta":{"a":1},"dynamic_templates":[{"s":{"match_mapping_type":"string","mapping":{"type":"keyword"}}}],"date_detection":false,' +
      '"properties":{"a":{"properties":{"b":{"type":"keyword"}}},"al":{"type":"alias","path":"k"},"b":{"type":"boolean","null_value":true},' +
      '"cp":{"type":"keyword","copy_to":["t"]},"d":{"type":"date"},"d2":{"type":"date","format":"yyyy-MM-dd"},' +
      '"k":{"type":"keyword","ignore_above":256},"l":{"type":"long","coerce":true,"null_value":5},' +
      '"o":{"properties":{"x":{"type":"keyword"}}},"o2":{"type":"object","enabled":false},"o3":{"type":"object","dynamic":"strict"},' +
      '"sf":{"type":"scaled_float","scaling_factor":100},' +
      '"t":{"type":"text","fields":{"keyword":{"type":"keyword","ignore_above":256}}}}}',
  );
});

test('what is shown parses to the same mapping', () => {
  const shown = parseMapping(FULL).toJson();
  expect(parseMapping(shown).toJson()).toEqual(shown);
});

test('fields are found by path, alias and pattern', () => {
  const mapping = parseMapping(FULL);
  expect(mapping.field('al')?.path).toBe('k');
  expect(mapping.field('t.keyword')?.type).toBe('keyword');
  expect(mapping.field('o')).toBeUndefined();
  expect(mapping.matchingFields('*d*')).toEqual(['d', 'd2', 't.keyword']);
  expect(mapping.matchingFields('al')).toEqual(['al']);
  expect(mapping.objects()).toEqual(['a', 'o', 'o2', 'o3']);
});

/** Message and wire type of what the call throws. */
function refusal(call: () => unknown): readonly [reason: unknown, message: string] {
  try {
    call();
  } catch (error) {
    if (!isDaybookError(error, 'invalid-argument')) throw error;
    return [error.detail.reason, error.message];
  }
  throw new Error('it was taken');
}

describe('merging', () => {
  // compat: each row is the answer of Elasticsearch 7.10.2 to the same change.
  const conflicts: readonly [properties: JsonObject, message: string][] = [
    [
      { k: { type: 'keyword', index: false } },
      'Mapper for [k] conflicts with existing mapper:\n\tCannot update parameter [index] from [true] to [false]',
    ],
    [{ k: { type: 'long' } }, 'mapper [k] cannot be changed from type [keyword] to [long]'],
    [{ l: { type: 'integer' } }, 'mapper [l] cannot be changed from type [long] to [integer]'],
    [{ o: { type: 'keyword' } }, "can't merge a non object mapping [o] with an object mapping"],
    [{ k: { properties: { z: { type: 'long' } } } }, "can't merge a non object mapping [k] with an object mapping"],
    [
      { d2: { type: 'date' } },
      'Mapper for [d2] conflicts with existing mapper:\n\tCannot update parameter [format] from [yyyy-MM-dd] to [strict_date_optional_time||epoch_millis]',
    ],
    [
      { l: { type: 'long', coerce: false, null_value: 7 } },
      'Mapper for [l] conflicts with existing mapper:\n\tCannot update parameter [null_value] from [5] to [7]',
    ],
    [
      { l: { type: 'long', coerce: false } },
      'Mapper for [l] conflicts with existing mapper:\n\tCannot update parameter [null_value] from [5] to [null]',
    ],
  ];
  test.each(conflicts)('%j is a conflict', (properties, message) => {
    expect(refusal(() => parseMapping(FULL).merge({ properties }))).toEqual(['illegal_argument_exception', message]);
  });

  test('adds fields and multi-fields, and changes what may change', () => {
    const mapping = parseMapping({ properties: { k: { type: 'keyword', ignore_above: 5 }, t: { type: 'text' } } });
    const merged = mapping.merge({
      properties: {
        k: { type: 'keyword' },
        t: { type: 'text', fields: { raw: { type: 'keyword' } } },
        n: { type: 'long' },
      },
    });
    expect(merged.toJson().properties).toEqual({
      k: { type: 'keyword' },
      n: { type: 'long' },
      t: { type: 'text', fields: { raw: { type: 'keyword' } } },
    });
    expect(mapping.field('n')).toBeUndefined();
  });

  test('a mapping that is not enabled says so, and stays it', () => {
    const mapping = parseMapping({ enabled: false, properties: { k: { type: 'keyword' } } });
    expect(mapping.toJson()).toEqual({ enabled: false, properties: { k: { type: 'keyword' } } });
    expect(refusal(() => mapping.merge({ enabled: true }))[1]).toBe(
      "the [enabled] parameter can't be updated for the object mapping [_doc]",
    );
  });

  test('an object keeps what a later mapping does not say', () => {
    const mapping = parseMapping({ properties: { o: { type: 'object', enabled: false } }, dynamic: 'strict' });
    expect(mapping.merge({ properties: { k: { type: 'keyword' } } }).toJson()).toMatchObject({ dynamic: 'strict' });
    expect(refusal(() => mapping.merge({ properties: { o: { type: 'object', enabled: true } } }))[1]).toBe(
      "the [enabled] parameter can't be updated for the object mapping [o]",
    );
  });
});

describe('a mapping that makes no sense is refused as the real product refuses it', () => {
  const P = 'mapper_parsing_exception';
  const A = 'illegal_argument_exception';
  // compat: wording of Elasticsearch 7.10.2.
  const cases: readonly [mapping: JsonObject, reason: string, message: string][] = [
    [{ properties: { z: { type: 'keywrd' } } }, P, 'No handler for type [keywrd] declared on field [z]'],
    [{ properties: { z: { type: 'keyword', bar: 2 } } }, P, 'unknown parameter [bar] on mapper [z] of type [keyword]'],
    [
      { properties: { z: { type: 'alias', path: 'nope' } } },
      P,
      'Invalid [path] value [nope] for field alias [z]: an alias must refer to an existing field in the mappings.',
    ],
    [
      { propertes: { z: { type: 'long' } } },
      P,
      'Root mapping definition has unsupported parameters:  [propertes : {z={type=long}}]',
    ],
    [{ properties: { z: { foo: 'long' } } }, P, 'No type specified for field [z]'],
    [
      { properties: { z: 'long' } },
      P,
      'Expected map for property [fields] on field [z] but got a class java.lang.String',
    ],
    [
      { properties: { z: { type: 'text', analyzer: 'nope' } } },
      A,
      'analyzer [nope] has not been configured in mappings',
    ],
    [{ properties: { z: { type: 'keyword', normalizer: 'nope' } } }, P, 'normalizer [nope] not found for field [z]'],
    [{ properties: { z: { type: 'scaled_float' } } }, A, 'Field [scaling_factor] is required'],
    [
      { properties: { z: { type: 'date', format: 'nope' } } },
      A,
      'Error parsing [format] on field [z]: Invalid format: [nope]: Unknown pattern letter: o',
    ],
    [
      { properties: { z: { type: 'keyword', index: 'maybe' } } },
      A,
      'Failed to parse value [maybe] as only [true] or [false] are allowed.',
    ],
    [{ properties: { '': { type: 'keyword' } } }, A, 'name cannot be empty string'],
    [{ dynamic: 'foo' }, A, 'Could not convert [dynamic.dynamic] to boolean'],
    [
      { dynamic_templates: [{ o: { match_mapping_type: 'strng', mapping: {} } }] },
      A,
      'No field type matched on [strng], possible values are [object, string, long, double, boolean, date, binary]',
    ],
    [
      { dynamic_templates: [{ o: { mapping: { type: 'keyword' } } }] },
      P,
      'template must have match, path_match or match_mapping_type set {mapping={type=keyword}}',
    ],
    [{ dynamic_templates: [{ o: { match: 'a' } }] }, P, 'template must have mapping set'],
    [
      { dynamic_templates: { o: { match: 'a' } } },
      P,
      'Dynamic template syntax error. An array of named objects is expected.',
    ],
    [
      { dynamic_templates: [{ o: { match: 'a', foo: 1, mapping: {} } }] },
      A,
      'Illegal dynamic template parameter: [foo]',
    ],
  ];
  test.each(cases)('%j', (mapping, reason, message) => {
    expect(refusal(() => parseMapping(mapping))).toEqual([reason, message]);
  });

  test('too many fields, and objects too deep', () => {
    const properties = {
      a: { type: 'long' },
      b: { type: 'text', fields: { k: { type: 'keyword' } } },
      c: { type: 'keyword' },
    };
    expect(refusal(() => parseMapping({ properties }, { totalFieldsLimit: 3, isNew: true }))).toEqual([
      A,
      'Limit of total fields [3] has been exceeded',
    ]);
    const many = Object.fromEntries(Array.from({ length: 31 }, (_, n) => [n, { type: n === 0 ? 'unknown' : 'long' }]));
    const farTooMany = refusal(() =>
      parseMapping({ properties: { o: { properties: many } } }, { totalFieldsLimit: 3, isNew: true }),
    );
    expect(farTooMany).toEqual([A, 'Limit of total fields [3] has been exceeded']);
    const deep = { properties: { 'a.b.c': { type: 'long' } } };
    expect(refusal(() => parseMapping(deep, { depthLimit: 2, isNew: true }))).toEqual([
      A,
      'Limit of mapping depth [2] has been exceeded due to object field [a.b]',
    ]);
  });

  test('a mapping that was made under higher limits is taken, and nothing more', () => {
    const mapping = parseMapping({ properties: { a: { type: 'long' }, b: { type: 'long' } } }, { totalFieldsLimit: 1 });
    expect(refusal(() => mapping.merge({ properties: { c: { type: 'long' } } }))).toEqual([
      A,
      'Limit of total fields [1] has been exceeded',
    ]);
  });

  test('a mapping that was made when less was refused is taken without that, and nothing more', () => {
    const wrong = { type: 'text', fielddata: true, fielddata_frequency_filter: { min: 'x' }, norms: 'perhaps' };
    const json = { properties: { t: { ...wrong, fields: { raw: { type: 'keyword', ignore_above: 'many' } } } } };
    const mapping = parseMapping(json, { isStored: true });
    expect(mapping.toJson()).toEqual({
      properties: { t: { type: 'text', fielddata: true, fields: { raw: { type: 'keyword' } } } },
    });
    expect(() => parseMapping(json)).toThrow();
    expect(() => mapping.merge({ properties: { u: wrong } })).toThrow();
  });
});
