import { describe, expect, it } from 'vitest';
import { errorClass } from './error-class.ts';
import { searchableValues } from './searchable-values.ts';

describe('the error class', () => {
  it.each([
    [{ error: 'No such file: /data/2016/014/a.nc' }, 'No such file: <path>'],
    [{ error: '\n  granule 17 of 240 is bad\nTraceback' }, 'granule <n> of <n> is bad'],
    [{ error: 'GET https://a.b/c?d=1 failed with 503' }, 'GET <url> failed with <n>'],
    [{ error: 'job 0190f3a2-1111-7abc-8def-0123456789ab died' }, 'job <id> died'],
    [{ error: 'commit 9fceb02d0ae598e95dc970b74767f19372d61af8' }, 'commit <id>'],
    [{ error: 'killed', failedStep: 'calibrate', exitCode: 137 }, 'calibrate: exit 137: killed'],
    [{ exitCode: 1 }, 'exit 1'],
  ])('of %j is %s', (failure, expected) => {
    expect(errorClass(failure)).toBe(expected);
  });

  it('is unknown where nothing is known, and short where the error is long', () => {
    expect(errorClass({})).toBeUndefined();
    expect(errorClass({ error: ' \n ' })).toBeUndefined();
    expect(errorClass({ error: `${'/a'.repeat(1e5)} ${'x '.repeat(1e5)}` })?.length).toBeLessThanOrEqual(256);
  });
});

describe('searchable values', () => {
  it('are the leaves with their names, each once', () => {
    const values = { n: 5, t: true, list: ['a', 'a', 'b'], dir: { class: 'Directory', path: '/d' }, gone: null };
    expect(searchableValues(values)).toEqual([
      'dir.class=Directory',
      'dir.path=/d',
      'list=a',
      'list=b',
      'n=5',
      't=true',
    ]);
  });

  it('end at 1,000', () => {
    expect(searchableValues({ n: Array.from({ length: 5000 }, (_, i) => i) })).toHaveLength(1000);
  });
});
