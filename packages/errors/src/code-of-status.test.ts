import { expect, it } from 'vitest';
import { codeOfStatus } from './code-of-status.ts';

it.each([
  [400, 'invalid-argument'],
  [401, 'unauthenticated'],
  [403, 'forbidden'],
  [404, 'not-found'],
  [409, 'conflict'],
  [410, 'not-found'],
  [413, 'limit-exceeded'],
  [418, 'invalid-argument'],
  [429, 'unavailable'],
  [500, 'internal'],
  [501, 'unsupported'],
  [503, 'unavailable'],
  [599, 'internal'],
])('the status %i of another server means %s', (status, code) => {
  expect(codeOfStatus(status)).toBe(code);
});
