import { type TSchema, Type } from 'typebox';
import { describe, expect, it } from 'vitest';
import { compileValidator } from './compile-validator.ts';

const schema = Type.Object({
  labels: Type.Optional(Type.Array(Type.String())),
  limit: Type.Optional(Type.Integer({ minimum: 1 })),
  mode: Type.Optional(Type.Enum(['async', 'auto'])),
  inputs: Type.Optional(
    Type.Union([
      Type.Array(Type.Object({ id: Type.String(), data: Type.Unknown() })),
      Type.Record(Type.String(), Type.Unknown()),
    ]),
  ),
});

function validate(httpPart: string, value: unknown): { value?: unknown; message?: string } {
  const result: unknown = compileValidator({ schema: schema as TSchema, httpPart, method: 'POST', url: '/' })(value);
  const { value: valid, error } = result as { value?: unknown; error?: Error };
  return error === undefined ? { value: valid } : { message: error.message };
}

describe('a body', () => {
  it.each([
    [null, 'The body must be object, not null'],
    [{ labels: 'campaign-3' }, 'body labels must be array, not "campaign-3"'],
    [{ labels: null }, 'body labels must be array, not null'],
    [{ labels: ['a', 3] }, 'body labels[1] must be string, not 3'],
    [{ mode: 'sync' }, 'body mode must be one of ["async","auto"], not "sync"'],
    [{ inputs: 3 }, 'body inputs must be array or must be object, not 3'],
    [{ inputs: [{ id: 'a', data: 1 }, { id: 'b' }] }, 'body inputs[1] must have data, not {"id":"b"}'],
  ])('%j is refused by a message that names place, value and expectation', (body, message) => {
    expect(validate('body', body)).toEqual({ message });
  });

  it('is never converted: a number is no text', () => {
    expect(validate('body', { limit: '5' }).message).toBe('body limit must be integer, not "5"');
  });
});

describe('query parameters', () => {
  it('are converted to their types, a single one to an array', () => {
    expect(validate('querystring', { limit: '5', labels: 'a' })).toEqual({ value: { limit: 5, labels: ['a'] } });
  });

  it('that cannot be converted are refused', () => {
    expect(validate('querystring', { limit: 'ten' }).message).toBe('query parameter limit must be integer, not "ten"');
    expect(validate('querystring', { limit: 'true' }).message).toBe(
      'query parameter limit must be integer, not "true"',
    );
    expect(validate('querystring', { limit: '0.5' }).message).toBe('query parameter limit must be integer, not "0.5"');
    expect(validate('querystring', { limit: '0' }).message).toBe('query parameter limit must be >= 1, not 0');
  });
});
