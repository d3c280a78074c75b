import { expect, it, test } from 'vitest';
import { formatBytes } from './format-bytes.ts';
import { formatAge, formatDuration } from './format-time.ts';
import { progressLine } from './progress.ts';
import { styleOf } from './style.ts';

test.each([
  [0, '0 s'],
  [0.524, '0.52 s'],
  [9.999, '10 s'],
  [59.6, '1m 00s'],
  [185, '3m 05s'],
  [7830, '2h 10m'],
  [356_400, '4d 03h'],
])('%d seconds are shown as %s', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});

test.each([
  ['2016-01-14T08:00:00Z', '0s'],
  ['2016-01-14T07:48:00Z', '12m'],
  ['2016-01-13T08:00:00Z', '24h'],
  ['2016-01-01T08:00:00Z', '13d'],
  ['2016-01-14T08:00:09Z', '0s'],
  [undefined, ''],
])('the age of %s is %s', (time, text) => {
  expect(formatAge(time, Date.parse('2016-01-14T08:00:00Z'))).toBe(text);
});

test.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1536, '1.5 KiB'],
  [200 * 1024 ** 3, '200 GiB'],
])('%d bytes are shown as %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

it('a progress shows its part as a bar and in numbers', () => {
  expect(progressLine({ what: 'submitting', total: 10_000 }, 2500, '3 failed')).toBe(
    'submitting  ██████░░░░░░░░░░░░░░░░░░  25 %  2,500 of 10,000  3 failed',
  );
  expect(progressLine({ what: 'submitting', total: undefined }, 2500)).toBe('submitting  2,500');
  expect(progressLine({ what: 'nothing', total: 0 }, 0)).toContain('100 %');
});

it('only a terminal is tinted, and not where NO_COLOR is set', () => {
  const tinted = '\u001b[31mx\u001b[39m';
  expect(styleOf({ isTTY: true }, {})('red', 'x')).toBe(tinted);
  expect(styleOf({ isTTY: true }, { NO_COLOR: '1' })('red', 'x')).toBe('x');
  expect(styleOf({ isTTY: true }, { NO_COLOR: '' })('red', 'x')).toBe(tinted);
  expect(styleOf({ isTTY: true }, { TERM: 'dumb' })('red', 'x')).toBe('x');
  expect(styleOf({}, {})('red', 'x')).toBe('x');
});
