import { describe, expect, it } from 'vitest';
import { parseOutputPath } from './parse-output-path.ts';
import { resolveOutput } from './resolve-output.ts';

describe('the path of an output', () => {
  it.each([
    ['/jobs/1/outputs/output', ['output']],
    ['/jobs/1/outputs/output/?limit=5', ['output']],
    ['/jobs/1/outputs/out%20put/a%2Bb.nc?x=/..', ['out put', 'a+b.nc']],
  ])('%s has the segments %j', (url, segments) => {
    expect(parseOutputPath(url)).toEqual(segments);
  });

  it.each([
    '/jobs/1/outputs/',
    '/jobs/1/outputs/../../2',
    '/jobs/1/outputs/%2e%2e/2',
    '/jobs/1/outputs/a%2f..%2fb',
    '/jobs/1/outputs/a/%00',
    '/jobs/1/outputs/a/%zz',
    '/jobs/1/outputs/a//b',
  ])('%s names nothing', (url) => {
    expect(parseOutputPath(url)).toBeUndefined();
  });
});

describe('an output', () => {
  const file = (location: string) => ({ class: 'File', location, basename: 'a.nc', checksum: 'sha1$00' });
  const results = {
    product: file('http://h/jobs/1/outputs/product/a.nc'),
    many: [file('http://h/jobs/1/outputs/many/0/a.nc'), 7],
    tree: { class: 'Directory', location: 'http://h/jobs/1/outputs/tree/product', basename: 'product' },
    record: { count: 5, plot: file('http://h/jobs/1/outputs/record/plot/a.nc') },
    nothing: null,
  };

  it.each([
    [['product'], { kind: 'stored', path: 'product/a.nc', checksum: 'sha1$00' }],
    [['product', 'a.nc'], { kind: 'stored', path: 'product/a.nc', checksum: 'sha1$00' }],
    [['product', 'a.nc.idx'], { kind: 'stored', path: 'product/a.nc.idx' }],
    [['many', '0', 'a.nc'], { kind: 'stored', path: 'many/0/a.nc', checksum: 'sha1$00' }],
    [['many', '1'], { kind: 'value', value: 7 }],
    [['tree'], { kind: 'stored', path: 'tree/product' }],
    [['tree', 'product', 'sub', 'b'], { kind: 'stored', path: 'tree/product/sub/b' }],
    [['record', 'count'], { kind: 'value', value: 5 }],
    [['record', 'plot', 'a.nc'], { kind: 'stored', path: 'record/plot/a.nc', checksum: 'sha1$00' }],
    [['nothing'], { kind: 'stored', path: 'nothing' }],
    [['constructor'], { kind: 'stored', path: 'constructor' }],
  ])('at %j is %j', (segments, resolved) => {
    expect(resolveOutput(results, segments)).toEqual(resolved);
  });
});
