import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseRequestTarget } from './request-target.ts';

test('a target is read as a URL is', () => {
  const piece = fc.constantFrom(
    '/',
    'jobs',
    '_doc',
    'a-1',
    '.',
    '..',
    '%2F',
    '%',
    '?',
    'q=a:b',
    '&',
    '#',
    ' ',
    'é',
    '\\',
    ':',
    '+',
    '*',
    ',',
    '<',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const target = `/${pieces.join('')}`;
      const { path, query } = parseRequestTarget(target);
      const url = new URL(`http://local${target}`);
      expect(path).toBe(url.pathname);
      expect([...query]).toEqual([...url.searchParams]);
    }),
  );
});

test('a target in absolute form is that of its path', () => {
  const { path, query } = parseRequestTarget('http://127.0.0.1:9200/jobs/_search?size=1');
  expect(path).toBe('/jobs/_search');
  expect(query.get('size')).toBe('1');
});

test('what is no target is that of the root', () => {
  expect(parseRequestTarget('nonsense').path).toBe('/');
});
