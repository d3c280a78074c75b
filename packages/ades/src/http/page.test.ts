import { describe, expect, it } from 'vitest';
import { linkHeader, pageLinks, parsePage } from './page.ts';

describe('a page', () => {
  it('has the default size where none is asked for, and at most what the database reaches', () => {
    expect(parsePage({}, 10)).toEqual({ from: 0, size: 10 });
    expect(parsePage({ limit: 50_000 }, 10)).toEqual({ from: 0, size: 10_000 });
    expect(parsePage({ limit: 100, offset: 9_950 }, 10)).toEqual({ from: 9_950, size: 50 });
    expect(() => parsePage({ offset: 10_000 }, 10)).toThrow('offset must be less than 10000');
  });

  it('links to its neighbours, keeping the other query parameters', () => {
    const links = pageLinks('http://h/jobs?label=a%20b&limit=2&offset=2', { from: 2, size: 2 }, 5);
    expect(Object.fromEntries(links.map(({ rel, href }) => [rel, href]))).toEqual({
      self: 'http://h/jobs?label=a%20b&limit=2&offset=2',
      next: 'http://h/jobs?label=a+b&limit=2&offset=4',
      prev: 'http://h/jobs?label=a+b&limit=2&offset=0',
    });
  });

  it('has no next one at the end of the list or of what the database reaches', () => {
    const relations = (page: { from: number; size: number }, total: number) =>
      pageLinks('http://h/jobs', page, total).map(({ rel }) => rel);
    expect(relations({ from: 0, size: 5 }, 5)).toEqual(['self']);
    expect(relations({ from: 9_990, size: 10 }, 50_000)).toEqual(['self', 'prev']);
  });

  it('stands in a Link header too', () => {
    expect(linkHeader([{ href: 'http://h/a', rel: 'next' }])).toBe('<http://h/a>; rel="next"');
  });
});
