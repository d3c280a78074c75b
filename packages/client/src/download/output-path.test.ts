import { expect, it, test } from 'vitest';
import { localPath, outputPathOf } from './output-path.ts';

it('an output of the job is found by its path, whatever host its URL has', () => {
  expect(outputPathOf('http://ades:5001/base/jobs/j1/outputs/product/a%20b.nc', 'j1')).toBe('product/a%20b.nc');
  expect(outputPathOf('http://ades:5001/jobs/j2/outputs/product/a.nc', 'j1')).toBeUndefined();
  expect(outputPathOf('s3://bucket/a.nc', 'j1')).toBeUndefined();
  expect(outputPathOf('a.nc', 'j1')).toBeUndefined();
});

test.each(['..%2Fa', '../a', 'a/%2e%2e/b', 'a//b', 'a/%00', '..', 'a\\b'])(
  'the path %s leads out of the folder, or to no file, and is refused',
  (path) => {
    expect(() => localPath('/data', path)).toThrow('cannot be the name of a file here');
  },
);

it('a path is decoded once', () => {
  expect(localPath('/data', 'product/a%20b%2525.nc')).toBe('/data/product/a b%25.nc');
});
