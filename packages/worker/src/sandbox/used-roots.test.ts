import { expect, test } from 'vitest';
import { usedRoots } from './used-roots.ts';

const file = (path: string) => ({ class: 'File', location: `file://${path}` });

test('of the input roots, those are shown in which inputs lie, however deep they stand in the job order', () => {
  const order = {
    one: file('/data/a/x.nc'),
    many: [{ record: { class: 'Directory', location: 'file:///sets/b' } }],
    far: { class: 'File', location: 'https://example.org/x' },
    literal: { class: 'File', contents: 'x' },
  };
  expect(usedRoots(order, ['/data', '/sets/b', '/other', '/dat'])).toEqual(['/data', '/sets/b']);
});

test('of the root of the file system, the folder of the file is shown', () => {
  expect(usedRoots({ one: file('/data/a/x.nc') }, ['/'])).toEqual(['/data/a']);
  expect(usedRoots({ one: file('/x.nc') }, ['/'])).toEqual(['/x.nc']);
});
