import { expect, test } from 'vitest';
import { resolveDateMathName } from './date-math-name.ts';

const now = Date.UTC(2026, 10, 26, 20, 5);

test.each([
  ['logs-{now/d}', 'logs-{now/d}'],
  ['<logs>', 'logs'],
  ['<logs-{now/d}>', 'logs-2026.11.26'],
  ['<logs-{now/M}-x>', 'logs-2026.11.01-x'],
  ['<{now-1M/M{yyyy-MM}}>', '2026-10'],
  ['<logs-{now/d{yyyy.MM.dd|+12:00}}>', 'logs-2026.11.27'],
  ['<a-{now{yyyy}}-{now{MM}}>', 'a-2026-11'],
  ['<a-\\{x\\}>', 'a-{x}'],
])('%s is %s', (name, resolved) => {
  expect(resolveDateMathName(name, now)).toBe(resolved);
});

// What 7.10.2 says.
test.each([
  ['<>', 'nothing captured'],
  ['<b-{}>', 'cannot parse empty date'],
  ['<a-{now/d>', 'invalid dynamic name expression [a-{now/d>]. date math placeholder is open ended'],
  ['<a-{now/d{}}>', 'invalid dynamic name expression [now/d{}]. missing date format'],
  [
    '<b-{now{yyyy{}}>',
    'invalid dynamic name expression [b-{now{yyyy{}}>]. invalid character in placeholder at position [12]',
  ],
  ['<b-{now{yyyy}x}>', 'invalid dynamic name expression [now{yyyy}x]. missing closing `}` for date math format'],
  [
    '<b-}>',
    /^invalid dynamic name expression \[b-}>\]\. invalid character at position \[3\]\. `{` and `}` are reserved/,
  ],
  ['<a-{now/q}>', 'unit [q] not supported for date math [/q]'],
  ['<b-{now{yyyy|zz}}>', 'Unknown time-zone ID: zz'],
])('%s is refused', (name, reason) => {
  expect(() => resolveDateMathName(name, now)).toThrow(reason);
});
