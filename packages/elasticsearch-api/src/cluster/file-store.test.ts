import { expect, test } from 'vitest';
import { fileStoreOf, findFileStore } from './file-store.ts';

const mountinfo = `22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 27 8:2 / /data rw,relatime - xfs /dev/sdb1 rw
31 27 8:3 / /data\\040sets rw - btrfs /dev/sdc1 rw
32 30 0:50 / /data/jobs rw - ext4 /dev/sdd1 rw
33 30 0:51 / /data/jobs rw - overlay overlay rw
`;

test.each([
  ['/srv/daybook', '/ (/dev/sda1)', 'ext4'],
  ['/data', '/data (/dev/sdb1)', 'xfs'],
  ['/database', '/ (/dev/sda1)', 'ext4'],
  ['/data sets/2026', '/data sets (/dev/sdc1)', 'btrfs'],
  ['/data/jobs/1', '/data/jobs (overlay)', 'overlay'],
])('%s is on %s', (path, mount, type) => {
  expect(findFileStore(mountinfo, path)).toEqual({ mount, type });
});

test('every directory is on one', () => {
  expect(fileStoreOf(process.cwd())).toEqual({ mount: expect.stringMatching(/./), type: expect.stringMatching(/./) });
});
