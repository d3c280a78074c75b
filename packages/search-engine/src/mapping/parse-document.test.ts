import { isDaybookError } from '@daybook/errors';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from './json.ts';
import { parseDocument } from './parse-document.ts';
import { parseMapping } from './parse-mapping.ts';
import type { ParsedDocument } from './parsed-document.ts';

function read(mapping: JsonObject, source: JsonObject): ParsedDocument {
  const bytes = Buffer.from(JSON.stringify(source));
  return parseDocument(parseMapping(mapping), { id: '1', source, bytes });
}

function values(parsed: ParsedDocument): Record<string, unknown> {
  return Object.fromEntries([...parsed.values].map(([column, { values }]) => [column, values]));
}

/** Message and cause of the error that reading throws. */
function refusal(mapping: JsonObject, source: JsonObject): readonly [message: string, cause: unknown] {
  try {
    read(mapping, source);
  } catch (error) {
    if (!isDaybookError(error, 'invalid-argument')) throw error;
    const cause = error.detail.causedBy as { reason?: string } | undefined;
    return [error.message, cause?.reason];
  }
  throw new Error('the document was taken');
}

const MAPPING: JsonObject = {
  dynamic: 'strict',
  properties: {
    k: { type: 'keyword' },
    t: { type: 'text' },
    l: { type: 'long' },
    i: { type: 'integer' },
    by: { type: 'byte' },
    db: { type: 'double' },
    f: { type: 'float' },
    h: { type: 'half_float' },
    d: { type: 'date' },
    dn: { type: 'date_nanos' },
    b: { type: 'boolean' },
    o: { properties: { x: { type: 'keyword' } } },
    sf: { type: 'scaled_float', scaling_factor: 100 },
    ip: { type: 'ip' },
    al: { type: 'alias', path: 'k' },
    lim: { type: 'long', ignore_malformed: true },
    sfim: { type: 'scaled_float', scaling_factor: 4, ignore_malformed: true },
    lnc: { type: 'long', coerce: false },
  },
};

describe('values that fit are indexed', () => {
  const cases: readonly [source: JsonObject, expected: JsonObject][] = [
    [{ l: 1.9 }, { l: [1] }],
    [{ l: '-1.9' }, { l: [-1] }],
    [{ l: [1, [2, 3]] }, { l: [1, 2, 3] }],
    [{ l: '' }, {}],
    [{ l: null }, {}],
    [{ f: 0.1 }, { f: [Math.fround(0.1)] }],
    [{ h: 0.1 }, { h: [0.0999755859375] }],
    [{ sf: '1.239' }, { sf: [1.24] }],
    [{ d: 1.5 }, { d: [1] }],
    [{ d: '2024-01-01' }, { d: [Date.UTC(2024, 0, 1)] }],
    [{ b: ['', 'true', false] }, { b: [0, 1, 0] }],
    [{ k: ['a', ['b'], 1, true] }, { k: ['a', 'b', '1', 'true'] }],
    [{ ip: ['10.0.0.1', '::1'] }, { ip: ['00000000000000000000ffff0a000001', `${'0'.repeat(31)}1`] }],
    [{ 'o.x': 'v' }, { 'o.x': ['v'] }],
    [{ o: [{ x: 'v' }, null, { x: 'w' }] }, { 'o.x': ['v', 'w'] }],
    [{ lim: ['abc', 2] }, { lim: [2], _ignored: ['lim'] }],
    [{ lim: true, sfim: 'abc' }, { _ignored: ['lim', 'sfim'] }],
  ];
  test.each(cases)('%j', (source, expected) => {
    expect(values(read(MAPPING, source))).toEqual(expected);
  });

  test('a malformed value that is let pass is reported', () => {
    expect(read(MAPPING, { lim: 'abc' }).ignored).toEqual(['lim']);
  });
});

describe('values that do not fit are refused as the real product refuses them', () => {
  const failed = (field: string, type: string, shown: string): string =>
    `failed to parse field [${field}] of type [${type}] in document with id '1'. Preview of field's value: '${shown}'`;
  // compat: messages and causes of Elasticsearch 7.10.2, its parser's source position left out.
  const cases: readonly [source: JsonObject, message: string, cause?: string][] = [
    [{ l: 'x' }, failed('l', 'long', 'x'), 'For input string: "x"'],
    [
      { sfim: [1, true] },
      failed('sfim', 'scaled_float', 'true'),
      'Current token (VALUE_TRUE) not numeric, can not use numeric value accessors',
    ],
    [
      { i: 2147483648 },
      failed('i', 'integer', '2147483648'),
      'Numeric value (2147483648) out of range of int (-2147483648 - 2147483647)',
    ],
    [{ by: 200 }, failed('by', 'byte', '200'), 'Value [200] is out of range for a byte'],
    [
      { l: { a: 1 } },
      failed('l', 'long', '{a=1}'),
      'Current token (START_OBJECT) not numeric, can not use numeric value accessors',
    ],
    [{ db: 'abc' }, failed('db', 'double', 'abc'), 'For input string: "abc"'],
    [{ h: 70000 }, failed('h', 'half_float', '70000'), '[half_float] supports only finite values, but got [70000.0]'],
    [
      { d: 'nope' },
      failed('d', 'date', 'nope'),
      'failed to parse date field [nope] with format [strict_date_optional_time||epoch_millis]',
    ],
    [
      { dn: '1960-01-01' },
      failed('dn', 'date_nanos', '1960-01-01'),
      'date[1960-01-01T00:00:00Z] is before the epoch in 1970 and cannot be stored in nanosecond resolution',
    ],
    [{ b: 'yes' }, failed('b', 'boolean', 'yes'), 'Failed to parse value [yes] as only [true] or [false] are allowed.'],
    [{ o: 'x' }, 'object mapping for [o] tried to parse field [o] as object, but found a concrete value'],
    [{ o: ['x'] }, 'object mapping for [o] tried to parse field [null] as object, but found a concrete value'],
    [{ o: { y: 1 } }, 'mapping set to strict, dynamic introduction of [y] within [o] is not allowed'],
    [{ zz: 1 }, 'mapping set to strict, dynamic introduction of [zz] within [_doc] is not allowed'],
    [{ ip: '1.2.3' }, failed('ip', 'ip', '1.2.3'), "'1.2.3' is not an IP string literal."],
    [{ al: 'x' }, 'failed to parse', 'Cannot write to a field alias [al].'],
    [
      { 'k.x': 'v' },
      'Could not dynamically add mapping for field [k.x]. Existing mapping for [k] must be of type object but found [keyword].',
    ],
    [{ lnc: 1.5 }, failed('lnc', 'long', '1.5'), '1.5 cannot be converted to Long without data loss'],
    [{ lnc: '1' }, failed('lnc', 'long', '1'), 'Long value passed as String'],
    [{ '': 1 }, 'failed to parse', 'field name cannot be an empty string'],
    [
      { 'a..b': 1 },
      'failed to parse',
      'object field starting or ending with a [.] makes object resolution ambiguous: [a..b]',
    ],
    [
      { _id: '1' },
      failed('_id', '_id', '1'),
      'Field [_id] is a metadata field and cannot be added inside a document. Use the index API request parameters.',
    ],
  ];
  test.each(cases)('%j', (source, message, cause) => {
    expect(refusal(MAPPING, source)).toEqual([message, cause]);
  });

  test('null is not copied to a field that is not mapped', () => {
    const mapping = (dynamic: boolean): JsonObject => ({
      dynamic,
      properties: { k: { type: 'keyword', null_value: 'none', copy_to: ['known', 'new'] }, known: { type: 'keyword' } },
    });
    expect(refusal(mapping(true), { k: ['a', null] })).toEqual([
      'failed to parse',
      "Can't handle serializing a dynamic type with content token [VALUE_NULL] and field name [new]",
    ]);
    expect(values(read(mapping(false), { k: null }))).toEqual({ k: ['none'], known: ['none'] });
    const accepted = { id: '1', source: { k: null }, wasAccepted: true };
    expect(values(parseDocument(parseMapping(mapping(true)), accepted))).toEqual({ k: ['none'], known: ['none'] });
  });

  test('a term too long for the index is refused by name', () => {
    expect(refusal(MAPPING, { k: 'a'.repeat(33_000) })).toEqual([
      expect.stringContaining('Document contains at least one immense term in field="k"'),
      'bytes can be at most 32766 in length; got 33000',
    ]);
  });
});

describe('new fields', () => {
  const TEXT = { type: 'text', fields: { keyword: { type: 'keyword', ignore_above: 256 } } };
  const mapped = (mapping: JsonObject, source: JsonObject): unknown =>
    read(mapping, source).mapping.toJson().properties;
  const SLASHED = { type: 'date', format: 'yyyy/MM/dd HH:mm:ss||yyyy/MM/dd||epoch_millis' };
  const cases: readonly [mapping: JsonObject, source: JsonObject, expected: unknown][] = [
    [{}, { s: 'x', ns: '5', bs: 'true' }, { s: TEXT, ns: TEXT, bs: TEXT }],
    [{}, { l: 1, f: 1.5, b: true }, { b: { type: 'boolean' }, f: { type: 'float' }, l: { type: 'long' } }],
    [{}, { d: '2024-01-01', m: '2024-01' }, { d: { type: 'date' }, m: { type: 'date' } }],
    [{}, { d: '2024/01/01', e: '2024/01/01 10:00:00' }, { d: SLASHED, e: SLASHED }],
    [{}, { d: '20240101', y: '2024', w: '2024-W01' }, { d: TEXT, y: TEXT, w: TEXT }],
    [{}, { n: null, e: [], f: [null] }, undefined],
    [{}, { o: {}, p: { a: 1 } }, { o: { type: 'object' }, p: { properties: { a: { type: 'long' } } } }],
    [{}, { 'a.b': 1, a: { c: 1 } }, { a: { properties: { b: { type: 'long' }, c: { type: 'long' } } } }],
    [{ dynamic: false }, { a: 1 }, undefined],
    [
      { numeric_detection: true, date_detection: false },
      { a: '5', b: '5.5', c: '2024-01-01' },
      { a: { type: 'long' }, b: { type: 'float' }, c: TEXT },
    ],
    [{ dynamic_date_formats: ['dd.MM.yyyy'] }, { a: '01.02.2024' }, { a: { type: 'date', format: 'dd.MM.yyyy' } }],
    [
      { properties: { k: { type: 'keyword', copy_to: ['t.u'] } } },
      { k: 'x' },
      { k: { type: 'keyword', copy_to: ['t.u'] }, t: { properties: { u: TEXT } } },
    ],
  ];
  test.each(cases)('under %j the document %j', (mapping, source, expected) => {
    expect(mapped(mapping, source)).toEqual(expected);
  });

  test('a whole number written with a point makes a float', () => {
    const bytes = Buffer.from('{"a":{"b":[1.0]},"c":1,"d":"1.0","e":1e3}');
    const source = JSON.parse(bytes.toString()) as JsonObject;
    const { mapping } = parseDocument(parseMapping({}), { id: '1', source, bytes });
    expect(['a.b', 'c', 'd', 'e'].map((path) => mapping.field(path)?.type)).toEqual(['float', 'long', 'text', 'float']);
  });

  test('a new number is read beside a string of any length', () => {
    const bytes = Buffer.from(
      `{"t":"${'say \\"1.5\\" '.repeat(1_000_000)}","n" : 2.0,"l":["n","3"],"a\\"b":[{"n":-1e2}]}`,
    );
    const source = JSON.parse(bytes.toString()) as JsonObject;
    const { mapping } = parseDocument(parseMapping({}), { id: '1', source, bytes });
    const types = ['t', 'n', 'l', 'a"b.n'].map((path) => mapping.field(path)?.type);
    expect(types).toEqual(['text', 'float', 'text', 'float']);
  });

  test('whole numbers and one written with a point are of one new field only if a template says so', () => {
    const bytes = Buffer.from('{"a":[{"b":1},{"b":2.0}]}');
    const source = JSON.parse(bytes.toString()) as JsonObject;
    const parse = (mapping: JsonObject): ParsedDocument =>
      parseDocument(parseMapping(mapping), { id: '1', source, bytes });
    expect(() => parse({})).toThrow('mapper [a.b] cannot be changed from type [long] to [float]');
    const templates = [{ n: { match: 'b', mapping: { type: 'double' } } }];
    expect(parse({ dynamic_templates: templates }).mapping.field('a.b')?.type).toBe('double');
  });

  test('values of new fields are in the same result', () => {
    expect(values(read({}, { s: 'x y', o: { n: 5 } }))).toEqual({ s: ['x y'], 's.keyword': ['x y'], 'o.n': [5] });
  });

  test('dynamic templates are asked in their order, with placeholders filled', () => {
    const templates = [
      { a: { match_mapping_type: 'string', match: '*_k', mapping: { type: 'keyword' } } },
      { b: { path_match: 'o.*', path_unmatch: '*.z', mapping: { type: '{dynamic_type}', index: false } } },
      { c: { match_mapping_type: 'long', mapping: { type: 'integer' } } },
      { e: { match: 'n_*', match_mapping_type: 'string', mapping: { copy_to: 'all_{name}' } } },
      { f: { match_mapping_type: 'object', match: 'attributes', mapping: { type: 'flattened' } } },
    ];
    const source = { s_k: 'x', o: { a: 1, b: 's', c: 1.5, z: 1 }, i: 5, n_a: 'text', attributes: { x: { y: 'z' } } };
    expect(mapped({ dynamic_templates: templates }, source)).toEqual({
      all_n_a: TEXT,
      attributes: { type: 'flattened' },
      i: { type: 'integer' },
      n_a: { type: 'text', copy_to: ['all_n_a'] },
      o: {
        properties: {
          a: { type: 'long', index: false },
          b: { type: 'text', index: false },
          c: { type: 'float', index: false },
          z: { type: 'integer' },
        },
      },
      s_k: { type: 'keyword' },
    });
  });

  test.each([
    [{ a: ['x', 1] }, 'mapper [a] cannot be changed from type [text] to [long]'],
    [{ a: [1, 2.5] }, 'mapper [a] cannot be changed from type [long] to [float]'],
    [{ a: [2.5, null, 1] }, 'mapper [a] cannot be changed from type [float] to [long]'],
    [{ a: [{ b: 1 }, 2] }, "can't merge a non object mapping [a] with an object mapping"],
  ])('one document cannot make two types of one field: %j', (source, message) => {
    expect(refusal({}, source)[0]).toBe(message);
  });
});

describe('field parameters', () => {
  test('null_value, ignore_above, normalizer, multi-fields and copy_to are followed', () => {
    const mapping: JsonObject = {
      properties: {
        status: { type: 'keyword', null_value: 'none', copy_to: 'all' },
        short: { type: 'keyword', ignore_above: 3, normalizer: 'lowercase' },
        title: { type: 'text', fields: { raw: { type: 'keyword' } } },
        all: { type: 'text' },
      },
    };
    const parsed = read(mapping, { status: null, short: ['ABC', 'long'], title: 'A Title' });
    expect(values(parsed)).toEqual({
      status: ['none'],
      all: ['none'],
      short: ['abc'],
      title: ['A Title'],
      'title.raw': ['A Title'],
    });
    expect(parsed.ignored).toEqual([]);
  });

  test('a flattened object is indexed by value and by key with value', () => {
    const mapping: JsonObject = { properties: { f: { type: 'flattened', ignore_above: 3 } } };
    const parsed = read(mapping, { f: { a: 1, b: { c: ['x', 'y'] }, n: null, long: 'abcd' } });
    expect(values(parsed)).toEqual({ f: ['1', 'x', 'y'], 'f._keyed': ['a\u00001', 'b.c\u0000x', 'b.c\u0000y'] });
    expect(values(read(mapping, { 'f.b.c': 'x' }))).toEqual({ f: ['x'], 'f._keyed': ['b.c\u0000x'] });
    const key = parsed.mapping.field('f.b.c')!;
    expect([key.column, key.termCondition('x', { nowMs: 0 })]).toEqual([
      'f._keyed',
      { type: 'term', value: 'b.c\u0000x' },
    ]);
  });

  test('nothing is read where the mapping itself is not enabled', () => {
    const read = parseDocument(parseMapping({ enabled: false, dynamic: 'strict' }), { id: '1', source: { k: 'v' } });
    expect(values(read)).toEqual({});
  });

  test('nothing below an object that is not enabled is read', () => {
    const mapping: JsonObject = { properties: { o: { type: 'object', enabled: false } } };
    expect(values(read(mapping, { o: { a: 1 }, 'o.b': 2 }))).toEqual({});
    expect(values(read(mapping, { o: 'not even an object' }))).toEqual({});
  });
});
