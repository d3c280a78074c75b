import { describe, expect, it } from 'vitest';
import { parseJobSort } from './parse-job-sort.ts';

describe('the order of a job list', () => {
  it.each([
    [undefined, { field: 'submit-time', order: 'desc' }],
    ['created', { field: 'submit-time', order: 'asc' }],
    ['-finished', { field: 'stop-time', order: 'desc' }],
    ['+jobID', { field: 'id', order: 'asc' }],
    [' duration', { field: 'duration', order: 'asc' }],
  ])('%j is %j', (sortby, sort) => {
    expect(parseJobSort(sortby)).toEqual(sort);
  });

  it.each(['', '-', 'id', '--created', 'created,status'])('%j is refused', (sortby) => {
    expect(() => parseJobSort(sortby)).toThrow('sortby must be one of created');
  });
});
