import { expect, it } from 'vitest';
import { parseJson } from './parse-json.ts';

it('gives the value of a JSON text', () => {
  expect(parseJson('{"a":[1,null]}')).toEqual({ a: [1, null] });
});

it.each([
  ['{"a":', 'not JSON'],
  ['', 'not JSON'],
  ['[{"__proto__":{"x":1}}]', '__proto__'],
  ['['.repeat(200) + ']'.repeat(200), 'nested deeper than 100'],
  ['['.repeat(100_000) + ']'.repeat(100_000), 'nested deeper than 100'],
])('refuses %.20s', (text, reason) => {
  expect(() => parseJson(text)).toThrow(
    expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(reason) }),
  );
});
