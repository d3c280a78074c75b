import { expect, test } from 'vitest';
import { RecentSources } from './recent-sources.ts';

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

test('a source is read twice and then kept', () => {
  const recent = new RecentSources();
  let reads = 0;
  const read = () => Buffer.from(`source ${reads++}`);
  const position = { segment: 3, offset: 4711 };
  expect([1, 2, 3, 4].map(() => text(recent.at(position, read)))).toEqual([
    'source 0',
    'source 1',
    'source 1',
    'source 1',
  ]);
});

test('a long source is read every time', () => {
  const recent = new RecentSources();
  let reads = 0;
  for (let n = 0; n < 5; n++) {
    recent.at({ segment: 1, offset: 16 }, () => {
      reads++;
      return new Uint8Array(4096);
    });
  }
  expect(reads).toBe(5);
});

test('every place gives its own source, whatever was read at others', () => {
  const recent = new RecentSources();
  for (let n = 0; n < 200_000; n++) {
    const place = Math.imul(n, 0x2545_f491) >>> 18;
    const position = { segment: 1 + (place & 3), offset: 16 + (place >>> 2) * 640 };
    const source = `${position.segment}:${position.offset}`;
    if (text(recent.at(position, () => Buffer.from(source))) !== source) expect.fail(`another source at ${source}`);
  }
});
