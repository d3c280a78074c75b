import { describe, expect, it } from 'vitest';
import { parseDatetime } from './parse-datetime.ts';
import { parseJobListQuery } from './parse-job-list-query.ts';

describe('the filters of a job list', () => {
  it('select by state in the words of both forms, repeated or separated by commas', () => {
    expect(parseJobListQuery({ status: ['succeeded,failed', 'running'] })).toEqual({
      states: ['successful', 'failed', 'running'],
    });
    expect(() => parseJobListQuery({ status: ['done'] })).toThrow('status must be one of accepted');
  });

  it('keep labels whole, as they may hold commas', () => {
    expect(parseJobListQuery({ label: ['a,b', 'c'], processID: ['p:1,q:2'] })).toEqual({
      labels: ['a,b', 'c'],
      processIds: ['p:1', 'q:2'],
    });
  });

  it('select by inputs and by the class of the error', () => {
    expect(parseJobListQuery({ input: ['scene=a,b=c', 'day=1'], 'error-class': ['a, b'] })).toEqual({
      inputValues: ['scene=a,b=c', 'day=1'],
      errorClasses: ['a, b'],
    });
    expect(() => parseJobListQuery({ input: ['scene'] })).toThrow('input must be name=value');
  });

  it('bound durations', () => {
    expect(parseJobListQuery({ minDuration: 0, maxDuration: 5 })).toEqual({ duration: { min: 0, max: 5 } });
  });
});

describe('a datetime', () => {
  it.each([
    ['2016-01-14T08:00:00Z', { from: '2016-01-14T08:00:00.000Z', to: '2016-01-14T08:00:00.000Z' }],
    ['2016-01-14/2016-01-15', { from: '2016-01-14T00:00:00.000Z', to: '2016-01-15T00:00:00.000Z' }],
    ['../2016-01-15', { to: '2016-01-15T00:00:00.000Z' }],
    ['2016-01-14/..', { from: '2016-01-14T00:00:00.000Z' }],
    ['2016-01-14/', { from: '2016-01-14T00:00:00.000Z' }],
    ['..', {}],
  ])('%s is the interval %j', (text, interval) => {
    expect(parseDatetime(text)).toEqual(interval);
  });

  it.each(['yesterday', '2016-13-01', '2016/2017/2018', '1'])('%s is refused', (text) => {
    expect(() => parseDatetime(text)).toThrow('datetime must be a time');
  });
});
