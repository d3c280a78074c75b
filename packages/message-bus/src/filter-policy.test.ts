import { describe, expect, it } from 'vitest';
import { parseFilterPolicy } from './filter-policy.ts';
import type { MessageAttributes } from './message.ts';

const text = (stringValue: string) => ({ dataType: 'String', stringValue });
const number = (value: number) => ({ dataType: 'Number', stringValue: String(value) });
const list = (...values: unknown[]) => ({ dataType: 'String.Array', stringValue: JSON.stringify(values) });

function onAttributes(policy: object, attributes: MessageAttributes): boolean {
  return parseFilterPolicy(JSON.stringify(policy)).matches({ body: '', attributes });
}

function onBody(policy: object, body: unknown): boolean {
  return parseFilterPolicy(JSON.stringify(policy), 'MessageBody').matches({ body: JSON.stringify(body) });
}

describe('a filter policy on attributes', () => {
  it.each<[string, object, MessageAttributes, boolean]>([
    ['an exact string', { a: ['x'] }, { a: text('x') }, true],
    ['another string', { a: ['x'] }, { a: text('y') }, false],
    ['one of several values', { a: ['x', 'y'] }, { a: text('y') }, true],
    ['a missing attribute', { a: ['x'] }, {}, false],
    ['all keys', { a: ['x'], b: ['y'] }, { a: text('x'), b: text('y') }, true],
    ['one key of two', { a: ['x'], b: ['y'] }, { a: text('x') }, false],
    ['an exact number', { a: [7] }, { a: number(7) }, true],
    ['a number given as a string', { a: [7] }, { a: text('7') }, false],
    ['a prefix', { a: [{ prefix: 'ab' }] }, { a: text('abc') }, true],
    ['no such prefix', { a: [{ prefix: 'ab' }] }, { a: text('b') }, false],
    ['a suffix', { a: [{ suffix: 'bc' }] }, { a: text('abc') }, true],
    ['another case', { a: [{ 'equals-ignore-case': 'ABC' }] }, { a: text('abc') }, true],
    ['anything but a value, and another', { a: [{ 'anything-but': ['x', 'y'] }] }, { a: text('z') }, true],
    ['anything but a value, and it', { a: [{ 'anything-but': ['x', 'y'] }] }, { a: text('y') }, false],
    ['anything but a value, and nothing', { a: [{ 'anything-but': ['x'] }] }, {}, false],
    ['anything but a prefix', { a: [{ 'anything-but': { prefix: 'x' } }] }, { a: text('xy') }, false],
    ['existence', { a: [{ exists: true }] }, { a: text('x') }, true],
    ['absence', { a: [{ exists: false }] }, {}, true],
    ['absence of what is there', { a: [{ exists: false }] }, { a: text('x') }, false],
    ['a range of numbers', { a: [{ numeric: ['>', 0, '<=', 10] }] }, { a: number(10) }, true],
    ['a number out of range', { a: [{ numeric: ['>', 0, '<=', 10] }] }, { a: number(0) }, false],
    ['a number for a word', { a: [{ numeric: ['=', 1] }] }, { a: text('one') }, false],
    ['an element of a list', { a: ['y'] }, { a: list('x', 'y') }, true],
    ['no element of a list', { a: ['z'] }, { a: list('x', 'y') }, false],
    ['one of two choices', { $or: [{ a: ['x'] }, { b: ['y'] }] }, { b: text('y') }, true],
    ['none of two choices', { $or: [{ a: ['x'] }, { b: ['y'] }] }, { b: text('x') }, false],
    ['nothing asked', {}, { a: text('x') }, true],
    ['a key of every object', { constructor: [{ exists: true }] }, {}, false],
  ])('meets %s', (_, policy, attributes, expected) => {
    expect(onAttributes(policy, attributes)).toBe(expected);
  });
});

describe('a filter policy on the body', () => {
  it.each<[string, object, unknown, boolean]>([
    ['a nested value', { a: { b: ['x'] } }, { a: { b: 'x' } }, true],
    ['a nested value that is another', { a: { b: ['x'] } }, { a: { b: 'y' } }, false],
    ['true and null', { a: [true], b: [null] }, { a: true, b: null }, true],
    ['an object in a list', { a: { b: ['x'] } }, { a: [{ b: 'y' }, { b: 'x' }] }, true],
    ['a body that is no object', { a: [{ exists: false }] }, 'text', false],
    ['absence within absence', { a: { b: [{ exists: false }] } }, {}, true],
  ])('meets %s', (_, policy, body, expected) => {
    expect(onBody(policy, body)).toBe(expected);
  });
});

describe('what is no filter policy', () => {
  it.each([
    'no JSON',
    '[]',
    '{"a":"x"}',
    '{"a":[]}',
    '{"a":[["x"]]}',
    '{"a":[{}]}',
    '{"a":[{"near":1}]}',
    '{"a":[{"prefix":1}]}',
    '{"a":[{"exists":"yes"}]}',
    '{"a":[{"numeric":["about",1]}]}',
    '{"a":[{"numeric":[]}]}',
    '{"a":[{"prefix":"x","suffix":"y"}]}',
    '{"a":{"b":["x"]}}',
  ])('is refused: %s', (source) => {
    expect(() => parseFilterPolicy(source)).toThrow(/FilterPolicy/);
  });
});
