import { DaybookError } from '@daybook/errors';
import { expect, it, test } from 'vitest';
import { EXIT, exitCodeOf } from '../exit-codes.ts';
import { adesUrl } from './connection.ts';
import { filterParameters } from './job-filters.ts';
import { parseDuration, parseMoment } from './parse-duration.ts';
import { integerOption } from './parse-integer.ts';

test.each([
  ['90', 90],
  ['90s', 90],
  ['1.5h', 5400],
  ['1d12h', 129_600],
  ['2w', 1_209_600],
])('%s is %d seconds', (text, seconds) => {
  expect(parseDuration('--timeout', text)).toBe(seconds);
});

test.each(['', 'soon', '2 h', '-5s', '5x', '1h2'])('%j is no duration, which the error says', (text) => {
  expect(() => parseDuration('--timeout', text)).toThrow(/^--timeout: expected .*2h.* found /);
});

test.each([
  ['2h', '2016-01-14T06:00:00.000Z'],
  ['2016-01-10', '2016-01-10T00:00:00.000Z'],
  ['2016-01-10T05:00:00+02:00', '2016-01-10T03:00:00.000Z'],
])('%s is the moment %s', (text, time) => {
  expect(parseMoment('--since', text, Date.parse('2016-01-14T08:00:00Z')).toISOString()).toBe(time);
});

it('a number alone is no moment', () => {
  expect(() => parseMoment('--since', '2016')).toThrow('--since');
});

it('filters of the command line are those of the job list', () => {
  const parameters = filterParameters({
    label: ['a,b', 'c'],
    status: ['failed'],
    process: ['l1b:1'],
    since: '2016-01-14',
    input: ['date=2016-01-14'],
    errorClass: ['step x'],
    query: 'exit-code:3',
  });
  expect([...parameters]).toEqual([
    ['label', 'a,b'],
    ['label', 'c'],
    ['status', 'failed'],
    ['processID', 'l1b:1'],
    ['input', 'date=2016-01-14'],
    ['error-class', 'step x'],
    ['datetime', '2016-01-14T00:00:00.000Z/..'],
    ['q', 'exit-code:3'],
  ]);
});

it('a number of an option is told its bounds', () => {
  const parse = integerOption('--limit', 1, 10);
  expect(parse('10')).toBe(10);
  for (const wrong of ['0', '11', '1.5', '', 'ten']) expect(() => parse(wrong)).toThrow(/--limit.*from 1 to 10/);
});

it('the ADES is where the option says, else the variable, else on this machine', () => {
  const environment = { DAYBOOK_URL: 'http://other:1/' };
  expect(adesUrl({ url: 'https://ades.example.org/base//' }, { environment })).toBe('https://ades.example.org/base');
  expect(adesUrl({}, { environment })).toBe('http://other:1');
  expect(adesUrl({}, { environment: {} })).toBe('http://127.0.0.1:5001');
  expect(() => adesUrl({}, { environment: { DAYBOOK_URL: 'localhost:5001' } })).toThrow(/^DAYBOOK_URL: expected/);
});

it('the exit code tells what was wrong apart', () => {
  const codes = (['timeout', 'unavailable', 'not-found'] as const).map((code) =>
    exitCodeOf(new DaybookError(code, '')),
  );
  expect(codes).toEqual([EXIT.timeout, EXIT.unavailable, EXIT.failure]);
  expect(exitCodeOf(new Error('a bug'))).toBe(EXIT.failure);
  try {
    parseDuration('--timeout', 'soon');
  } catch (error) {
    expect(exitCodeOf(error)).toBe(EXIT.usage);
  }
});
