import { describe, expect, it } from 'vitest';
import { parsePrefer } from './prefer.ts';

describe('a Prefer header', () => {
  it.each([
    [undefined, { respondAsync: false }],
    ['respond-async', { respondAsync: true }],
    ['Respond-Async; foo=1, wait=10', { respondAsync: true, waitSeconds: 10 }],
    ['wait = "5"', { respondAsync: false, waitSeconds: 5 }],
    ['handling=lenient, wait=soon, respond-asynchronously', { respondAsync: false }],
  ])('%j says %j', (header, preferences) => {
    expect(parsePrefer(header)).toEqual(preferences);
  });
});
